import { describe, expect, it } from 'vitest'
import { compilePolicy } from './compile-policy.ts'
import type { Condition, PolicyDocument, SharingRuleDefinition } from './document.ts'

const FIELDS = {
  name: { type: 'text', title: true },
  country: { type: 'text' },
  revenue: { type: 'money' },
  founded: { type: 'date' },
} as const

function waysOf(...rules: Omit<SharingRuleDefinition, 'module' | 'with' | 'level'>[]) {
  const document: PolicyDocument = {
    bailiwick: 1,
    modules: { sites: { fields: FIELDS } },
    sharingRules: Object.fromEntries(
      rules.map((rule, at) => [`rule${at}`, { module: 'sites', with: ['everyone'], level: 'read', ...rule }]),
    ),
  }
  return compilePolicy(document, {}).modules.get('sites')?.ruleWays
}

const isIn = (country: string): Condition => ({ field: 'country', op: 'eq', value: country })
const COUNTRY = { field: 'country', type: 'text', op: 'eq' }

describe('the ways of sharing rules', () => {
  it('are told in the form in which a reach compares', () => {
    expect(waysOf({ when: { all: [isIn('SPAIN'), { field: 'revenue', op: 'gte', value: 5 }] } })).toEqual([
      {
        comparisons: [
          { ...COUNTRY, value: 'spain' },
          { field: 'revenue', type: 'money', op: 'gte', value: 5 },
        ],
        isOwned: false,
      },
    ])
  })

  it('are one for each of several conditions, but not where owners are asked for too', () => {
    const when = { any: [isIn('Spain'), isIn('Chad')] }
    expect(waysOf({ when })).toHaveLength(2)
    expect(waysOf({ when, ownedBy: ['everyone'] })).toEqual([])
  })

  it('leave out what is negated, and values that depend on who asks or on the day', () => {
    const when: Condition = {
      all: [
        { not: isIn('Spain') },
        { field: 'country', op: 'eq', value: { user: 'country' } },
        { field: 'founded', op: 'lt', value: { today: -7 } },
      ],
    }
    expect(waysOf({ when })?.[0]?.comparisons).toEqual([COUNTRY, { field: 'founded', type: 'date', op: 'lt' }])
  })

  it('come in the order of how many rules share them, and none without a condition', () => {
    const [first, second, ...others] = waysOf(
      { when: isIn('Spain') },
      { when: isIn('Chad') },
      { when: isIn('CHAD') },
      {},
    )!
    expect([first?.comparisons[0]?.value, second?.comparisons[0]?.value, others]).toEqual(['chad', 'spain', []])
  })

  it('tell one value that is to be among some as a list', () => {
    const when: Condition = { field: 'country', op: 'in', value: 'Spain' }
    expect(waysOf({ when })?.[0]?.comparisons[0]?.value).toEqual(['spain'])
  })
})
