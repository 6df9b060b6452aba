import type { ModulePlan } from '@bailiwick/access'
import { type ComparedRecords, plansOf } from '../policy/policy-effect.ts'
import { shareClasses } from '../policy/shared-classes.ts'
import { compareRecordsForPolicy } from './compared-records.ts'
import type { Reading } from './stamped.ts'
import { type Opening, questionOf } from './ways-opened.ts'

/** The records that ways are counted over, read once for all of them: to read whole modules takes seconds for each million. */
export async function recordsOfWays(reading: Reading, openings: readonly Opening[]): Promise<ComparedRecords> {
  const { database, now, actor, snapshot } = reading
  const records = await compareRecordsForPolicy(database, actor.organization, { policy: snapshot.policy, now })
  const plans: ModulePlan[] = []
  for (const opening of openings) {
    if (opening.before !== opening.after) plans.push(...(await plansOf({ ...questionOf(reading, opening), records })))
  }
  return shareClasses(records, plans)
}
