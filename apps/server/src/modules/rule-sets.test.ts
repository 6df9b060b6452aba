import type { FieldComparison, FieldType, RuleWay } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { ruleIndexes } from './rule-indexes.ts'
import { ruleSetOf, ruleSets } from './rule-sets.ts'
import type { TableField, TableModule } from './table-field.ts'

const field = (type: FieldType, more: Partial<TableField> = {}): TableField => {
  return { type, encrypted: false, unique: false, indexed: false, title: false, ...more }
}
const FIELDS = new Map([
  ['name', field('text', { title: true })],
  ['country', field('text')],
  ['industry', field('choice')],
  ['secret', field('text', { encrypted: true })],
  ['notes', field('longText')],
  ['revenue', field('money')],
])

const equal = (key: string, value?: string): FieldComparison => ({ field: key, type: 'text', op: 'eq', value })
const large: FieldComparison = { field: 'revenue', type: 'money', op: 'gte', value: 1_000 }
const inNone: FieldComparison = { field: 'country', type: 'text', op: 'in', value: [] }
const way = (comparisons: readonly FieldComparison[], isOwned = false): RuleWay => ({ comparisons, isOwned })
const table = (...ruleWays: RuleWay[]): TableModule => ({ fields: FIELDS, ruleWays })

describe('sets of records that an index has for rules', () => {
  it('are one for all rules that ask for equal values of the same fields', () => {
    const sets = ruleSets(
      table(
        way([equal('country', 'chad'), equal('industry', 'mining')]),
        way([equal('industry', 'retail'), equal('country', 'peru')]),
      ),
    )
    expect(sets).toEqual([{ fields: ['country', 'industry'], only: [], isOwned: false }])
  })

  it('are the records alone on which the rule’s conditions hold, where they compare by more', () => {
    const conditions = [equal('country', 'chad'), large]
    expect(ruleSets(table(way(conditions)))).toEqual([{ fields: [], only: conditions, isOwned: false }])
  })

  it.each([
    ['encrypted', [equal('secret', 'x')]],
    ['long', [equal('notes', 'x')]],
    ['of the record itself', [equal('externalId', 'x')]],
    ['other for everybody', [{ ...large, value: undefined }]],
    ['none', [inNone]],
    ['other every day', [{ ...large, value: { today: -3 } }]],
  ])('aren’t made for values that are %s', (_what, comparisons) => {
    expect(ruleSets(table(way(comparisons)))).toEqual([])
  })

  it('are no more than six of either kind', () => {
    const many = Array.from({ length: 9 }, (_, at) => way([{ ...large, value: at }]))
    expect(ruleSets(table(...many))).toHaveLength(6)
  })

  it('are found for a way that asks for as much or more, by owners or not', () => {
    const ruled = table(way([equal('country', 'chad')]), way([equal('country', 'peru'), large], true))
    expect(ruleSetOf(ruled, way([equal('country', 'mali'), equal('industry', 'mining')]))).toMatchObject({
      fields: ['country'],
    })
    expect(ruleSetOf(ruled, way([equal('country', 'peru'), large, equal('industry', 'x')], true))?.only).toHaveLength(2)
    expect(ruleSetOf(ruled, way([equal('country', 'mali'), large], true))).toBeUndefined()
    expect(ruleSetOf(ruled, way([equal('industry', 'mining')]))).toBeUndefined()
  })
})

describe('indexes of a set', () => {
  it('are by newest and by title, and others within buckets', () => {
    const names = (...ways: RuleWay[]) => ruleIndexes('sites', table(...ways)).map(({ name }) => name)
    expect(names(way([equal('country', 'chad')]), way([equal('country', 'chad')], true))).toEqual([
      'rn_sites$country',
      'rt_sites$country',
      'qn_sites$country',
      'qt_sites$country',
    ])
    const [one] = names(way([large]))
    const [other] = names(way([{ ...large, value: 2_000 }]))
    expect(one).toMatch(/^rn_sites\$\$[0-9a-f]{16}$/)
    expect(other).not.toBe(one)
  })

  it('are others when a column’s type changes', () => {
    const before = table(way([equal('industry', 'mining'), large]))
    const after = { ...before, fields: new Map([...FIELDS, ['revenue', field('number')]]) }
    const overs = (of: TableModule) => ruleIndexes('sites', of).map(({ over }) => over)
    expect(overs(after).filter((over) => overs(before).includes(over))).toEqual([])
  })
})
