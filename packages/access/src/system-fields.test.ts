import { expect, test } from 'vitest'
import { EXTERNAL_ID, RESERVED_FIELD_KEYS, STANDING_FIELDS, SYSTEM_FIELDS } from './system-fields.ts'

test('every module has the eight system fields of the access model', () => {
  const named = 'id owner confidential createdAt createdBy updatedAt updatedBy version'.split(' ')
  expect(Object.keys(SYSTEM_FIELDS)).toEqual(named)
  expect(Object.values(SYSTEM_FIELDS).every((field) => field.system)).toBe(true)
})

test('externalId stands in every module but is filled in like any field', () => {
  expect(EXTERNAL_ID.system).toBe(false)
  expect(STANDING_FIELDS.externalId).toBe(EXTERNAL_ID)
})

test('no standing field can be defined again', () => {
  for (const key of Object.keys(STANDING_FIELDS)) expect(RESERVED_FIELD_KEYS.has(key)).toBe(true)
})
