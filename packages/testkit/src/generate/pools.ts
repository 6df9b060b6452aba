import { CLEARANCES, type FieldType, type Key, LEVELS, type Level, type ModuleCatalogue } from '@bailiwick/access'
import fc from 'fast-check'

/** What an arbitrary makes. */
export type Made<A> = A extends fc.Arbitrary<infer T> ? T : never

/** The keys that a world draws on. */
export interface Keys {
  readonly users: readonly Key[]
  readonly roles: readonly Key[]
  readonly profiles: readonly Key[]
  readonly teams: readonly Key[]
  readonly groups: readonly Key[]
}

/** Few names, so that things meet; two differ by case, some name two things. */
export const KEYS: Keys = {
  users: ['anna', 'mikko', 'tiina', 'Anna', 'pekka', 'olli', 'leena', 'omar'],
  roles: ['ceo', 'manager', 'rep', 'support', 'agent'],
  profiles: ['sales', 'reader', 'clerk', 'guest'],
  teams: ['support', 'desk', 'anna'],
  groups: ['inner', 'outer', 'everyone', 'circle'],
}

/** Names that an unguarded look into any object finds. A check refuses them; the engine stands them all the same. */
export const HOSTILE_KEYS: Keys = {
  users: ['anna', 'constructor', 'tiina', 'Anna', 'toString', 'olli', 'leena', 'omar'],
  roles: ['ceo', 'toString', 'rep', 'support', 'agent'],
  profiles: ['valueOf', 'reader', 'clerk', 'guest'],
  teams: ['support', 'hasOwnProperty', 'anna'],
  groups: ['inner', 'constructor', 'everyone', 'circle'],
}

/** Zones with a date line, half hours, a day that never was (Apia), and clocks that change at midnight (Cairo, St John's). */
export const TIME_ZONES = [
  'UTC',
  'Europe/Helsinki',
  'Pacific/Kiritimati',
  'America/St_Johns',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Cairo',
]

/** Instants at which clocks change somewhere, a day or a year begins, and one ordinary afternoon. */
export const MOMENTS = [
  '2026-01-14T12:00:00.000Z',
  '2026-01-01T00:00:00.000Z',
  '2025-12-31T10:00:00.000Z',
  '2010-11-07T02:30:30.000Z',
  '2010-11-07T03:31:00.000Z',
  '2011-12-30T09:59:59.999Z',
  '2011-12-30T10:00:00.000Z',
  '2024-04-25T22:00:00.000Z',
  '2026-03-29T01:00:00.000Z',
].map((iso) => Date.parse(iso))

/** Each world takes one handful: texts that fold to the same, or nearly, or that mean something to a database. */
export const TEXTS = [
  ['Won', 'won', 'WON!', 'wo'],
  ['ΟΔΟΣ', 'οδος', 'οδοσ', 'ΟΔΟΣΑ'],
  ['\u0130', 'i\u0307', 'i', '\u0131'],
  ['ß', '\u1e9e', 'SS', 'ss'],
  ['e\u0301', '\u00c9', 'e', 'E'],
  ['\u212b', 'a\u030a', 'Å', 'a'],
  ['😀', '\uff5e', '\u{10400}', '\u{10428}'],
  ['%', '_', '\\', '100%'],
  ["O'Brien", '"', ' a', 'AB'],
]

export const ADDRESSES = [undefined, '10.1.2.3', '11.0.0.1', '::ffff:10.1.2.3', '2001:db8::1', '::1']
export const NETWORKS = ['10.0.0.0/8', '10.1.2.3/32', '0.0.0.0/0', '2001:db8::/32', '::/0', '11.0.0.0/31']
export const CLOCK_TIMES = ['00:00', '02:30', '07:00', '12:00', '12:01', '19:00', '23:59']

/** Fifteen digits at most, four of them after the point: what a money column keeps exactly. */
export const MONEYS = [0, 0.0001, -1, 99999.9999, 100000, 12345678901.2345]
export const NUMBERS = [0, 0.1, -1.5, 1, 2, 1e21]
export const INTEGERS = [0, 1, -1, 2, 10, Number.MAX_SAFE_INTEGER]
export const OPTIONS = ['New', 'Won', 'Lost', 'ÅLAND']

/** A built-in module with a field of every type, at every sensitivity. */
export const generationCatalogue: ModuleCatalogue = {
  accounts: {
    fields: {
      name: { type: 'text', title: true, required: true },
      notes: { type: 'longText', sensitivity: 'confidential' },
      score: { type: 'number', sensitivity: 'public' },
      pieces: { type: 'integer' },
      amount: { type: 'money', sensitivity: 'confidential' },
      rate: { type: 'percent' },
      open: { type: 'boolean' },
      due: { type: 'date' },
      seen: { type: 'dateTime' },
      mail: { type: 'email', mask: 'email', sensitivity: 'restricted' },
      phone: { type: 'phone' },
      site: { type: 'url', sensitivity: 'public' },
      stage: { type: 'choice', options: OPTIONS },
      tags: { type: 'choices', options: OPTIONS },
      partner: { type: 'lookup', module: 'accounts' },
      contact: { type: 'user' },
      number: { type: 'autoNumber' },
      paper: { type: 'file' },
      bankAccount: { type: 'text', sensitivity: 'restricted', mask: 'last4', encrypted: true },
    },
  },
}

/** Types of the fields that a module of the customer's own may get. */
export const CUSTOM_TYPES: readonly FieldType[] = ['text', 'integer', 'money', 'boolean', 'date', 'dateTime', 'user']

/** Index of something in a list whose length isn't known yet; see `pick`. */
export const index = fc.nat(99)

export function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length]
  if (found === undefined && list.length === 0) throw new Error('nothing to pick from')
  return found as T
}

export const clearance = fc.constantFrom(...CLEARANCES)

/** A level, `none` more often than all the others: where much is granted anyway, no grant can be told from another. */
export const level: fc.Arbitrary<Level> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Level>('none') },
  { weight: 3, arbitrary: fc.constantFrom<Level>(...LEVELS.slice(1)) },
)

/** True once in so many times. */
export function seldom(once: number): fc.Arbitrary<boolean> {
  return fc.oneof({ weight: once - 1, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })
}

/** Something, or undefined: given so many times out of ten. */
export function given<T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 10 - times, arbitrary: fc.constant(undefined) }, { weight: times, arbitrary })
}
