import { ACTIONS, BUILT_IN_MODULES, OPERATORS } from '@bailiwick/access'
import { expect, test } from 'vitest'
import { loadScenarios } from './load-scenarios.ts'
import { type ExplainAnswer, QUESTION_KINDS } from './scenario.ts'

const GRANTS = [
  'owner',
  'team',
  'leader',
  'member',
  'peer',
  'superior',
  'default',
  'rule',
  'share',
  'profile',
  'parent',
]
const CAPS = ['confidential', 'restriction']

const scenarios = loadScenarios(BUILT_IN_MODULES)
const questions = scenarios.flatMap((scenario) => scenario.questions)
const explained = questions.flatMap((asked) => (asked.kind === 'explain' ? [asked.answer] : []))

test('there are as many scenarios as were promised, each with a title of its own', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(45)
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length)
})

test.each(GRANTS)('the grant %s is shown alone', (grant) => {
  expect(explained.some((one) => kinds(one.grants).join() === grant && kinds(one.caps).length === 0)).toBe(true)
})

test.each(CAPS)('the cap %s is shown alone, cutting a grant', (cap) => {
  expect(explained.some((one) => kinds(one.caps).join() === cap && kinds(one.grants).length > 0)).toBe(true)
})

test.each(['owner', 'share', 'profile', 'superior', 'default', 'parent'])(
  '%s and a cap are shown to contradict',
  (grant) => {
    expect(explained.some((one) => kinds(one.grants).includes(grant) && kinds(one.caps).length > 0)).toBe(true)
  },
)

test.each(QUESTION_KINDS)('questions of the kind %s are asked', (kind) => {
  expect(questions.some((asked) => asked.kind === kind)).toBe(true)
})

test.each(ACTIONS)('the action %s is once allowed and once not', (action) => {
  const answers = questions.flatMap((asked) =>
    asked.kind === 'may' && asked.question.action === action ? [asked.answer] : [],
  )
  expect(new Set(answers)).toEqual(new Set([true, false]))
})

test.each(OPERATORS)('the operator %s is used in a rule', (operator) => {
  const rules = scenarios.map(({ policy }) => JSON.stringify([policy.sharingRules, policy.restrictionRules]))
  expect(rules.some((text) => text.includes(`"op":"${operator}"`))).toBe(true)
})

function kinds(causes: ExplainAnswer['grants']): readonly string[] {
  return [...new Set(Object.keys(causes).map((cause) => cause.split(' ')[0] ?? cause))]
}
