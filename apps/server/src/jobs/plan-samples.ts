import type { Key } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { requireAccessManager } from '../people/access-manager.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import type { Plan } from '../policy/plan-policy.ts'
import type { Sample } from '../policy/policy-effect.ts'
import { askerOf, type PlanJobParts, planOf } from './plan-job.ts'

/**
 * The plan of a job that is done, as whoever asked for it may see it now: of the records that it names, those that he still reads.
 * @throws Problem as `requireAccessManager`
 */
export async function readPlan(parts: PlanJobParts, actor: Actor, result: unknown): Promise<Plan> {
  const snapshot = await requireAccessManager(parts.policies, actor)
  const plan = planOf(result, snapshot.stamp)
  const named = namedIn(plan)
  if (named.size === 0) return plan
  const read = await readAgain(parts, actor, snapshot, named)
  return withSamples(plan, (module, { id }) => read.get(nameOf(module, id)))
}

/** Ids by module. */
type Named = ReadonlyMap<Key, ReadonlySet<string>>

function namedIn({ effect }: Plan): Named {
  const named = new Map<Key, Set<string>>()
  for (const { module, samples } of effect.actions) {
    for (const { id } of [...samples.gained, ...samples.lost]) {
      const ids = named.get(module) ?? new Set<string>()
      named.set(module, ids.add(id))
    }
  }
  return named
}

/** In a snapshot of the database under the policy that is told from; where that has moved meanwhile, nothing is read. */
async function readAgain(
  parts: PlanJobParts,
  actor: Actor,
  snapshot: Snapshot,
  named: Named,
): Promise<ReadonlyMap<string, Sample>> {
  const { organization, asking } = actor
  const question = { policy: snapshot.policy, now: asking.now, asker: askerOf(snapshot, actor) }
  return parts.database
    .organization(organization)
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const read = new Map<string, Sample>()
      const { stamp } = await transaction.selectFrom('head').select('stamp').executeTakeFirstOrThrow()
      if (stamp !== snapshot.stamp) return read
      const records = await parts.compareRecords(transaction, organization, question)
      for (const [module, ids] of named) {
        for (const sample of await records.readSamples(module, [...ids])) read.set(nameOf(module, sample.id), sample)
      }
      return read
    })
}

function nameOf(module: Key, id: string): string {
  return `${module} ${id}`
}

function withSamples({ effect, ...plan }: Plan, find: (module: Key, sample: Sample) => Sample | undefined): Plan {
  const actions = effect.actions.map((action) => {
    const still = (samples: readonly Sample[]) => samples.flatMap((sample) => find(action.module, sample) ?? [])
    const { gained, lost } = action.samples
    return { ...action, samples: { gained: still(gained), lost: still(lost) } }
  })
  return { ...plan, effect: { ...effect, actions } }
}
