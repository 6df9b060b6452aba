import { describe, expect, it } from 'vitest'
import { conditionOf, groupOf } from './condition.ts'

const won = { field: 'stage', op: 'in', value: ['Won'] } as const
const large = { field: 'amount', op: 'gte', value: 5_000 } as const
const mine = { field: 'owner', op: 'eq', value: { user: 'id' } } as const
const late = { field: 'closeDate', op: 'lt', value: { today: 0 } } as const

describe('a filter', () => {
  it.each([
    won,
    { all: [won, large] },
    { any: [won, mine] },
    { all: [won, { any: [large, late] }] },
    { not: { any: [won, large] } },
    { all: [mine, { not: { any: [late] } }] },
    { all: [{ any: [won, { all: [large, { not: mine }] }] }] },
  ])('comes out of the builder as it went in: %j', (condition) => {
    const [only] = 'all' in condition && condition.all.length === 1 ? condition.all : []
    expect(conditionOf(groupOf(condition))).toEqual(only ?? condition)
  })

  it('is no filter where nothing is filled in', () => {
    const half = { field: 'stage', op: 'in', value: [] } as const
    expect(conditionOf({ join: 'all', parts: [half, { join: 'any', parts: [half] }] })).toBeUndefined()
  })

  it('leaves out what is not filled in yet, and keeps the rest', () => {
    expect(conditionOf({ join: 'all', parts: [won, { field: 'amount', op: 'gte', value: null }] })).toEqual(won)
  })

  it('compares with nothing where emptiness is asked', () => {
    const empty = { field: 'amount', op: 'isEmpty' } as const
    expect(conditionOf(groupOf(empty))).toEqual(empty)
  })
})
