import { describe, expect, it } from 'vitest'
import { keyFor, withItem, withMember } from './sections.ts'

describe('a key for a new thing', () => {
  it('is its name in plain letters', () => {
    expect(keyFor('Myynti & Tuki: Åbo', {})).toBe('myynti-tuki-abo')
  })
  it('is another where that is taken', () => {
    expect(keyFor('Sales', { sales: {}, 'sales-2': {} })).toBe('sales-3')
  })
  it('is there also for a name without Latin letters', () => {
    expect(keyFor('销售', {})).toBe('item')
  })
})

describe('a changed document', () => {
  const document = { bailiwick: 1, roles: { a: {}, b: { parent: 'a' } } } as const
  it('keeps the order of what it had', () => {
    expect(Object.keys(withItem(document, 'roles', 'a', { name: 'A' }).roles ?? {})).toEqual(['a', 'b'])
  })
  it('leaves out what was taken away', () => {
    expect(withItem(document, 'roles', 'b', undefined).roles).toEqual({ a: {} })
  })
  it('does not state what is empty', () => {
    expect(withMember({ name: 'A', parent: 'b' }, 'parent', null)).toEqual({ name: 'A' })
    expect(withMember({ members: ['x'] }, 'members', [])).toEqual({})
  })
})
