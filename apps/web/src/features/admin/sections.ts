import type { PolicyDocument } from '@bailiwick/access'

/** The parts of the policy document that are edited here, one page each, in the order of the menu. */
export const SECTIONS = ['users', 'profiles', 'roles', 'teams', 'groups', 'sharingRules', 'restrictionRules'] as const
export type Section = (typeof SECTIONS)[number]

/** One thing of a section, as the document has it. */
export type Item = Readonly<Record<string, unknown>>

/** How a member of an item is filled in. */
export type Control =
  | {
      readonly kind: 'text' | 'email' | 'label' | 'attributes' | 'condition'
      readonly key: string
      readonly required?: true
    }
  | { readonly kind: 'choice'; readonly key: string; readonly options: readonly string[]; readonly unstated: string }
  | { readonly kind: 'one' | 'many'; readonly key: string; readonly of: Section | 'modules'; readonly required?: true }
  | { readonly kind: 'principals'; readonly key: string; readonly required?: true }
  | { readonly kind: 'permissions' | 'moduleAccess' | 'networks' | 'windows'; readonly key: string }

const LEVELS = ['none', 'read', 'edit', 'full']

export const CONTROLS: Readonly<Record<Section, readonly Control[]>> = {
  users: [
    { kind: 'text', key: 'name', required: true },
    { kind: 'email', key: 'email' },
    { kind: 'choice', key: 'status', options: ['active', 'suspended', 'removed'], unstated: 'active' },
    { kind: 'many', key: 'profiles', of: 'profiles' },
    { kind: 'one', key: 'role', of: 'roles' },
    { kind: 'one', key: 'manager', of: 'users' },
    { kind: 'attributes', key: 'attributes' },
  ],
  profiles: [
    { kind: 'label', key: 'name' },
    { kind: 'moduleAccess', key: 'modules' },
    { kind: 'permissions', key: 'system' },
    {
      kind: 'choice',
      key: 'clearance',
      options: ['public', 'internal', 'confidential', 'restricted'],
      unstated: 'internal',
    },
    { kind: 'windows', key: 'signIn' },
    { kind: 'networks', key: 'networks' },
  ],
  roles: [
    { kind: 'label', key: 'name' },
    { kind: 'one', key: 'parent', of: 'roles' },
    { kind: 'choice', key: 'peersGet', options: LEVELS, unstated: 'none' },
  ],
  teams: [
    { kind: 'label', key: 'name' },
    { kind: 'many', key: 'leaders', of: 'users' },
    { kind: 'many', key: 'members', of: 'users' },
    { kind: 'choice', key: 'leadersGet', options: LEVELS, unstated: 'full' },
    { kind: 'choice', key: 'membersGet', options: LEVELS, unstated: 'none' },
  ],
  groups: [
    { kind: 'label', key: 'name' },
    { kind: 'principals', key: 'members' },
  ],
  sharingRules: [
    { kind: 'label', key: 'name' },
    { kind: 'one', key: 'module', of: 'modules', required: true },
    { kind: 'principals', key: 'ownedBy' },
    { kind: 'condition', key: 'when' },
    { kind: 'principals', key: 'with', required: true },
    { kind: 'choice', key: 'level', options: ['read', 'edit', 'full'], unstated: 'read' },
  ],
  restrictionRules: [
    { kind: 'label', key: 'name' },
    { kind: 'one', key: 'module', of: 'modules', required: true },
    { kind: 'principals', key: 'for', required: true },
    { kind: 'principals', key: 'except' },
    { kind: 'condition', key: 'when' },
    { kind: 'choice', key: 'level', options: ['none', 'read', 'edit'], unstated: 'read' },
  ],
}

/** What a new thing begins with: what the document can't leave unstated. */
export const BEGINNINGS: Readonly<Record<Section, Item>> = {
  users: { profiles: [] },
  profiles: { modules: {} },
  roles: {},
  teams: { leaders: [], members: [] },
  groups: { members: [] },
  sharingRules: { with: [], level: 'read' },
  restrictionRules: { for: ['everyone'], level: 'read' },
}

/** The things of a section by their keys. */
export function itemsOf(document: PolicyDocument, section: Section): Readonly<Record<string, Item>> {
  return (document[section] ?? {}) as Readonly<Record<string, Item>>
}

/** The document with a thing of a section set, or taken out. */
export function withItem(
  document: PolicyDocument,
  section: Section,
  key: string,
  item: Item | undefined,
): PolicyDocument {
  const { [key]: _before, ...rest } = itemsOf(document, section)
  const items = item === undefined ? rest : { ...itemsOf(document, section), [key]: item }
  return { ...document, [section]: items } as PolicyDocument
}

/** An item with a member set; what is empty isn't stated. */
export function withMember(item: Item, key: string, value: unknown): Item {
  const { [key]: _before, ...rest } = item
  const isNothing =
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  return isNothing ? rest : { ...item, [key]: value }
}

/** A key for a new thing by its name: letters and digits, and none that is taken. */
export function keyFor(name: string, taken: Readonly<Record<string, unknown>>): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50)
  const base = plain || 'item'
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}-${number}`
    if (!(key in taken)) return key
  }
}
