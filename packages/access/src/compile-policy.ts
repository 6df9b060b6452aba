import { compileModules } from './compile-modules.ts'
import type {
  Key,
  ModuleCatalogue,
  PolicyDocument,
  Principal,
  ProfileModule,
  RoleDefinition,
  TeamDefinition,
  UserDefinition,
} from './document.ts'
import { ACTIONS, SYSTEM_PERMISSIONS } from './document.ts'
import {
  ADMINISTRATOR,
  type Policy,
  type PolicyProfile,
  type PolicyRole,
  type PolicyTeam,
  type PolicyUser,
} from './policy.ts'

/**
 * Indexes a document that `checkDocument` found without problems.
 * @param licensed the modules the organization's licence covers; unstated, all.
 * @param known a policy by the same catalogue: what was made of sections that are the very same objects is used again
 */
export function compilePolicy(
  document: PolicyDocument,
  catalogue: ModuleCatalogue,
  licensed?: ReadonlySet<Key>,
  known?: Policy,
): Policy {
  const same = (section: keyof PolicyDocument) => known !== undefined && known.document[section] === document[section]
  const profiles = known && same('profiles') ? known.profiles : compileProfiles(document)
  const teams = known && same('teams') ? known.teams : compileTeams(document)
  const samePeople = same('users') && same('profiles') && same('teams')
  const sameModules = same('modules') && same('sharingRules') && same('organization')
  const users = known && samePeople ? known.users : compileUsers(document, profiles, teams)
  return {
    document,
    timeZone: document.organization?.timeZone ?? 'UTC',
    hierarchy: document.organization?.hierarchy ?? 'roles',
    confidentialSuperiors: document.organization?.confidentialSuperiors ?? false,
    users,
    roles: known && same('users') && same('roles') ? known.roles : compileRoles(document, users),
    teams,
    groups: new Map(Object.entries(document.groups ?? {})),
    profiles,
    modules: known && sameModules ? known.modules : compileModules(document, catalogue),
    reports: known && same('users') ? known.reports : compileReports(users),
    groupsListing: collect(Object.entries(document.groups ?? {}), ([key, group]) =>
      (group.members ?? []).map((member): [Principal, Key] => [member, key]),
    ),
    sharingRules: byModule(document.sharingRules),
    restrictionRules: byModule(document.restrictionRules),
    isLicensed: (module) => licensed?.has(module) ?? true,
  }
}

function compileReports(users: ReadonlyMap<Key, PolicyUser>): Map<Key, Key[]> {
  return collect(users.values(), (user) => (user.manager === undefined ? [] : [[user.manager, user.key]]))
}

function compileProfiles(document: PolicyDocument): ReadonlyMap<Key, PolicyProfile> {
  const profiles = new Map<Key, PolicyProfile>([[ADMINISTRATOR, administrator()]])
  for (const [key, definition] of Object.entries(document.profiles ?? {})) {
    const modules = new Map(Object.entries(definition.modules ?? {}))
    profiles.set(key, {
      ...definition,
      key,
      system: definition.system ?? [],
      clearance: definition.clearance ?? 'internal',
      moduleOf: (module) => modules.get(module),
    })
  }
  return profiles
}

/** Policy format: every system permission, every action and `modifyAll` on every module there is or will be. */
function administrator(): PolicyProfile {
  const everything: ProfileModule = { actions: ACTIONS, viewAll: true, modifyAll: true, fields: {} }
  return {
    key: ADMINISTRATOR,
    name: 'Administrator',
    system: SYSTEM_PERMISSIONS,
    clearance: 'restricted',
    moduleOf: () => everything,
  }
}

function compileTeams(document: PolicyDocument): Map<Key, PolicyTeam> {
  return mapValues(document.teams, (key, team: TeamDefinition) => ({
    key,
    name: team.name ?? key,
    leaders: team.leaders ?? [],
    members: [...new Set([...(team.leaders ?? []), ...(team.members ?? [])])],
    leadersGet: team.leadersGet ?? 'full',
    membersGet: team.membersGet ?? 'none',
  }))
}

function compileUsers(
  document: PolicyDocument,
  profiles: ReadonlyMap<Key, PolicyProfile>,
  teams: ReadonlyMap<Key, PolicyTeam>,
): Map<Key, PolicyUser> {
  const memberships = collect(teams.values(), (team) => team.members.map((member): [Key, Key] => [member, team.key]))
  const leaderships = collect(teams.values(), (team) => team.leaders.map((leader): [Key, Key] => [leader, team.key]))
  return mapValues(document.users, (key, user: UserDefinition) => ({
    key,
    name: user.name ?? key,
    email: user.email,
    status: user.status ?? 'active',
    role: user.role,
    manager: user.manager,
    profiles: (user.profiles ?? []).flatMap((profile) => profiles.get(profile) ?? []),
    attributes: user.attributes ?? {},
    teams: memberships.get(key) ?? [],
    leads: leaderships.get(key) ?? [],
  }))
}

function compileRoles(document: PolicyDocument, users: ReadonlyMap<Key, PolicyUser>): Map<Key, PolicyRole> {
  const holders = collect(users.values(), (user) => (user.role === undefined ? [] : [[user.role, user.key]]))
  const children = collect(Object.entries(document.roles ?? {}), ([key, role]) =>
    role.parent === undefined ? [] : [[role.parent, key]],
  )
  return mapValues(document.roles, (key, role: RoleDefinition) => ({
    ...role,
    key,
    users: holders.get(key) ?? [],
    children: children.get(key) ?? [],
  }))
}

function byModule<Rule extends { readonly module: Key }>(
  rules: { readonly [key: Key]: Rule } | undefined,
): Map<Key, (Rule & { readonly key: Key })[]> {
  return collect(Object.entries(rules ?? {}), ([key, rule]) => [[rule.module, { ...rule, key }]])
}

/** Groups pairs by their first part, in order. */
function collect<Item, Value>(
  items: Iterable<Item>,
  pairs: (item: Item) => readonly (readonly [string, Value])[],
): Map<string, Value[]> {
  const map = new Map<string, Value[]>()
  for (const item of items) {
    for (const [key, value] of pairs(item)) {
      const values = map.get(key)
      if (values) values.push(value)
      else map.set(key, [value])
    }
  }
  return map
}

function mapValues<In, Out>(
  section: { readonly [key: Key]: In } | undefined,
  map: (key: Key, value: In) => Out,
): Map<Key, Out> {
  return new Map(Object.entries(section ?? {}).map(([key, value]) => [key, map(key, value)]))
}
