import { describe, expect, it } from 'vitest'
import type { RecordItem } from '../../../lib/records.ts'
import { clashesOf, type Meanwhile, meanwhileIn, together, withMeanwhile } from './clashes.ts'

const base: RecordItem = { id: '1', version: 1, access: 'edit', name: 'Bauer', amount: 100, tags: ['a'], note: null }
const told = (field: string, value: unknown, more: Partial<Meanwhile> = {}): Meanwhile => ({
  field,
  was: base[field],
  now: value,
  by: 'user:cara',
  at: '2026-03-02T10:00:00.000Z',
  ...more,
})

describe('two people’s changes', () => {
  it('of different fields go together', () => {
    expect(clashesOf([told('amount', 200)], { name: 'Bauer AG' })).toEqual([])
  })

  it('of one field to one value are no clash', () => {
    expect(clashesOf([told('amount', 200), told('note', null)], { amount: 200, note: undefined })).toEqual([])
  })

  it('of one field to two values are, with who changed it and when', () => {
    const [amount, tags] = [told('amount', 200), told('tags', ['b'], { by: 'user:moses' })]
    expect(clashesOf([amount, tags], { amount: 300, tags: ['a'], name: 'X' })).toEqual([
      { field: 'amount', yours: 300, theirs: amount },
      { field: 'tags', yours: ['a'], theirs: tags },
    ])
  })

  it('are what a refusal says, whatever else it holds', () => {
    expect(meanwhileIn({ status: 412, changes: [told('amount', 200), 'nonsense', { field: 'name' }] })).toEqual([
      told('amount', 200),
    ])
    expect(meanwhileIn({ status: 412 })).toEqual([])
  })

  it('come to the record as it is now, the later before the earlier', () => {
    const all = together([told('amount', 200), told('note', 'Soon')], [told('amount', 250)])
    expect(withMeanwhile(base, 7, all)).toEqual({ ...base, version: 7, amount: 250, note: 'Soon' })
  })
})
