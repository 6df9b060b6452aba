import { describe, expect, test } from 'vitest'
import type { Condition, ConditionValue, FieldType, Operator, Scalar } from '../document.ts'
import type { FieldValue, RecordFacts } from '../facts.ts'
import { dayNumber, startOfDay } from './calendar.ts'
import { conditionHolds } from './conditions.ts'
import type { World } from './world.ts'

const NOW = Date.parse('2026-01-15T23:30:00Z')

interface Setting {
  readonly timeZone?: string
  readonly attributes?: { readonly [attribute: string]: Scalar }
  readonly role?: string
}

function holdsOn(type: FieldType, held: FieldValue, condition: Condition, setting: Setting = {}): boolean {
  const { timeZone, attributes, role } = setting
  const world: World = {
    document: { bailiwick: 1, organization: { timeZone }, users: { anna: { role, attributes } } },
    catalogue: { accounts: { fields: { it: { type } } } },
    now: NOW,
  }
  const record: RecordFacts = {
    module: 'accounts',
    owner: 'team:desk',
    confidential: true,
    createdAt: '2026-01-01T00:00:00Z',
    values: { it: held },
    shares: [],
  }
  return conditionHolds(world, 'anna', condition, record)
}

function compares(type: FieldType, held: FieldValue, op: Operator, value?: ConditionValue, setting?: Setting): boolean {
  return holdsOn(type, held, { field: 'it', op, value }, setting)
}

describe('two values', () => {
  const yes: Condition = { field: 'it', op: 'eq', value: 1 }
  const no: Condition = { field: 'it', op: 'eq', value: 2 }

  test('all, any and not', () => {
    expect(holdsOn('number', 1, { all: [yes, yes] })).toBe(true)
    expect(holdsOn('number', 1, { all: [yes, no] })).toBe(false)
    expect(holdsOn('number', 1, { any: [no, yes] })).toBe(true)
    expect(holdsOn('number', 1, { any: [no, no] })).toBe(false)
    expect(holdsOn('number', 1, { not: no })).toBe(true)
  })

  test('every comparison with an empty field is false, and its not is true', () => {
    for (const op of ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const) {
      expect(compares('number', null, op, 1)).toBe(false)
      expect(holdsOn('number', null, { not: { field: 'it', op, value: 1 } })).toBe(true)
    }
    expect(compares('number', null, 'notIn', [1])).toBe(false)
    expect(compares('text', '', 'ne', 'a')).toBe(false)
  })

  test('isEmpty asks for null, nothing, an empty text or an empty list', () => {
    for (const [type, held] of [
      ['text', ''],
      ['number', null],
      ['choices', []],
    ] as const) {
      expect(compares(type, held, 'isEmpty')).toBe(true)
      expect(compares(type, held, 'isNotEmpty')).toBe(false)
    }
    for (const [type, held] of [
      ['text', ' '],
      ['number', 0],
      ['boolean', false],
    ] as const) {
      expect(compares(type, held, 'isEmpty')).toBe(false)
      expect(compares(type, held, 'isNotEmpty')).toBe(true)
    }
  })

  test('a comparison with an attribute that the user lacks is false', () => {
    for (const op of ['eq', 'ne'] as const) {
      expect(compares('text', 'x', op, { user: 'region' })).toBe(false)
      expect(compares('text', 'x', op, { user: 'role' })).toBe(false)
      expect(compares('text', 'x', op, { user: 'constructor' })).toBe(false)
    }
    expect(compares('text', 'emea', 'eq', { user: 'region' }, { attributes: { region: 'EMEA' } })).toBe(true)
    expect(compares('number', 5, 'lte', { user: 'limit' }, { attributes: { limit: 5 } })).toBe(true)
    expect(compares('text', 'rep', 'eq', { user: 'role' }, { role: 'rep' })).toBe(true)
  })
})

