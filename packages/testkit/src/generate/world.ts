import type { Key, ModuleCatalogue, PolicyDocument, RecordFacts } from '@bailiwick/access'
import type { World } from '@bailiwick/access/oracle'
import fc from 'fast-check'
import { buildProfiles, customModuleSeeds, customModules, settingSeed, settled, shapesOf } from './modules.ts'
import { buildPeople, KEEPER, namesOf, peopleSeed, stated } from './people.ts'
import {
  ADDRESSES,
  generationCatalogue,
  given,
  HOSTILE_KEYS,
  index,
  KEYS,
  type Made,
  MOMENTS,
  pick,
  TIME_ZONES,
} from './pools.ts'
import { buildRecords, recordSeed } from './records.ts'
import {
  restrictionRule,
  restrictionRuleSeed,
  ruleTable,
  type Subjects,
  sharingRule,
  sharingRuleSeed,
} from './rules.ts'
import { attributesOf, valuesFor } from './values.ts'

/** A whole organization with its records, and what it takes to make up more of the same kind. */
export interface GeneratedWorld extends World, Subjects {
  readonly records: readonly RecordFacts[]
}

export interface GenerationOptions {
  /** The built-in modules; the customer's own ones hang under the first of them. */
  readonly catalogue?: ModuleCatalogue
  /** Which of them have records and rules; absent: all. */
  readonly furnished?: readonly Key[]
  readonly maximumRecords?: number
  /**
   * Also what a check refuses though the law has an answer: names that are found on every object, profiles that may do things in
   * modules that none reads, attributes of another type than the fields they are compared with.
   */
  readonly unchecked?: boolean
}

const worldSeed = (options: GenerationOptions) =>
  fc.record({
    now: fc.constantFrom(...MOMENTS),
    textsFrom: index,
    ip: fc.constantFrom(...ADDRESSES),
    timeZone: given(7, fc.constantFrom(...TIME_ZONES)),
    hierarchy: fc.constantFrom(undefined, 'roles' as const, 'reporting' as const, 'both' as const),
    confidentialSuperiors: fc.boolean(),
    people: peopleSeed,
    customModules: customModuleSeeds,
    /** One for each module, the catalogue's first. */
    settings: fc.array(settingSeed, { minLength: 4, maxLength: 4 }),
    unlicensed: given(1, index),
    sharingRules: fc.array(sharingRuleSeed, { maxLength: 4 }),
    restrictionRules: fc.array(restrictionRuleSeed, { maxLength: 2 }),
    records: fc.array(recordSeed, { minLength: 1, maxLength: options.maximumRecords ?? 6 }),
  })

type WorldSeed = Made<ReturnType<typeof worldSeed>>

/** Whole organizations: a valid document, storable records, an instant and an address to ask from. */
export function arbitraryWorld(options: GenerationOptions = {}): fc.Arbitrary<GeneratedWorld> {
  return worldSeed(options).map((seed) => buildWorld(seed, options))
}

function buildWorld(seed: WorldSeed, options: GenerationOptions): GeneratedWorld {
  const { catalogue = generationCatalogue, unchecked = false, furnished = Object.keys(catalogue) } = options
  const ofCatalogue = Object.fromEntries(Object.entries(catalogue).filter(([key]) => furnished.includes(key)))
  const names = namesOf(seed.people, unchecked ? HOSTILE_KEYS : KEYS)
  const values = valuesFor(seed.now, seed.textsFrom, names.users)
  const custom = customModules(seed.customModules, ofCatalogue)
  const modules = shapesOf({ ...ofCatalogue, ...custom })
  const subjects = { modules, names, values }
  const document: PolicyDocument = {
    bailiwick: 1,
    organization: organization(seed),
    ...buildPeople(seed.people, names, attributesOf(values, unchecked)),
    profiles: {
      [KEEPER]: { system: ['manageAccess'] },
      ...buildProfiles(seed.people.profiles, modules, names, unchecked),
    },
    modules: settled(modules, custom, seed.settings),
    sharingRules: ruleTable(seed.sharingRules.map((rule) => sharingRule(subjects, rule))),
    restrictionRules: ruleTable(seed.restrictionRules.map((rule) => restrictionRule(subjects, rule))),
  }
  const records = buildRecords(seed.records, modules, names, values)
  return {
    document,
    catalogue,
    ...licence(seed, subjects),
    now: seed.now,
    ...stated({ ip: seed.ip }),
    records,
    ...subjects,
  }
}

function organization({ timeZone, hierarchy, confidentialSuperiors }: WorldSeed): PolicyDocument['organization'] {
  return { name: 'Nordwind', ...stated({ timeZone, hierarchy }), confidentialSuperiors }
}

/** Everything, or everything but one module. */
function licence({ unlicensed }: WorldSeed, { modules }: Subjects): Pick<World, 'licensed'> {
  if (unlicensed === undefined) return {}
  const without = pick(modules, unlicensed).key
  return { licensed: new Set(modules.map(({ key }) => key).filter((key) => key !== without)) }
}
