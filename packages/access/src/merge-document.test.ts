import { expect, test } from 'vitest'
import { nordwind } from './checks/nordwind.test-data.ts'
import { mergeDocument } from './merge-document.ts'

test('the first document stands alone', () => {
  expect(mergeDocument(undefined, nordwind)).toEqual(nordwind)
})

test('a section that is present is whole', () => {
  const merged = mergeDocument(nordwind, { bailiwick: 1, roles: { intern: {} } })
  expect(merged.roles).toEqual({ intern: {} })
})

test('an empty section takes everything out of it', () => {
  expect(mergeDocument(nordwind, { bailiwick: 1, sharingRules: {} }).sharingRules).toEqual({})
})

test('a section that is absent is left alone', () => {
  expect(mergeDocument(nordwind, { bailiwick: 1 })).toEqual(nordwind)
})

test('settings are replaced whole, but the organization keeps its name', () => {
  const merged = mergeDocument(nordwind, { bailiwick: 1, organization: { hierarchy: 'roles' } })
  expect(merged.organization).toEqual({ name: 'Nordwind', hierarchy: 'roles' })
})

test('a stated name replaces the old one', () => {
  expect(mergeDocument(nordwind, { bailiwick: 1, organization: { name: 'Südwind' } }).organization).toEqual({
    name: 'Südwind',
  })
})

test('neither document is changed', () => {
  const before = structuredClone(nordwind)
  mergeDocument(nordwind, { bailiwick: 1, organization: {}, users: {} })
  expect(nordwind).toEqual(before)
})
