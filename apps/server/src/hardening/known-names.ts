import type { FieldType } from '@bailiwick/access'
import fc, { type Arbitrary } from 'fast-check'
import { nastyNumber } from './hostile-values.ts'
import { SIEGE_POLICY } from './siege-policy.ts'
import { IDS } from './siege-records.ts'

/** What a request must hold to get past the first check: names and ids of things that are there, for somebody. */

const OWN_FIELDS = Object.keys(SIEGE_POLICY.modules?.things?.fields ?? {}).filter((field) => !field.startsWith('cnry'))
const STANDING_FIELDS = [
  'id',
  'owner',
  'confidential',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'version',
  'externalId',
]

/** Fields of the modules that are asked most; never those whose very name is to stay unknown. */
export const FIELDS = [
  ...OWN_FIELDS,
  ...STANDING_FIELDS,
  'taxNumber',
  'country',
  'lastName',
  'parentAccount',
  'nothingLikeIt',
]
export const MODULES = [
  'things',
  'things',
  'things',
  'accounts',
  'accounts',
  'contacts',
  'deals',
  'tickets',
  'nowhere',
  'module',
]
export const PRINCIPALS = [
  'everyone',
  'user:anna',
  'user:nobody',
  'role:rep',
  'role+:head',
  'team:desk',
  'group:sellers',
]

const NAMES: readonly string[] = [
  ...Object.values(IDS),
  IDS.thing.toUpperCase(),
  'ext-1',
  ...PRINCIPALS,
  'anna',
  'admin',
  'omar',
  'anna@nordwind.example',
  'nordwind',
  'sudwind',
]

export const known: Arbitrary<string> = fc.constantFrom(...NAMES)
export const knownId: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(IDS.thing, IDS.account, IDS.otherThing) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(IDS)) },
)

const TYPES: ReadonlyMap<string, FieldType> = new Map(
  Object.entries(SIEGE_POLICY.modules?.things?.fields ?? {}).map(([key, { type }]) => [key, type]),
)
const VALUES: Readonly<Partial<Record<FieldType, Arbitrary<unknown>>>> = {
  number: nastyNumber,
  percent: nastyNumber,
  integer: fc.maxSafeInteger(),
  money: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((cents) => cents / 100),
  boolean: fc.boolean(),
  date: fc.constantFrom('2026-03-31', '0001-01-01', '9999-12-31', '2024-02-29'),
  dateTime: fc.constantFrom(
    '2026-03-31T09:30:00Z',
    '9999-12-31T23:59:59.999Z',
    '0001-01-01T00:00:00Z',
    '2026-03-31T09:30:00+14:00',
  ),
  email: fc.constantFrom('a@b.example', 'ä@ö.example'),
  url: fc.constantFrom('https://example.org/?a=b#c', 'example.com:8080'),
  choice: fc.constantFrom('Open', 'won', 'LOST'),
  choices: fc.subarray(['red', 'green', 'blue']),
  lookup: fc.constantFrom(IDS.account, IDS.hiddenAccount, IDS.missing, IDS.thing),
  user: fc.constantFrom('user:anna', 'omar', 'user:nobody'),
}

/** A value that the field of that name takes. */
export function fittingValue(field: string): Arbitrary<unknown> {
  const type = TYPES.get(field)
  return (type && VALUES[type]) ?? known
}
