import type { Action, Key, PolicyModule, Reach } from '@bailiwick/access'
import { missingOnModule, NEEDED_LEVEL, reach, reachCondition } from '@bailiwick/access'
import { notFound, notPermitted, type Problem } from '../problem.ts'
import { reachToSql, type SqlCondition } from './reach-to-sql.ts'
import type { Reading } from './stamped.ts'

/**
 * The module, where the person reads it and may do the action there on some record at least.
 * @throws Problem 404 where he doesn't read the module (just as where it isn't there); 403 where the action is what is missing.
 */
export function requireModule(reading: Reading, key: Key, action: Action): PolicyModule {
  const module = reading.snapshot.policy.modules.get(key)
  const refusal = refusalOnModule(reading, key, action)
  const isWithoutReading = action === 'create' || action === 'import'
  if (!module || !((isWithoutReading && !refusal) || !refusalOnModule(reading, key, 'read'))) throw notFound()
  if (refusal) throw refusal
  return module
}

/** The 403 for an action that no profile of the person grants on the module; of one record it is told to who reads that record. */
export function refusalOnModule({ actor, snapshot }: Reading, key: Key, action: Action): Problem | undefined {
  if (missingOnModule(snapshot.policy, actor.user, key, action, actor.asking) === undefined) return undefined
  return notPermitted(missingAction(action, key))
}

/** What a refusal says: none of the person's profiles grants the action on the module. */
export function missingAction(action: Action, module: Key): string {
  return `None of your profiles grants "${action}" on ${module}; whoever manages access can grant it.`
}

/** What a refusal says of a record: he reaches it, but not far enough. Whether a share could help isn't known here: a cap may hold him. */
export function missingLevel(action: Action): string {
  return `You can read this record, but "${action}" needs "${NEEDED_LEVEL[action] ?? 'read'}" on it, which you don't have. An explanation of your access says why.`
}

export function reachOf(reading: Reading, module: Key, action: Action): Reach {
  return reach(reading.snapshot.policy, reading.actor.user, module, action, reading.actor.asking)
}

/** Which undeleted rows of the module's table, under `alias`, the person may do the action to. */
export function reachedRows(reading: Reading, module: Key, action: Action, alias: string): SqlCondition {
  return reachToSql(reading, module, alias, reachCondition(reachOf(reading, module, action)))
}
