/**
 * The policy document as a customer writes it: the shape of `docs/policy-format.md`, nothing computed.
 * A section that is absent is left alone by an apply; a section that is present is whole.
 */

/** A stable name: `[A-Za-z][A-Za-z0-9-_]{0,62}`. */
export type Key = string

/** `user:<key>`, `role:<key>`, `role+:<key>`, `team:<key>`, `group:<key>` or `everyone`. */
export type Principal = string

/** Who a record belongs to: `user:<key>` or `team:<key>`. */
export type OwnerRef = string

/** A text in one language for all, or per language tag (`en`, `fi`, `sv`, `ar`, `zh-Hans`). */
export type Text = string | { readonly [language: string]: string }

export const LEVELS = ['none', 'read', 'edit', 'full'] as const
export type Level = (typeof LEVELS)[number]

export const CLEARANCES = ['public', 'internal', 'confidential', 'restricted'] as const
export type Clearance = (typeof CLEARANCES)[number]

export const FIELD_ACCESS = ['hidden', 'masked', 'read', 'edit'] as const
export type FieldAccess = (typeof FIELD_ACCESS)[number]

export const ACTIONS = [
  'create',
  'read',
  'update',
  'delete',
  'comment',
  'share',
  'transfer',
  'confide',
  'import',
  'overwrite',
  'export',
  'mass',
] as const
export type Action = (typeof ACTIONS)[number]

export const SYSTEM_PERMISSIONS = [
  'manageUsers',
  'manageAccess',
  'manageModules',
  'manageOrganization',
  'manageLicences',
  'viewAudit',
  'reviewAccess',
  'manageIntegrations',
  'useApi',
  'viewReports',
  'breakGlass',
] as const
export type SystemPermission = (typeof SYSTEM_PERMISSIONS)[number]

