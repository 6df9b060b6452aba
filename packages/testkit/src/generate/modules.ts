import type {
  FieldDefinition,
  Key,
  ModuleCatalogue,
  ModuleDefinition,
  ProfileDefinition,
  ProfileModule,
} from '@bailiwick/access'
import fc from 'fast-check'
import { type Names, type ProfileModuleSeed, type ProfileSeed, stated } from './people.ts'
import { CUSTOM_TYPES, clearance, given, index, level, type Made, pick } from './pools.ts'
import type { ModuleShape } from './records.ts'

type Modules = { readonly [module: Key]: ModuleDefinition }

const customModuleSeed = fc.record({
  hasParent: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  fields: fc.array(fc.record({ type: index, sensitivity: given(7, clearance) }), { maxLength: 3 }),
})

const CUSTOM_KEYS = ['sites', 'visits', 'parts']

export const customModuleSeeds = fc.array(customModuleSeed, { minLength: 1, maxLength: CUSTOM_KEYS.length })

export const settingSeed = fc.record({ sharing: level, superiorsGet: given(7, level) })

/** A chain below the catalogue's first module: parts hang under visits, visits under sites, sites under it. */
export function customModules(seeds: Made<typeof customModuleSeeds>, catalogue: ModuleCatalogue): Modules {
  const above = [...Object.keys(catalogue).slice(0, 1), ...CUSTOM_KEYS]
  return Object.fromEntries(
    seeds.map((seed, position) => [pick(CUSTOM_KEYS, position), customModule(seed, pick(above, position))]),
  )
}

function customModule({ hasParent, fields }: Made<typeof customModuleSeed>, above: Key): ModuleDefinition {
  const own = fields.map(({ type, sensitivity }, at): [Key, FieldDefinition] => {
    const chosen = pick(CUSTOM_TYPES, type)
    return [`${chosen}${at}`, { type: chosen, ...stated({ sensitivity }) }]
  })
  const title: FieldDefinition = { type: 'text', title: true }
  const up: FieldDefinition = { type: 'lookup', module: above }
  return { ...(hasParent ? { parent: 'up' } : {}), fields: { name: title, up, ...Object.fromEntries(own) } }
}

export function shapesOf(definitions: Modules): ModuleShape[] {
  return Object.entries(definitions).map(([key, { parent, fields }]) => ({
    key,
    fields: fields ?? {},
    ...stated({ parent }),
  }))
}

/** The customer's own modules whole; of the built-in ones, how they are shared. */
export function settled(
  shapes: readonly ModuleShape[],
  custom: Modules,
  seeds: readonly Made<typeof settingSeed>[],
): Modules {
  return Object.fromEntries(
    shapes.map(({ key }, position) => [key, { ...custom[key], ...stated(pick(seeds, position)) }]),
  )
}

export function buildProfiles(
  seeds: readonly ProfileSeed[],
  shapes: readonly ModuleShape[],
  names: Names,
  unchecked: boolean,
): { readonly [profile: Key]: ProfileDefinition } {
  // What a profile adds where another one reads can be used; where none reads, a check refuses it.
  const isRead = shapes.map((_, position) => seeds.some(({ modules }) => pick(modules, position)?.reads))
  const isUsable = (position: number) => unchecked || isRead[position] === true
  return Object.fromEntries(
    seeds.map((seed, position) => [pick(names.profiles, position), buildProfile(seed, shapes, isUsable)]),
  )
}

function buildProfile(
  { modules, signIn, ...says }: ProfileSeed,
  shapes: readonly ModuleShape[],
  isUsable: (position: number) => boolean,
): ProfileDefinition {
  const named = shapes.flatMap((shape, position) => {
    const seed = pick(modules, position)
    return seed ? [[shape.key, buildProfileModule(seed, shape, isUsable(position))] as const] : []
  })
  const windows = signIn?.map(({ timeZone, ...window }) => ({ ...window, ...stated({ timeZone }) }))
  return { ...stated({ ...says, signIn: windows }), modules: Object.fromEntries(named) }
}

const ALSO_LISTED = ['externalId', 'owner', 'createdAt', 'id', 'version']

function buildProfileModule(
  { listed, default: unlisted, actions, reads, viewAll, modifyAll }: ProfileModuleSeed,
  shape: ModuleShape,
  isUsable: boolean,
): ProfileModule {
  const names = [...Object.keys(shape.fields), ...ALSO_LISTED]
  const fields = Object.fromEntries(listed.map(({ field, access }) => [pick(names, field), access]))
  const others = actions.filter((action) => action !== 'read')
  const says: ProfileModule = reads
    ? { actions: ['read', ...others], viewAll, modifyAll }
    : isUsable
      ? { actions: others, viewAll, modifyAll }
      : { actions: others.filter((action) => action === 'create' || action === 'import') }
  return { ...says, fields: { ...fields, ...(unlisted === undefined ? {} : { default: unlisted }) } }
}
