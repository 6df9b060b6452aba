import type { Action, Key } from '@bailiwick/access'
import { missingOnModule } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { RecordsParts } from './parts.ts'
import { inTransaction } from './stamped.ts'

/** The modules in which the person may do the action now, on some record at least. */
export async function modulesFor(parts: RecordsParts, actor: Actor, action: Action): Promise<Key[]> {
  return inTransaction(parts, actor, async ({ snapshot: { policy } }) => {
    const isOpen = (key: Key, one: Action) => missingOnModule(policy, actor.user, key, one, actor.asking) === undefined
    return [...policy.modules.keys()].filter(
      (key) => isOpen(key, action) && (action === 'import' || isOpen(key, 'read')),
    )
  })
}
