import type {
  Action,
  Clearance,
  FieldDefinition,
  FieldType,
  GroupDefinition,
  Hierarchy,
  Key,
  Level,
  ModuleCatalogue,
  ModuleDefinition,
  PolicyDocument,
  Principal,
  ProfileDefinition,
  ProfileModule,
  RestrictionRuleDefinition,
  RoleDefinition,
  SharingRuleDefinition,
  SystemPermission,
  TeamDefinition,
  Text,
  UserDefinition,
  UserStatus,
} from './document.ts'
import { ACTIONS, SYSTEM_PERMISSIONS } from './document.ts'
import { SYSTEM_FIELDS } from './system-fields.ts'

export const ADMINISTRATOR = 'administrator'

export interface PolicyField {
  readonly key: Key
  readonly type: FieldType
  readonly name: Text
  readonly required: boolean
  readonly unique: boolean
  readonly title: boolean
  readonly sensitivity: Clearance
  readonly mask: NonNullable<FieldDefinition['mask']>
  readonly encrypted: boolean
  readonly indexed: boolean
  readonly default?: FieldDefinition['default']
  readonly options: readonly { readonly value: string; readonly name: Text }[]
  /** Of a lookup: the module it points into. */
  readonly module?: Key
  readonly system: boolean
  readonly builtIn: boolean
}

export interface PolicyModule {
  readonly key: Key
  readonly name: Text
  readonly plural: Text
  readonly sharing: Level
  readonly superiorsGet: Level
  readonly parent?: Key
  /** In the document's order, system fields first. */
  readonly fields: ReadonlyMap<Key, PolicyField>
  readonly titleField?: PolicyField
  readonly builtIn: boolean
}

export interface PolicyProfile extends ProfileDefinition {
  readonly key: Key
  readonly system: readonly SystemPermission[]
  readonly clearance: Clearance
  moduleOf(module: Key): ProfileModule | undefined
}

export interface PolicyUser {
  readonly key: Key
  readonly name: string
  readonly email?: string
  readonly status: UserStatus
  readonly role?: Key
  readonly manager?: Key
  readonly profiles: readonly PolicyProfile[]
  readonly attributes: NonNullable<UserDefinition['attributes']>
  /** Teams he belongs to, leading ones included. */
  readonly teams: readonly Key[]
  readonly leads: readonly Key[]
}

export interface PolicyRole extends RoleDefinition {
  readonly key: Key
  readonly users: readonly Key[]
  readonly children: readonly Key[]
}

export interface PolicyTeam {
  readonly key: Key
  readonly name: Text
  /** Leaders included. */
  readonly members: readonly Key[]
  readonly leaders: readonly Key[]
  readonly leadersGet: Level
  readonly membersGet: Level
}

export interface KeyedSharingRule extends SharingRuleDefinition {
  readonly key: Key
}
export interface KeyedRestrictionRule extends RestrictionRuleDefinition {
  readonly key: Key
}

/** A checked document made ready for questions: every default filled in, every reference indexed. Immutable. */
export interface Policy {
  readonly document: PolicyDocument
  readonly timeZone: string
  readonly hierarchy: Hierarchy
  readonly confidentialSuperiors: boolean
  readonly users: ReadonlyMap<Key, PolicyUser>
  readonly roles: ReadonlyMap<Key, PolicyRole>
  readonly teams: ReadonlyMap<Key, PolicyTeam>
  readonly groups: ReadonlyMap<Key, GroupDefinition>
  readonly profiles: ReadonlyMap<Key, PolicyProfile>
  readonly modules: ReadonlyMap<Key, PolicyModule>
  /** Of each manager, the people who report to him directly. */
  readonly reports: ReadonlyMap<Key, readonly Key[]>
  /** Of each principal, the groups that list it directly. */
  readonly groupsListing: ReadonlyMap<Principal, readonly Key[]>
  /** By module. */
  readonly sharingRules: ReadonlyMap<Key, readonly KeyedSharingRule[]>
  readonly restrictionRules: ReadonlyMap<Key, readonly KeyedRestrictionRule[]>
  isLicensed(module: Key): boolean
}

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
    modules: compileModules(document, catalogue),
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
  const everything: ProfileModule = { actions: ACTIONS, viewAll: true, modifyAll: true, aggregate: 'all', fields: {} }
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

function compileModules(document: PolicyDocument, catalogue: ModuleCatalogue): Map<Key, PolicyModule> {
  const modules = new Map<Key, PolicyModule>()
  for (const [key, builtIn] of Object.entries(catalogue)) {
    modules.set(key, compileModule(key, document.modules?.[key] ?? {}, builtIn))
  }
  for (const [key, definition] of Object.entries(document.modules ?? {})) {
    if (!modules.has(key)) modules.set(key, compileModule(key, definition, undefined))
  }
  return modules
}

function compileModule(key: Key, definition: ModuleDefinition, builtIn: ModuleDefinition | undefined): PolicyModule {
  const fields = new Map<Key, PolicyField>()
  for (const [field, own] of Object.entries(SYSTEM_FIELDS)) {
    fields.set(field, compileField(field, own, { system: own.system, builtIn: true }))
  }
  for (const [field, own] of Object.entries(builtIn?.fields ?? {})) {
    fields.set(field, compileField(field, { ...own, ...definition.fields?.[field] }, { system: false, builtIn: true }))
  }
  for (const [field, own] of Object.entries(definition.fields ?? {})) {
    if (!fields.has(field)) fields.set(field, compileField(field, own, { system: false, builtIn: false }))
  }
  return {
    key,
    name: definition.name ?? builtIn?.name ?? key,
    plural: definition.plural ?? builtIn?.plural ?? definition.name ?? builtIn?.name ?? key,
    sharing: definition.sharing ?? builtIn?.sharing ?? 'none',
    superiorsGet: definition.superiorsGet ?? builtIn?.superiorsGet ?? 'full',
    parent: definition.parent ?? builtIn?.parent,
    fields,
    titleField: [...fields.values()].find((field) => field.title),
    builtIn: builtIn !== undefined,
  }
}

function compileField(key: Key, own: FieldDefinition, kind: { system: boolean; builtIn: boolean }): PolicyField {
  return {
    key,
    type: own.type,
    name: own.name ?? key,
    required: own.required ?? false,
    unique: own.unique ?? false,
    title: own.title ?? false,
    sensitivity: own.sensitivity ?? 'internal',
    mask: own.mask ?? 'full',
    encrypted: own.encrypted ?? false,
    indexed: own.indexed ?? false,
    default: own.default,
    options: (own.options ?? []).map((option) =>
      typeof option === 'string'
        ? { value: option, name: option }
        : { value: option.value, name: option.name ?? option.value },
    ),
    module: own.module,
    ...kind,
  }
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

/** Whether the action, by any of the user's profiles, is granted on the module, `read` included where the action asks for it. */
export function isActionGranted(user: PolicyUser, module: Key, action: Action): boolean {
  const granted = (wanted: Action) =>
    user.profiles.some((profile) => profile.moduleOf(module)?.actions?.includes(wanted) ?? false)
  return granted(action) && (action === 'create' || action === 'import' || granted('read'))
}
