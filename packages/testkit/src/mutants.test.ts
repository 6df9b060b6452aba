import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryConditions, conditionDifference } from './generate/condition-readings.ts'
import { type Mutant, mutants } from './generate/mutants.ts'
import { difference, engineReading, oracleReading } from './generate/readings.ts'
import { arbitraryWorld, type GeneratedWorld } from './generate/world.ts'

/**
 * Whether engine and law can be told apart at all: an engine that makes the mistake is found out. The seed is fixed, so that what
 * these tests say doesn't change from run to run; how many organizations each mistake may survive is what they say.
 */
const SEED = 20260115
const PATIENCE = 3000

describe('an engine that errs is found out', () => {
  for (const mutant of mutants) {
    test(mutant.mistake, { timeout: 600_000 }, () => {
      const unnoticed = mutant.isOfConditions
        ? fc.property(arbitraryConditions(), (world) => conditionDifference(world, mutant.see(world)) === undefined)
        : fc.property(arbitraryWorld(), (world) => isUnnoticed(mutant, world))
      expect(fc.check(unnoticed, found).failed).toBe(true)
    })
  }
})

const found: fc.Parameters<[GeneratedWorld]> = { seed: SEED, numRuns: PATIENCE, endOnFailure: true }

/** The engine is asked about the world as the mutant sees it, the law about the world as it is. */
function isUnnoticed({ see }: Mutant, world: GeneratedWorld): boolean {
  const seen = see(world)
  const law = oracleReading(world)
  const engine = engineReading(seen)
  const originals = new Map(seen.records.map((record, position) => [record, world.records[position] ?? record]))
  const asIs = {
    ...law,
    allows: (user, action, record) => law.allows(user, action, originals.get(record) ?? record),
    level: (user, record) => law.level(user, originals.get(record) ?? record),
    restores: (user, record) => law.restores(user, originals.get(record) ?? record),
    audience: (record) => law.audience(originals.get(record) ?? record),
  } satisfies typeof law
  return difference(world, seen.records, engine, asIs) === undefined
}
