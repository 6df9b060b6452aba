import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import type { ScenarioLayer, ScenarioSession } from './layer.ts'
import type { Scenario, ScenarioQuestion } from './scenario.ts'

/** Reason that a layer gave for not answering → how many questions of all scenarios it concerns. */
export type Unasked = { readonly [reason: string]: number }

export interface DescribingOptions {
  /**
   * How many questions the layer is known not to answer, by its reasons. The summary test fails on any other number, so that a
   * layer can't quietly answer less than it did.
   */
  readonly unasked: Unasked
}

/**
 * Declares a suite for the layer: a test per question it can answer, one scenario set up at a time, and a summary of the rest.
 * A scenario's questions share one session and are asked in order.
 */
export function describeScenarios(
  layer: ScenarioLayer,
  scenarios: readonly Scenario[],
  options: DescribingOptions,
): void {
  describe(`scenarios on ${layer.name}`, () => {
    for (const scenario of scenarios) describeScenario(layer, scenario)
    test('the questions that this layer leaves to others are the declared ones', () => {
      expect(countUnasked(layer, scenarios)).toEqual(options.unasked)
    })
  })
}

/** As `describeScenarios`, without counting what the layer leaves to others: files come and go. */
export function describeFound(layer: ScenarioLayer, scenarios: readonly Scenario[]): void {
  describe(`found scenarios on ${layer.name}`, () => {
    for (const scenario of scenarios) describeScenario(layer, scenario)
    test('are there', () => {
      expect(scenarios.length).toBeGreaterThan(0)
    })
  })
}

/** The questions that the layer can't answer, counted by the reason it gives. */
export function countUnasked(layer: ScenarioLayer, scenarios: readonly Scenario[]): Unasked {
  const counts: { [reason: string]: number } = {}
  for (const scenario of scenarios) {
    for (const question of scenario.questions) {
      const reason = layer.unable(question, scenario)
      if (reason !== undefined) counts[reason] = (counts[reason] ?? 0) + 1
    }
  }
  return counts
}

function describeScenario(layer: ScenarioLayer, scenario: Scenario): void {
  const questions = scenario.questions.filter((question) => layer.unable(question, scenario) === undefined)
  if (questions.length === 0) return
  describe(`${scenario.file}: ${scenario.title}`, () => {
    let session: ScenarioSession | undefined
    beforeAll(async () => {
      session = await layer.open(scenario)
    })
    afterAll(() => session?.close())
    for (const question of questions) {
      test(sentenceOf(question), async () => {
        if (session === undefined) throw new Error('the scenario was not set up')
        const { expected, actual } = await ask(session, question, layer.explainsBy)
        expect(actual, question.because).toEqual(expected)
      })
    }
  })
}

/** `anna may read acme: because …`, the name of the question's test. */
function sentenceOf(asked: ScenarioQuestion): string {
  const { now: _now, ...question } = asked.question
  const words = Object.values(question).map((word) => (typeof word === 'string' ? word : JSON.stringify(word)))
  return `${asked.kind} ${words.join(' ')} → ${JSON.stringify(asked.answer)}: ${asked.because}`
}
