import {
  ACTIONS,
  type FieldDefinition,
  type Key,
  LEVELS,
  type Level,
  type ModuleCatalogue,
  type ModuleDefinition,
  type PolicyDocument,
  type ProfileDefinition,
  type ProfileModule,
  SYSTEM_PERMISSIONS,
  type UserDefinition,
} from '../document.ts'
import type { RecordFacts } from '../facts.ts'

/** Everything that an answer depends on, as it was written down: nothing compiled, nothing remembered. */
export interface World {
  readonly document: PolicyDocument
  readonly catalogue: ModuleCatalogue
  /** The modules that the organization's licence covers; absent: all of them. */
  readonly licensed?: ReadonlySet<Key>
  /** Epoch milliseconds. */
  readonly now: number
  /** The address asked from, where it is known. */
  readonly ip?: string
  readonly records?: readonly RecordFacts[]
}

/** The entry of that very name: a key called `constructor` finds no inherited thing. */
export function own<T>(table: { readonly [key: string]: T } | undefined, key: string | undefined): T | undefined {
  return table !== undefined && key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined
}

export function highest(levels: readonly Level[]): Level {
  return LEVELS.findLast((level) => levels.includes(level)) ?? 'none'
}

export function lowest(levels: readonly Level[]): Level {
  return LEVELS.find((level) => levels.includes(level)) ?? 'full'
}

/** Document over catalogue: a document may set a built-in module's sharing, how its fields are handled, and add fields. */
export function moduleOf(world: World, key: Key): ModuleDefinition | undefined {
  const builtIn = own(world.catalogue, key)
  const written = own(world.document.modules, key)
  if (!builtIn && !written) return undefined
  const handled = Object.entries(written?.fields ?? {}).map(([field, definition]) => {
    return [field, { ...own(builtIn?.fields, field), ...definition }] as const
  })
  return { ...builtIn, ...written, fields: { ...builtIn?.fields, ...Object.fromEntries(handled) } }
}

/** Section 7: the organization's licence covers the module. */
export function isLicensed(world: World, module: Key): boolean {
  return world.licensed === undefined || world.licensed.has(module)
}

/** The fields that every module has and that change only through their own actions. */
export const SYSTEM_FIELDS: { readonly [field: Key]: FieldDefinition } = {
  id: { type: 'text' },
  owner: { type: 'user' },
  confidential: { type: 'boolean' },
  createdAt: { type: 'dateTime' },
  createdBy: { type: 'user' },
  updatedAt: { type: 'dateTime' },
  updatedBy: { type: 'user' },
  version: { type: 'integer' },
}

/** Every field of a module: the system's, the external id, the catalogue's and the document's. */
export function fieldsOf(world: World, module: Key): { readonly [field: Key]: FieldDefinition } {
  return { ...SYSTEM_FIELDS, externalId: { type: 'text', unique: true }, ...moduleOf(world, module)?.fields }
}

export function userOf(world: World, key: Key): UserDefinition | undefined {
  return own(world.document.users, key)
}

/** Section 1: only active users are ever matched. */
export function isActive(world: World, key: Key): boolean {
  const user = userOf(world, key)
  return user !== undefined && (user.status ?? 'active') === 'active'
}

const ADMINISTRATOR: ProfileDefinition = { system: SYSTEM_PERMISSIONS, clearance: 'restricted' }

/** Section 2: a user has several profiles. `administrator` is there without being written. */
export function profilesOf(world: World, key: Key): { readonly key: Key; readonly profile: ProfileDefinition }[] {
  return (userOf(world, key)?.profiles ?? []).flatMap((name) => {
    const profile = name === 'administrator' ? ADMINISTRATOR : own(world.document.profiles, name)
    return profile ? [{ key: name, profile }] : []
  })
}

/** What each of the user's profiles says of the module; a profile that doesn't name it says nothing. */
export function profileModulesOf(
  world: World,
  user: Key,
  module: Key,
): { readonly profile: ProfileDefinition; readonly says: ProfileModule }[] {
  return profilesOf(world, user).flatMap(({ key, profile }) => {
    const says = key === 'administrator' ? { actions: ACTIONS, modifyAll: true } : own(profile.modules, module)
    return says ? [{ profile, says }] : []
  })
}
