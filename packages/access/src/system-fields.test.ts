import { expect, test } from 'vitest'
import { RESERVED_FIELD_KEYS, SYSTEM_FIELDS } from './system-fields.ts'

const KEPT = 'id owner confidential createdAt createdBy updatedAt updatedBy version'.split(' ')

test('every module has the eight system fields of the access model, then externalId', () => {
  expect(Object.keys(SYSTEM_FIELDS)).toEqual([...KEPT, 'externalId'])
})

test('externalId alone is filled in like any field', () => {
  const kept = Object.keys(SYSTEM_FIELDS).filter((key) => SYSTEM_FIELDS[key]?.system)
  expect(kept).toEqual(KEPT)
})

test('no standing field can be defined again', () => {
  for (const key of Object.keys(SYSTEM_FIELDS)) expect(RESERVED_FIELD_KEYS.has(key)).toBe(true)
})
