import type { Key, ModuleCatalogue, RecordFacts } from '@bailiwick/access'
import type { RecordKey, Scenario, ScenarioRecord } from './scenario.ts'

/**
 * The scenario's records as the engine's facts, parents filled in to the top.
 * @param idOf the id that stands for a record's key in lookups
 */
export function factsOf(
  scenario: Scenario,
  catalogue: ModuleCatalogue,
  idOf: (key: RecordKey) => string,
): ReadonlyMap<RecordKey, RecordFacts> {
  const facts = new Map<RecordKey, RecordFacts>()
  for (const record of scenario.records) {
    const parentField = parentFieldOf(scenario, catalogue, record.module)
    const parent = parentField === undefined ? undefined : record.lookups[parentField]
    facts.set(record.key, recordFacts(record, idOf, parent === undefined ? null : (facts.get(parent) ?? null)))
  }
  return facts
}

function parentFieldOf(scenario: Scenario, catalogue: ModuleCatalogue, module: Key): Key | undefined {
  return scenario.policy.modules?.[module]?.parent ?? catalogue[module]?.parent
}

function recordFacts(
  record: ScenarioRecord,
  idOf: (key: RecordKey) => string,
  parent: RecordFacts | null,
): RecordFacts {
  const lookups = Object.entries(record.lookups).map(([field, key]) => [field, idOf(key)] as const)
  const { module, owner, confidential, deleted, shares } = record
  return {
    ...record.system,
    module,
    id: idOf(record.key),
    owner,
    confidential,
    deleted,
    values: { ...record.values, ...Object.fromEntries(lookups) },
    shares,
    parent,
  }
}

/** Ids made up from the place of a record in its scenario, in the form of a UUID of version 7. */
export function madeUpIds(scenario: Scenario): (key: RecordKey) => string {
  const places = new Map(scenario.records.map((record, place) => [record.key, place + 1]))
  return (key) => `018f2c3d-0000-7000-8000-${String(places.get(key) ?? 0).padStart(12, '0')}`
}
