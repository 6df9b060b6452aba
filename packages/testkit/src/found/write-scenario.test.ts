import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BUILT_IN_MODULES } from '@bailiwick/access'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { difference, engineReading, oracleReading } from '../generate/readings.ts'
import { arbitraryWorld, type GeneratedWorld } from '../generate/world.ts'
import { ask } from '../scenarios/ask.ts'
import { engineLayer } from '../scenarios/engine-layer.ts'
import type { ScenarioLayer } from '../scenarios/layer.ts'
import { oracleLayer } from '../scenarios/oracle-layer.ts'
import { parseScenarios } from '../scenarios/parse-scenarios.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { keepFound } from './keep-found.ts'
import { writeScenario } from './write-scenario.ts'

const NOTE = { title: 'Found', because: 'The law says so.' }
const oracle = oracleLayer(BUILT_IN_MODULES)
const engine = engineLayer(BUILT_IN_MODULES)

function scenarioOf(world: GeneratedWorld): Scenario {
  const [scenario] = parseScenarios('found', writeScenario(world, NOTE), {
    catalogue: BUILT_IN_MODULES,
    findBase: () => undefined,
  })
  if (!scenario) throw new Error('nothing was written')
  return scenario
}

/** The first question that the layer answers otherwise than the scenario. */
async function objectionOf(layer: ScenarioLayer, scenario: Scenario): Promise<unknown> {
  const session = await layer.open(scenario)
  for (const question of scenario.questions) {
    const { expected, actual } = await ask(session, question, layer.explainsBy)
    if (JSON.stringify(expected) !== JSON.stringify(actual)) return { question, actual }
  }
  return undefined
}

describe('a world written as a scenario', () => {
  const unlicensed = (options = {}) => arbitraryWorld(options).map(({ licensed: _, ...world }) => world)
  const kinds = [
    { of: 'an own catalogue', worlds: unlicensed() },
    { of: 'the built-in modules', worlds: unlicensed({ catalogue: BUILT_IN_MODULES, maximumRecords: 8 }) },
  ]
  test.each(kinds)('with $of is read again, and answers as it did', async ({ worlds }) => {
    for (const world of fc.sample(worlds, { seed: 20260115, numRuns: 60 })) {
      const scenario = scenarioOf(world)
      expect(scenario.questions.length).toBeGreaterThan(0)
      expect(await objectionOf(oracle, scenario)).toBeUndefined()
      expect(await objectionOf(engine, scenario)).toBeUndefined()
    }
  })
})

/** An engine that has forgotten the confidential cap, found by generated worlds, shrunk, written down and caught again. */
describe('a mistake that generated worlds find', () => {
  const forgetful = (world: GeneratedWorld): GeneratedWorld => ({
    ...world,
    records: world.records.map((record) => ({ ...record, confidential: false })),
  })
  const agree = (world: GeneratedWorld) => {
    const [seen, law] = [engineReading(forgetful(world)), oracleReading(world)]
    return difference(
      world,
      world.records,
      { ...seen, level: (user, record) => seen.level(user, { ...record, confidential: false }) },
      law,
    )
  }
  const worlds = arbitraryWorld().map(({ licensed: _, ...world }) => world)
  const { counterexample } = fc.check(
    fc.property(worlds, (world) => agree(world) === undefined),
    { seed: 20260115, numRuns: 2000 },
  )
  const [smallest] = counterexample ?? []

  test('is shrunk to a scenario that an engine without the mistake passes, and the erring one does not', async () => {
    if (!smallest) throw new Error('the mistake was not found')
    const scenario = scenarioOf(smallest)
    expect(smallest.records.length).toBe(1)
    expect(await objectionOf(engine, scenario)).toBeUndefined()
    const erring: Scenario = { ...scenario, records: scenario.records.map((one) => ({ ...one, confidential: false })) }
    expect(await objectionOf(engine, erring)).toBeDefined()
  })

  test('is printed, and kept as a file', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-found-'))
    vi.stubEnv('BAILIWICK_FOUND', folder)
    const told = keepFound('a cap beats every grant', 7, [smallest], 'Error: anna on 1: true, but false')
    vi.unstubAllEnvs()
    const kept = readFileSync(path.join(folder, 'a-cap-beats-every-grant-7.yaml'), 'utf8')
    expect(kept).toContain('anna on 1: true, but false')
    expect(told).toContain(kept)
  })

  test('in an organization that no scenario can hold is told of all the same', () => {
    expect(keepFound('a law', 7, [{ document: 0, records: 0, catalogue: 0 }], 'no')).toContain(
      'No scenario could be made',
    )
    expect(keepFound('a law', 7, ['a text'], 'no')).toBe('')
  })
})
