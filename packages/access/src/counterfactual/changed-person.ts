import type { Key, ProfileModule } from '../document.ts'
import type { Policy, PolicyProfile, PolicyUser } from '../policy.ts'
import type { Change } from './change.ts'

/**
 * The policy as it is for one person once the change is made, and him in it: enough to ask what he may do then, and much less to make
 * than the whole policy anew. Of others it knows nothing new.
 */
export function changedFor(policy: Policy, person: PolicyUser, change: Change): Policy {
  const users = new Map(policy.users).set(person.key, changedPerson(policy, person, change))
  switch (change.kind) {
    case 'joinGroup':
      return { ...policy, users, groupsListing: listed(policy.groupsListing, `user:${person.key}`, change.group) }
    case 'reportTo':
      return { ...policy, users, reports: listed(policy.reports, change.manager, change.user) }
    default:
      return { ...policy, users }
  }
}

function listed(table: ReadonlyMap<string, readonly Key[]>, key: string, entry: Key): Map<string, readonly Key[]> {
  return new Map(table).set(key, [...(table.get(key) ?? []), entry])
}

function changedPerson(policy: Policy, person: PolicyUser, change: Change): PolicyUser {
  switch (change.kind) {
    case 'giveProfile': {
      const profile = policy.profiles.get(change.profile)
      return profile ? { ...person, profiles: [...person.profiles, profile] } : person
    }
    case 'takeRole':
      return { ...person, role: change.role }
    case 'joinTeam': {
      const { team, leads } = change
      const teams = [...new Set([...person.teams, team])]
      return { ...person, teams, leads: leads ? [...person.leads, team] : person.leads }
    }
    case 'grantActions':
    case 'openField':
    case 'giveClearance':
      return {
        ...person,
        profiles: person.profiles.map((own) => (own.key === change.profile ? changedProfile(own, change) : own)),
      }
    default:
      return person
  }
}

function changedProfile(profile: PolicyProfile, change: Change): PolicyProfile {
  switch (change.kind) {
    case 'grantActions':
      return withModule(profile, change.module, (own) => ({ actions: [...(own.actions ?? []), ...change.actions] }))
    case 'openField':
      return withModule(profile, change.module, (own) => ({ fields: { ...own.fields, [change.field]: change.access } }))
    case 'giveClearance':
      return { ...profile, clearance: change.clearance }
    default:
      return profile
  }
}

function withModule(
  profile: PolicyProfile,
  module: Key,
  change: (own: ProfileModule) => Partial<ProfileModule>,
): PolicyProfile {
  const own = profile.moduleOf(module) ?? {}
  const changed: ProfileModule = { ...own, ...change(own) }
  return { ...profile, moduleOf: (key) => (key === module ? changed : profile.moduleOf(key)) }
}