describe('each type', () => {
  test('text is compared normalized and lower-cased, without a locale', () => {
    const same: readonly [string, string][] = [
      ['ΟΔΟΣ', 'οδος'],
      ['e\u0301', '\u00c9'],
      ['\u212b', '\u00e5'],
      ['\u0130', 'i\u0307'],
      ['\u1e9e', 'ß'],
    ]
    for (const [left, right] of same) expect(compares('text', left, 'eq', right)).toBe(true)
    for (const [left, right] of [
      ['ß', 'ss'],
      ['ı', 'i'],
      ['ﬁ', 'fi'],
    ] as const) {
      expect(compares('text', left, 'eq', right)).toBe(false)
      expect(compares('text', left, 'ne', right)).toBe(true)
    }
    expect(compares('text', 'Kaupunki ÅBO', 'contains', 'åb')).toBe(true)
    expect(compares('text', 'Kaupunki', 'startsWith', 'KAU')).toBe(true)
    expect(compares('text', '100%', 'contains', '_')).toBe(false)
    expect(compares('choice', 'Won', 'in', ['lost', 'won'])).toBe(true)
  })

  test('text is ordered by code point', () => {
    expect(compares('text', '\uff5e', 'lt', '😀')).toBe(true)
    expect(compares('text', 'a', 'lt', 'ab')).toBe(true)
    expect(compares('text', 'B', 'gt', 'a')).toBe(true)
  })

  test('choices contain an option', () => {
    expect(compares('choices', ['Red', 'Blue'], 'contains', 'blue')).toBe(true)
    expect(compares('choices', ['Red', 'Blue'], 'contains', 'blu')).toBe(false)
    expect(compares('choices', [], 'contains', 'Red')).toBe(false)
  })

  test('people are told apart by key, written with or without its kind', () => {
    expect(compares('user', 'user:anna', 'eq', { user: 'id' })).toBe(true)
    expect(compares('user', 'user:Anna', 'eq', { user: 'id' })).toBe(false)
    expect(compares('user', 'user:mikko', 'in', ['mikko'])).toBe(true)
    expect(compares('text', 'ANNA', 'eq', { user: 'id' })).toBe(true)
    expect(holdsOn('text', null, { field: 'owner', op: 'eq', value: 'team:desk' })).toBe(true)
  })

  test('system fields are fields', () => {
    expect(holdsOn('text', null, { field: 'confidential', op: 'eq', value: true })).toBe(true)
    expect(holdsOn('text', null, { field: 'createdBy', op: 'isEmpty' })).toBe(true)
    expect(holdsOn('text', null, { field: 'createdAt', op: 'lt', value: '2026-01-01T01:00:00+00:30' })).toBe(true)
  })

  test('a day is a calendar day, and today is where the organization is', () => {
    expect(compares('date', '2026-01-16', 'eq', { today: 0 }, { timeZone: 'Europe/Helsinki' })).toBe(true)
    expect(compares('date', '2026-01-15', 'eq', { today: 0 }, { timeZone: 'UTC' })).toBe(true)
    expect(compares('date', '2026-01-14', 'eq', { today: -1 }, { timeZone: 'America/St_Johns' })).toBe(true)
    expect(compares('date', '2026-02-28', 'lt', '2026-03-01')).toBe(true)
  })

  test('an instant meets a day at its first instant there', () => {
    const helsinki = { timeZone: 'Europe/Helsinki' }
    expect(compares('dateTime', '2026-01-15T22:00:00Z', 'gte', { today: 0 }, helsinki)).toBe(true)
    expect(compares('dateTime', '2026-01-15T21:59:59.999Z', 'gte', { today: 0 }, helsinki)).toBe(false)
    expect(compares('dateTime', '2026-01-16T00:00:00+02:00', 'eq', '2026-01-16', helsinki)).toBe(true)
  })
})

describe('the first instant of a day', () => {
  const starts = (day: string, zone: string) => new Date(startOfDay(dayNumber(day)!, zone)).toISOString()

  test('in every odd zone', () => {
    expect(starts('2026-01-01', 'Pacific/Kiritimati')).toBe('2025-12-31T10:00:00.000Z')
    expect(starts('2026-01-01', 'America/St_Johns')).toBe('2026-01-01T03:30:00.000Z')
    expect(starts('2026-01-01', 'Asia/Kathmandu')).toBe('2025-12-31T18:15:00.000Z')
    expect(starts('2026-01-01', 'Etc/GMT+12')).toBe('2026-01-01T12:00:00.000Z')
    expect(starts('1971-01-01', 'Africa/Monrovia')).toBe('1971-01-01T00:44:30.000Z')
  })

  test('where midnight was skipped, was twice, or the whole day was skipped', () => {
    expect(starts('2024-04-26', 'Africa/Cairo')).toBe('2024-04-25T22:00:00.000Z')
    expect(starts('2010-11-07', 'America/St_Johns')).toBe('2010-11-07T02:30:00.000Z')
    expect(starts('2011-12-30', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z')
    expect(starts('2011-12-31', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z')
  })
})
