import {
  BUILT_IN_MODULES,
  type Key,
  type ModuleDefinition,
  type PolicyDocument,
  type RecordFacts,
} from '@bailiwick/access'
import type { World } from '@bailiwick/access/oracle'

/** A world with its records, as a scenario can hold it. */
export interface WrittenWorld extends World {
  readonly records: readonly RecordFacts[]
}

/** The ids that scenarios give to their records, by place. */
const idAt = (place: number) => `018f2c3d-0000-7000-8000-${String(place + 1).padStart(12, '0')}`

/**
 * The same world in a scenario's terms: its records under the ids that a scenario gives them, its modules beside the built-in ones,
 * whatever catalogue it was made for.
 */
export function asWritten(world: WrittenWorld): WrittenWorld {
  const renamed = world.catalogue === BUILT_IN_MODULES ? world : besideBuiltIns(world)
  return withScenarioIds(renamed)
}

/** Modules of another catalogue become the customer's own, of another name where a built-in one has it. */
function besideBuiltIns(world: WrittenWorld): WrittenWorld {
  const own = { ...world.document.modules, ...wholeModules(world) }
  const taken = Object.keys(own).filter((key) => Object.hasOwn(BUILT_IN_MODULES, key))
  const named = taken.reduce<object>(
    (sofar, key) => replaced(sofar, JSON.stringify(key), JSON.stringify(`own_${key}`)),
    { document: { ...world.document, modules: own }, records: world.records },
  )
  return { ...world, ...named, catalogue: BUILT_IN_MODULES }
}

function wholeModules({ catalogue, document }: WrittenWorld): { readonly [module: Key]: ModuleDefinition } {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, { fields, ...says }]) => {
      const over = document.modules?.[key] ?? {}
      return [key, { ...says, ...over, fields: { ...fields, ...over.fields } }]
    }),
  )
}

function withScenarioIds(world: WrittenWorld): WrittenWorld {
  const { document, records } = world
  const both: { document: PolicyDocument; records: readonly RecordFacts[] } = { document, records }
  const ids = records.map(({ id = '' }, place) => [id, idAt(place)] as const)
  return { ...world, ...ids.reduce((sofar, [from, to]) => replaced(sofar, from, to), both) }
}

/** Wherever it stands: keys, references and values alike. */
function replaced<T extends object>(tree: T, text: string, by: string): T {
  return JSON.parse(JSON.stringify(tree).replaceAll(text, by))
}
