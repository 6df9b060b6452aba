import { describe, expect, it } from 'vitest'
import type { RecordItem } from '../../../lib/records.ts'
import { changedFields, clashesOf } from './clashes.ts'

const base: RecordItem = { id: '1', version: 1, access: 'edit', name: 'Bauer', amount: 100, tags: ['a'], note: null }
const now = (more: object): RecordItem => ({ ...base, version: 2, updatedAt: 'later', ...more })

describe('two people’s changes', () => {
  it('of different fields go together', () => {
    expect(clashesOf(base, now({ amount: 200 }), { name: 'Bauer AG' })).toEqual([])
  })

  it('of one field to one value are no clash', () => {
    expect(clashesOf(base, now({ amount: 200 }), { amount: 200 })).toEqual([])
  })

  it('of one field to two values are', () => {
    expect(clashesOf(base, now({ amount: 200, tags: ['b'] }), { amount: 300, tags: ['a'], name: 'X' })).toEqual([
      { field: 'amount', was: 100, yours: 300, theirs: 200 },
      { field: 'tags', was: ['a'], yours: ['a'], theirs: ['b'] },
    ])
  })

  it('are told by the fields that they touched, not by those that always move', () => {
    expect(changedFields(base, now({ amount: 200, note: undefined }))).toEqual(['amount'])
  })
})
