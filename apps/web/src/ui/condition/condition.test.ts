import { FIELD_TYPES, operatorsOf } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { newComparison, opsOf, withOp } from './comparisons.ts'
import { conditionOf, groupOf, hasUnfinished, isGroup } from './condition.ts'

const won = { field: 'stage', op: 'in', value: ['Won'] } as const
const large = { field: 'amount', op: 'gte', value: 5_000 } as const
const mine = { field: 'owner', op: 'eq', value: { user: 'id' } } as const
const late = { field: 'closeDate', op: 'lt', value: { today: 0 } } as const
const near = { field: 'region', op: 'eq', value: { user: 'region' } } as const

const CONDITIONS = [
  won,
  near,
  { all: [won, large] },
  { any: [won, mine] },
  { all: [won, { any: [large, late] }] },
  { not: { any: [won, large] } },
  { not: { all: [won, large] } },
  { not: { not: won } },
  { all: [mine, { not: late }] },
  { all: [{ any: [won, { all: [large, { not: { all: [mine, { any: [late, { not: near }] }] } }] }] }] },
  { all: [] },
  { any: [{ any: [] }, won] },
]

describe('a condition', () => {
  it.each(CONDITIONS)('comes out of the builder as it went in: %j', (condition) => {
    expect(conditionOf(groupOf(condition))).toEqual(condition)
    expect(conditionOf(groupOf(condition), 'kept')).toEqual(condition)
  })

  it.each(CONDITIONS)('means the same once something was added and taken away again: %j', (condition) => {
    const { join, parts } = groupOf(condition)
    const touched = groupOf(conditionOf({ join, parts }))
    // What a group of one says, its part says alone.
    const [only] = parts.length === 1 && (join === 'all' || join === 'any') ? parts : []
    const expected = only === undefined ? { join, parts } : isGroup(only) ? only : { join: 'all', parts: [only] }
    expect(conditionOf({ join: touched.join, parts: touched.parts })).toEqual(
      conditionOf({ join: expected.join, parts: expected.parts }),
    )
  })

  it('is read to its last level', () => {
    const inside = (condition: unknown): boolean =>
      JSON.stringify(groupOf(condition), (key, value) => (key === 'source' ? undefined : value)).includes('whole')
    expect(CONDITIONS.filter(inside)).toEqual([])
  })

  it('keeps what it does not know, whatever else is changed', () => {
    const strange = { between: [1, 2] }
    const { join, parts } = groupOf({ all: [won, strange] })
    expect(conditionOf({ join, parts: [...parts, large] })).toEqual({ all: [won, strange, large] })
  })

  it('is none where nothing is filled in', () => {
    const half = { field: 'stage', op: 'in', value: [] } as const
    expect(conditionOf({ join: 'all', parts: [half, { join: 'any', parts: [half] }] })).toBeUndefined()
  })

  it('leaves out what is not filled in yet, or keeps it to be seen, as is asked', () => {
    const half = { field: 'amount', op: 'gte', value: null } as const
    const group = { join: 'all', parts: [won, half] } as const
    expect(conditionOf(group)).toEqual(won)
    expect(conditionOf(group, 'kept')).toEqual({ all: [won, half] })
    expect(hasUnfinished(groupOf({ all: [won, half] }))).toBe(true)
    expect(hasUnfinished(groupOf({ all: [won, near] }))).toBe(false)
    expect(hasUnfinished(groupOf({ ...near, value: { user: '' } }))).toBe(true)
  })

  it('compares with nothing where emptiness is asked', () => {
    const empty = { field: 'amount', op: 'isEmpty' } as const
    expect(conditionOf(groupOf(empty))).toEqual(empty)
  })
})

describe('a comparison', () => {
  it.each(FIELD_TYPES)('of %s is offered in every way that the access model has, and in no other', (type) => {
    expect(opsOf({ type }).toSorted()).toEqual([...operatorsOf(type)].sort())
  })

  it('keeps its value, as far as another way of comparing takes it', () => {
    expect(withOp({ field: 'stage', op: 'eq', value: 'Won' }, 'in')).toEqual(won)
    expect(withOp(won, 'ne')).toEqual({ field: 'stage', op: 'ne', value: 'Won' })
    expect(withOp({ ...won, value: ['Won', 'Lost'] }, 'eq')).toEqual({ field: 'stage', op: 'eq', value: null })
    expect(withOp(near, 'notIn')).toEqual({ field: 'region', op: 'notIn', value: [] })
    expect(withOp(large, 'isEmpty')).toEqual({ field: 'amount', op: 'isEmpty' })
  })

  it('begins with what one mostly asks of a field', () => {
    expect(newComparison({ field: 'stage', type: 'choice' })).toEqual({ field: 'stage', op: 'in', value: [] })
    expect(newComparison({ field: 'signed', type: 'boolean' })).toEqual({ field: 'signed', op: 'eq', value: true })
    expect(newComparison({ field: 'contract', type: 'file' })).toEqual({ field: 'contract', op: 'isNotEmpty' })
  })
})
