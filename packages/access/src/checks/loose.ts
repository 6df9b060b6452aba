import type {
  Condition,
  FieldDefinition,
  FieldOption,
  InvariantDefinition,
  Key,
  ModuleDefinition,
  PolicyDocument,
  ProfileDefinition,
  RestrictionRuleDefinition,
  SharingRuleDefinition,
  SignInWindow,
  TestDefinition,
} from '../document.ts'

/**
 * A document of which only the well-formed parts are left: nothing required, conditions, defaults and made-up records unread.
 * Every complete document is one too.
 */
export interface LooseDocument extends Omit<PolicyDocument, 'bailiwick' | LooseSection> {
  readonly bailiwick?: 1
  readonly profiles?: Keyed<LooseProfile>
  readonly modules?: Keyed<LooseModule>
  readonly sharingRules?: Keyed<LooseSharingRule>
  readonly restrictionRules?: Keyed<LooseRestrictionRule>
  readonly tests?: Keyed<LooseTest>
  readonly invariants?: Keyed<LooseInvariant>
}

type LooseSection = 'profiles' | 'modules' | 'sharingRules' | 'restrictionRules' | 'tests' | 'invariants'
export type Keyed<T> = { readonly [key: Key]: T }

export interface LooseProfile extends Omit<ProfileDefinition, 'signIn'> {
  readonly signIn?: readonly Partial<SignInWindow>[]
}

export interface LooseField extends Partial<Omit<FieldDefinition, 'default' | 'options'>> {
  readonly default?: unknown
  readonly options?: readonly (string | Partial<FieldOption>)[]
}

export interface LooseModule extends Omit<ModuleDefinition, 'fields'> {
  readonly fields?: Keyed<LooseField>
}

/** `when` is read where the module's fields are known: see `conditions.ts`. */
type Unread<T extends { readonly when?: Condition }> = Partial<Omit<T, 'when'>> & { readonly when?: unknown }

export type LooseSharingRule = Unread<SharingRuleDefinition>
export type LooseRestrictionRule = Unread<RestrictionRuleDefinition>
export type LooseTest = Partial<Omit<TestDefinition, 'record'>> & { readonly record?: unknown }
export type LooseInvariant = Partial<InvariantDefinition>

export const SECTIONS = [
  'organization',
  'roles',
  'profiles',
  'users',
  'teams',
  'groups',
  'modules',
  'sharingRules',
  'restrictionRules',
  'tests',
  'invariants',
] as const satisfies readonly (keyof PolicyDocument)[]
export type Section = (typeof SECTIONS)[number]
