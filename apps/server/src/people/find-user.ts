import { fold, type Policy, type PolicyUser } from '@bailiwick/access'

/** A user by his key or his e-mail address (folded). The key goes first. */
export function findUser(policy: Policy, keyOrEmail: string): PolicyUser | undefined {
  const email = fold(keyOrEmail)
  return (
    policy.users.get(keyOrEmail) ??
    [...policy.users.values()].find((user) => user.email !== undefined && fold(user.email) === email)
  )
}
