import type {
  Action,
  Clearance,
  FieldDefinition,
  FieldType,
  GroupDefinition,
  Hierarchy,
  Key,
  Level,
  PolicyDocument,
  Principal,
  ProfileDefinition,
  ProfileModule,
  RestrictionRuleDefinition,
  RoleDefinition,
  SharingRuleDefinition,
  SystemPermission,
  Text,
  UserDefinition,
  UserStatus,
} from './document.ts'
import type { RuleWay } from './rule-ways.ts'

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
  /** How its sharing rules by values lead to records. */
  readonly ruleWays: readonly RuleWay[]
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

/** Whether the action, by any of the user's profiles, is granted on the module, `read` included where the action asks for it. */
export function isActionGranted(user: PolicyUser, module: Key, action: Action): boolean {
  const granted = (wanted: Action) =>
    user.profiles.some((profile) => profile.moduleOf(module)?.actions?.includes(wanted) ?? false)
  return granted(action) && (action === 'create' || action === 'import' || granted('read'))
}
