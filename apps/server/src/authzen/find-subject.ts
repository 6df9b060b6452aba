import { fold, type Key, type Policy, type PolicyUser } from '@bailiwick/access'
import { type Entity, USER } from './question.ts'

/** E-mail addresses of a policy's people. A policy never changes, so neither does this. */
const emails = new WeakMap<Policy, ReadonlyMap<string, Key>>()

/** The user that a subject names: by key, by e-mail address (folded), or as records name their owners (`user:anna`). */
export function findSubject(policy: Policy, { type, id }: Entity): PolicyUser | undefined {
  if (type !== USER) return undefined
  const byEmail = policy.users.get(emailsOf(policy).get(fold(id)) ?? '')
  return policy.users.get(id) ?? byEmail ?? policy.users.get(id.startsWith('user:') ? id.slice('user:'.length) : '')
}

/** Where several have one address it is the first one's, as everywhere. */
function emailsOf(policy: Policy): ReadonlyMap<string, Key> {
  const known = emails.get(policy)
  if (known) return known
  const found = new Map<string, Key>()
  for (const { key, email } of policy.users.values()) {
    if (email !== undefined && !found.has(fold(email))) found.set(fold(email), key)
  }
  emails.set(policy, found)
  return found
}
