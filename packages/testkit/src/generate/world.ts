import type { FieldDefinition, FieldType, Key, ModuleCatalogue, ModuleDefinition, PolicyDocument, ProfileDefinition } from '@bailiwick/access'
import type { World } from '@bailiwick/access/oracle'
import fc from 'fast-check'
import { condition, conditionSeed } from './conditions.ts'
import { buildPeople, KEEPER, type Names, namesOf, type ProfileModuleSeed, type ProfileSeed, peopleSeed, principalSeeds, principals, stated } from './people.ts'
import { ADDRESSES, CUSTOM_TYPES, clearance, generationCatalogue, index, level, type Made, MOMENTS, OPTIONS, PROFILE_KEYS, pick, RULE_KEYS, seldom, TIME_ZONES } from './pools.ts'
import { buildRecords, type ModuleShape, recordSeed } from './records.ts'
import { attributesOf, type Values, valuesFor } from './values.ts'

/** A whole organization with its records, and what it takes to make up more of the same kind. */
export interface GeneratedWorld extends World {
  readonly records: NonNullable<World['records']>
  readonly names: Names
  readonly modules: readonly ModuleShape[]
  readonly values: Values
}

export interface GenerationOptions {
  /** The built-in modules; the first of them is the one that the customer's own modules hang under. */
  readonly catalogue?: ModuleCatalogue
  readonly maximumRecords?: number
}

const customModuleSeed = fc.record({
  hasParent: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  fields: fc.array(fc.record({ type: index, sensitivity: fc.option(clearance, { nil: undefined }) }), { maxLength: 3 }),
})

const settingSeed = fc.record({ sharing: level, superiorsGet: fc.option(level, { nil: undefined }) })

export const sharingRuleSeed = fc.record({
  module: index,
  with: principalSeeds,
  ownedBy: fc.option(principalSeeds, { nil: undefined }),
  when: fc.option(conditionSeed, { nil: undefined }),
  level: fc.constantFrom('read', 'edit', 'full'),
})

export const restrictionRuleSeed = fc.record({
  module: index,
  for: principalSeeds,
  except: fc.option(principalSeeds, { nil: undefined }),
  when: fc.option(conditionSeed, { nil: undefined, freq: 8 }),
  level: fc.constantFrom('none', 'read', 'edit'),
})

const worldSeed = (options: GenerationOptions) =>
  fc.record({
    now: fc.constantFrom(...MOMENTS),
    textsFrom: index,
    ip: fc.constantFrom(...ADDRESSES),
    timeZone: fc.option(fc.constantFrom(...TIME_ZONES), { nil: undefined }),
    hierarchy: fc.constantFrom(undefined, 'roles', 'reporting', 'both'),
    confidentialSuperiors: fc.boolean(),
    people: peopleSeed,
    customModules: fc.array(customModuleSeed, { maxLength: 3 }),
    /** For each module, the catalogue's first. */
    settings: fc.array(settingSeed, { minLength: 4, maxLength: 4 }),
    unlicensed: fc.option(index, { nil: undefined, freq: 8 }),
    sharingRules: fc.array(sharingRuleSeed, { maxLength: 4 }),
    restrictionRules: fc.array(restrictionRuleSeed, { maxLength: 2 }),
    records: fc.array(recordSeed, { minLength: 1, maxLength: options.maximumRecords ?? 6 }),
  })

type WorldSeed = Made<ReturnType<typeof worldSeed>>

/** Whole organizations: valid documents, storable records, an instant and an address to ask from. */
export function arbitraryWorld(options: GenerationOptions = {}): fc.Arbitrary<GeneratedWorld> {
  return worldSeed(options).map((seed) => buildWorld(seed, options.catalogue ?? generationCatalogue))
}

