import { fold, type Key, type OwnerRef, type Policy } from '@bailiwick/access'

/** People and teams by what files call them: key, e-mail address or name. */
export interface PeopleNames {
  /** An active user or a team. */
  findOwner(text: string): OwnerRef | undefined
  findUser(text: string): OwnerRef | undefined
}

/** Indexes the organization's people; a name that two of them share names neither. */
export function indexPeople(policy: Policy): PeopleNames {
  const users = new Map<string, OwnerRef | undefined>()
  for (const { key, name, email } of policy.users.values()) {
    addName(users, name, `user:${key}`)
    if (email !== undefined) addName(users, email, `user:${key}`)
  }
  for (const key of policy.users.keys()) users.set(fold(key), `user:${key}`).set(`user:${fold(key)}`, `user:${key}`)
  const findUser = (text: string) => users.get(fold(text.trim()))
  return {
    findUser,
    findOwner: (text) => {
      const user = findUser(text)
      if (user !== undefined) return isActive(policy, user) ? user : undefined
      const team: Key = text.trim().replace(/^team:/, '')
      return policy.teams.has(team) ? `team:${team}` : undefined
    },
  }
}

function addName(users: Map<string, OwnerRef | undefined>, name: string, ref: OwnerRef): void {
  const folded = fold(name.trim())
  const known = users.get(folded)
  users.set(folded, users.has(folded) && known !== ref ? undefined : ref)
}

function isActive(policy: Policy, user: OwnerRef): boolean {
  return policy.users.get(user.slice('user:'.length))?.status === 'active'
}
