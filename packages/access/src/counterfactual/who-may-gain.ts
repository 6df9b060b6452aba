import type { Key, Principal } from '../document.ts'
import { managerPath, rolePath, usersIn } from '../people.ts'
import type { Policy } from '../policy.ts'
import { type Change, isOfRecord, type PeopleChange, type RuleChange } from './change.ts'

/**
 * Everybody who may come to do more by the steps of policy; nothing where that may be anybody. So that of thousands of people only these
 * need to be compared.
 * @param policy with the changes made
 */
export function whoMayGain(policy: Policy, changes: readonly Change[]): ReadonlySet<Key> | undefined {
  const found = new Set<Key>()
  for (const change of changes) {
    if (isOfRecord(change)) continue
    if (change.kind === 'license') return undefined
    for (const user of gainingBy(policy, change)) found.add(user)
  }
  return found
}

/** What profiles hold and whom rules spare is their own people's; who belongs somewhere lets in those, too, who reach his records by it. */
function gainingBy(policy: Policy, change: PeopleChange | RuleChange): readonly Key[] {
  switch (change.kind) {
    case 'activate':
    case 'giveProfile':
    case 'exceptFromRestriction':
      return [change.user]
    case 'joinGroup':
      return [change.user, ...reachingByRules(policy, [`group:${change.group}`])]
    case 'joinTeam':
      return [
        change.user,
        ...(policy.teams.get(change.team)?.members ?? []),
        ...reachingByRules(policy, [`team:${change.team}`]),
      ]
    case 'takeRole': {
      const path = rolePath(policy, change.role)
      const above = path.flatMap((role) => policy.roles.get(role)?.users ?? [])
      const principals = [`role:${change.role}`, ...path.map((role) => `role+:${role}`)]
      return [change.user, ...above, ...reachingByRules(policy, principals)]
    }
    case 'reportTo':
      return [change.manager, ...managerPath(policy, change.manager)]
    default:
      return holdersOf(policy, change.profile)
  }
}

function holdersOf(policy: Policy, profile: Key): Key[] {
  const users = [...policy.users.values()]
  return users.filter(({ profiles }) => profiles.some(({ key }) => key === profile)).map(({ key }) => key)
}

/** With whom rules share what belongs to the principals' people, those of groups that list them included. */
function reachingByRules(policy: Policy, principals: readonly Principal[]): Key[] {
  const owning = new Set(principals)
  // A set is walked in the order of insertion, so groups found on the way are visited too.
  for (const one of owning) for (const group of policy.groupsListing.get(one) ?? []) owning.add(`group:${group}`)
  const rules = [...policy.sharingRules.values()].flat()
  const sharing = rules.filter(({ ownedBy }) => ownedBy?.some((principal) => owning.has(principal)))
  return [...new Set(sharing.flatMap((rule) => rule.with))].flatMap((principal) => [...usersIn(policy, principal)])
}