function buildWorld(seed: WorldSeed, catalogue: ModuleCatalogue): GeneratedWorld {
  const values = valuesFor(seed.now, seed.textsFrom)
  const names = namesOf(seed.people)
  const custom = customModules(seed, catalogue)
  const modules = shapes({ ...catalogue, ...custom })
  const document: PolicyDocument = {
    bailiwick: 1,
    organization: {
      name: 'Nordwind',
      ...stated({ timeZone: seed.timeZone, hierarchy: seed.hierarchy }),
      confidentialSuperiors: seed.confidentialSuperiors,
    },
    ...buildPeople(seed.people, attributesOf(values)),
    profiles: { [KEEPER]: { system: ['manageAccess'] }, ...profiles(seed, modules) },
    modules: moduleDefinitions(seed, modules, custom),
    sharingRules: table(seed.sharingRules.map((rule) => sharingRule(rule, modules, names, values))),
    restrictionRules: table(seed.restrictionRules.map((rule) => restrictionRule(rule, modules, names, values))),
  }
  const records = buildRecords(seed.records, modules, names, values)
  const unlicensed = seed.unlicensed === undefined ? undefined : pick(modules, seed.unlicensed).key
  const licensed = new Set(modules.map(({ key }) => key).filter((key) => key !== unlicensed))
  return { document, catalogue, licensed, now: seed.now, ...stated({ ip: seed.ip }), records, names, modules, values }
}

function table<T>(rules: readonly T[]): { readonly [rule: Key]: T } {
  return Object.fromEntries(rules.map((rule, position) => [pick(RULE_KEYS, position), rule]))
}

const CUSTOM_KEYS = ['sites', 'visits', 'parts']

/** A chain below the first built-in module: parts hang under visits, under sites, under it. */
function customModules(seed: WorldSeed, catalogue: ModuleCatalogue): { readonly [module: Key]: ModuleDefinition } {
  const above = [Object.keys(catalogue)[0], ...CUSTOM_KEYS]
  return Object.fromEntries(
    seed.customModules.map(({ hasParent, fields }, position) => {
      const lookup: FieldDefinition = { type: 'lookup', module: above[position] }
      const own = fields.map(({ type, sensitivity }, at): [Key, FieldDefinition] => {
        const chosen: FieldType = pick(CUSTOM_TYPES, type)
        return [`${chosen}${at}`, { type: chosen, ...stated({ sensitivity }) }]
      })
      const title: FieldDefinition = { type: 'text', title: true }
      const definition = { name: pick(CUSTOM_KEYS, position), fields: { name: title, up: lookup, ...Object.fromEntries(own) } }
      return [pick(CUSTOM_KEYS, position), hasParent ? { ...definition, parent: 'up' } : definition]
    }),
  )
}

function shapes(definitions: { readonly [module: Key]: ModuleDefinition }): ModuleShape[] {
  return Object.entries(definitions).map(([key, { parent, fields }]) => ({ key, fields: fields ?? {}, ...stated({ parent }) }))
}

/** The customer's own modules whole; of the built-in ones, the sharing and one field more. */
function moduleDefinitions(
  seed: WorldSeed,
  modules: readonly ModuleShape[],
  custom: { readonly [module: Key]: ModuleDefinition },
): { readonly [module: Key]: ModuleDefinition } {
  return Object.fromEntries(
    modules.map(({ key }, position) => [key, { ...custom[key], ...stated(pick(seed.settings, position)) }]),
  )
}

function profiles(seed: WorldSeed, modules: readonly ModuleShape[]): { readonly [profile: Key]: ProfileDefinition } {
  return Object.fromEntries(
    seed.people.profiles.map((profile, position) => [pick(PROFILE_KEYS, position), buildProfile(profile, modules)]),
  )
}

function buildProfile(seed: ProfileSeed, modules: readonly ModuleShape[]): ProfileDefinition {
  const named = modules.flatMap((module, position) => {
    const says = pick(seed.modules, position)
    return says ? [[module.key, buildProfileModule(says, module)] as const] : []
  })
  return {
    ...stated({ clearance: seed.clearance, networks: seed.networks, signIn: seed.signIn?.map(stated) }),
    modules: Object.fromEntries(named),
  } as ProfileDefinition
}

const ALSO_LISTED = ['externalId', 'owner', 'createdAt', 'id', 'version']

function buildProfileModule({ listed, default: unlisted, ...says }: ProfileModuleSeed, module: ModuleShape) {
  const names = [...Object.keys(module.fields), ...ALSO_LISTED]
  const fields = Object.fromEntries(listed.map(({ field, access }) => [pick(names, field), access]))
  return { ...says, fields: { ...fields, ...stated({ default: unlisted }) } }
}
