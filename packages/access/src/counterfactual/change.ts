import type { Action, FieldAccess, Key, PolicyDocument } from '../document.ts'
import type { RecordFacts } from '../facts.ts'
import type { GrantedLevel } from '../grants.ts'

/** One step that somebody could take so that a person may do what he may not now. */
export type Change =
  | { readonly kind: 'share'; readonly user: Key; readonly level: GrantedLevel }
  | { readonly kind: 'liftConfidential' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'activate'; readonly user: Key }
  | { readonly kind: 'giveProfile'; readonly user: Key; readonly profile: Key }
  | { readonly kind: 'grantActions'; readonly profile: Key; readonly module: Key; readonly actions: readonly Action[] }
  | {
      readonly kind: 'openField'
      readonly profile: Key
      readonly module: Key
      readonly field: Key
      readonly access: FieldAccess
    }
  | { readonly kind: 'joinGroup'; readonly user: Key; readonly group: Key }
  | { readonly kind: 'exceptFromRestriction'; readonly user: Key; readonly rule: Key }

/** Whether the change is one of the record alone, and leaves the policy as it is. */
export function isOfRecord({ kind }: Change): boolean {
  return kind === 'share' || kind === 'liftConfidential' || kind === 'restore'
}

export function changeFacts(facts: RecordFacts, change: Change): RecordFacts {
  if (change.kind === 'liftConfidential') return { ...facts, confidential: false }
  if (change.kind === 'restore') return { ...facts, deleted: false }
  if (change.kind !== 'share') return facts
  const to = `user:${change.user}`
  const others = facts.shares.filter((share) => share.with !== to)
  return { ...facts, shares: [...others, { with: to, level: change.level }] }
}

export function changeDocument(document: PolicyDocument, change: Change): PolicyDocument {
  switch (change.kind) {
    case 'activate':
      return { ...document, users: changed(document.users, change.user, () => ({ status: 'active' })) }
    case 'giveProfile': {
      const { profile } = change
      const users = changed(document.users, change.user, ({ profiles = [] }) => ({ profiles: [...profiles, profile] }))
      return { ...document, users }
    }
    case 'grantActions':
      return changeProfile(document, change, (own) => ({ actions: [...(own.actions ?? []), ...change.actions] }))
    case 'openField':
      return changeProfile(document, change, (own) => ({ fields: { ...own.fields, [change.field]: change.access } }))
    case 'joinGroup': {
      const member = `user:${change.user}`
      const groups = changed(document.groups, change.group, ({ members = [] }) => ({ members: [...members, member] }))
      return { ...document, groups }
    }
    case 'exceptFromRestriction': {
      const user = `user:${change.user}`
      const rules = changed(document.restrictionRules, change.rule, ({ except = [] }) => ({
        except: [...except, user],
      }))
      return { ...document, restrictionRules: rules }
    }
    default:
      return document
  }
}

type Table<Entry> = { readonly [key: Key]: Entry }

function changed<Entry extends object>(
  table: Table<Entry> | undefined,
  key: Key,
  change: (entry: Entry) => Partial<Entry>,
): Table<Entry> | undefined {
  const entry = table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
  return entry === undefined ? table : { ...table, [key]: { ...entry, ...change(entry) } }
}

type ProfileModules = NonNullable<NonNullable<PolicyDocument['profiles']>[Key]['modules']>

function changeProfile(
  document: PolicyDocument,
  { profile, module }: { readonly profile: Key; readonly module: Key },
  change: (own: ProfileModules[Key]) => Partial<ProfileModules[Key]>,
): PolicyDocument {
  const profiles = changed(document.profiles, profile, ({ modules = {} }) => {
    const own = Object.hasOwn(modules, module) ? (modules[module] ?? {}) : {}
    return { modules: { ...modules, [module]: { ...own, ...change(own) } } }
  })
  return { ...document, profiles }
}