export const FIELD_TYPES = [
  'text',
  'longText',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'date',
  'dateTime',
  'email',
  'phone',
  'url',
  'choice',
  'choices',
  'lookup',
  'user',
  'autoNumber',
  'file',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export const MASKS = ['last4', 'email', 'initials', 'full'] as const
export type Mask = (typeof MASKS)[number]

export const OPERATORS = [
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'isEmpty',
  'isNotEmpty',
] as const
export type Operator = (typeof OPERATORS)[number]

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export type Scalar = string | number | boolean
export type ConditionValue =
  | Scalar
  | readonly Scalar[]
  | { readonly user: string }
  /** Days from today in the organization's time zone. */
  | { readonly today: number }

export interface Comparison {
  readonly field: Key
  readonly op: Operator
  readonly value?: ConditionValue
}
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison

export type Hierarchy = 'roles' | 'reporting' | 'both'

export interface OrganizationSettings {
  readonly name?: string
  readonly timeZone?: string
  readonly hierarchy?: Hierarchy
  readonly confidentialSuperiors?: boolean
  readonly approvals?: number
}

export interface RoleDefinition {
  readonly name?: Text
  readonly parent?: Key
  readonly peersGet?: Level
}

export interface SignInWindow {
  readonly days: readonly Weekday[]
  /** `HH:MM`, inclusive. */
  readonly from: string
  /** `HH:MM`, exclusive; `24:00` is the end of the day. Not after `from`: the window passes midnight. */
  readonly to: string
  readonly timeZone?: string
}

export interface ProfileModule {
  readonly actions?: readonly Action[]
  readonly viewAll?: boolean
  readonly modifyAll?: boolean
  readonly aggregate?: 'visible' | 'all'
  /** Field key → access; the key `default` holds the profile's default for the module. */
  readonly fields?: { readonly [field: string]: FieldAccess }
}

export interface ProfileDefinition {
  readonly name?: Text
  readonly system?: readonly SystemPermission[]
  readonly clearance?: Clearance
  readonly signIn?: readonly SignInWindow[]
  /** CIDR blocks, IPv4 or IPv6. */
  readonly networks?: readonly string[]
  readonly modules?: { readonly [module: Key]: ProfileModule }
}

export type UserStatus = 'active' | 'suspended' | 'removed'

export interface UserDefinition {
  readonly name?: string
  readonly email?: string
  readonly status?: UserStatus
  readonly role?: Key
  readonly manager?: Key
  readonly profiles?: readonly Key[]
  readonly attributes?: { readonly [attribute: string]: Scalar }
}

export interface TeamDefinition {
  readonly name?: Text
  readonly leaders?: readonly Key[]
  readonly members?: readonly Key[]
  readonly leadersGet?: Level
  readonly membersGet?: Level
}

export interface GroupDefinition {
  readonly name?: Text
  readonly members?: readonly Principal[]
}

export interface FieldOption {
  readonly value: string
  readonly name?: Text
}

export interface FieldDefinition {
  readonly type: FieldType
  readonly name?: Text
  readonly required?: boolean
  readonly unique?: boolean
  /** Shown as the record's name; exactly one field of a module. */
  readonly title?: boolean
  readonly sensitivity?: Clearance
  readonly mask?: Mask
  readonly encrypted?: boolean
  readonly indexed?: boolean
  readonly default?: Scalar | readonly Scalar[]
  readonly options?: readonly (string | FieldOption)[]
  /** Of a lookup: the module it points into. */
  readonly module?: Key
}

export interface ModuleDefinition {
  readonly name?: Text
  readonly plural?: Text
  readonly sharing?: Level
  readonly superiorsGet?: Level
  /** A lookup field of the module: who reaches the looked-up record reaches this one as far. */
  readonly parent?: Key
  readonly fields?: { readonly [field: Key]: FieldDefinition }
}

export interface SharingRuleDefinition {
  readonly name?: Text
  readonly module: Key
  readonly ownedBy?: readonly Principal[]
  readonly when?: Condition
  readonly with: readonly Principal[]
  readonly level: Exclude<Level, 'none'>
}

export interface RestrictionRuleDefinition {
  readonly name?: Text
  readonly module: Key
  readonly for: readonly Principal[]
  readonly except?: readonly Principal[]
  /** Unstated: on every record of the module. */
  readonly when?: Condition
  readonly level: Exclude<Level, 'full'>
}

/** A made-up record (owner, values, `confidential`, `shares`; a lookup may hold a made-up record), or `{ id }` of a real one. */
export interface TestRecord {
  readonly id?: string
  readonly owner?: OwnerRef
  readonly confidential?: boolean
  readonly shares?: readonly { readonly with: Principal; readonly level: Level; readonly expiresAt?: string }[]
  readonly [field: string]: unknown
}

export interface TestDefinition {
  readonly as: Principal
  readonly module: Key
  readonly record?: TestRecord
  readonly can?: readonly Action[]
  readonly cannot?: readonly Action[]
  readonly fields?: { readonly [field: Key]: FieldAccess }
}

export interface InvariantDefinition {
  readonly nobody: { readonly except?: readonly Principal[] }
  readonly can: Action
  readonly on: Key
  readonly field?: Key
}

export interface PolicyDocument {
  readonly bailiwick: 1
  readonly organization?: OrganizationSettings
  readonly roles?: { readonly [role: Key]: RoleDefinition }
  readonly profiles?: { readonly [profile: Key]: ProfileDefinition }
  readonly users?: { readonly [user: Key]: UserDefinition }
  readonly teams?: { readonly [team: Key]: TeamDefinition }
  readonly groups?: { readonly [group: Key]: GroupDefinition }
  readonly modules?: { readonly [module: Key]: ModuleDefinition }
  readonly sharingRules?: { readonly [rule: Key]: SharingRuleDefinition }
  readonly restrictionRules?: { readonly [rule: Key]: RestrictionRuleDefinition }
  readonly tests?: { readonly [test: Key]: TestDefinition }
  readonly invariants?: { readonly [invariant: Key]: InvariantDefinition }
}

/** The modules that every organization has from the start, in the document's own shape. */
export type ModuleCatalogue = { readonly [module: Key]: ModuleDefinition }
