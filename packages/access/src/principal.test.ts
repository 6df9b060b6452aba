import { describe, expect, test } from 'vitest'
import { isKey, parseOwner, parsePrincipal } from './principal.ts'

describe('a principal', () => {
  test.each([
    ['user:anna', { kind: 'user', key: 'anna' }],
    ['role:sales-rep', { kind: 'role', key: 'sales-rep' }],
    ['role+:sales-rep', { kind: 'role+', key: 'sales-rep' }],
    ['team:support_emea', { kind: 'team', key: 'support_emea' }],
    ['group:desk', { kind: 'group', key: 'desk' }],
    ['everyone', { kind: 'everyone' }],
  ])('reads %s', (text, parsed) => {
    expect(parsePrincipal(text)).toEqual(parsed)
  })

  test.each([
    '',
    'anna',
    'user:',
    ':anna',
    'USER:anna',
    'user:anna:b',
    'user: anna',
    'user+:anna',
    'Everyone',
    'everyone:',
    'constructor:a',
    'user:1a',
    'user:anna\n',
  ])('refuses %j', (text) => {
    expect(parsePrincipal(text)).toBeUndefined()
  })
})

test('only a user or a team owns records', () => {
  expect(parseOwner('user:anna')).toEqual({ kind: 'user', key: 'anna' })
  expect(parseOwner('team:support')).toEqual({ kind: 'team', key: 'support' })
  expect(parseOwner('role:ceo')).toBeUndefined()
  expect(parseOwner('everyone')).toBeUndefined()
})

test('a key has a letter first and at most 63 characters', () => {
  expect(isKey(`a${'b'.repeat(62)}`)).toBe(true)
  expect(isKey(`a${'b'.repeat(63)}`)).toBe(false)
  expect(isKey('-a')).toBe(false)
  expect(isKey('ä')).toBe(false)
})
