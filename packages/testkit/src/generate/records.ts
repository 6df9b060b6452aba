import { type FieldDefinition, type Key, LEVELS, type RecordFacts, type ShareFact } from '@bailiwick/access'
import fc from 'fast-check'
import { type Names, principal, principalSeed } from './people.ts'
import { given, index, type Made, pick, seldom } from './pools.ts'
import { heldValue, recordId, type Values, valuesOf } from './values.ts'

export const shareSeed = fc.record({
  with: principalSeed,
  /** Somebody whom no document knows any more. */
  isGone: seldom(10),
  level: fc.constantFrom(...LEVELS.slice(1)),
  /** Milliseconds from now; none: for good. */
  expires: given(7, fc.constantFrom(1, 0, -1, 86_400_000)),
})

export const recordSeed = fc.record({
  module: index,
  owner: fc.record({ kind: fc.nat(9), at: index }),
  confidential: seldom(3),
  deleted: seldom(8),
  values: fc.array(index, { minLength: 8, maxLength: 8 }),
  shares: fc.array(shareSeed, { maxLength: 3 }),
})

export type RecordSeed = Made<typeof recordSeed>

/** A module with its own fields, `externalId` apart. */
export interface ModuleShape {
  readonly key: Key
  readonly parent?: Key
  readonly fields: { readonly [field: Key]: FieldDefinition }
}

/** Records module by module, those of the upper ones first; a lookup points at one before it, or nowhere. */
export function buildRecords(
  seeds: readonly RecordSeed[],
  modules: readonly ModuleShape[],
  names: Names,
  values: Values,
): RecordFacts[] {
  const records: RecordFacts[] = []
  const inOrder = seeds.toSorted((a, b) => (a.module % modules.length) - (b.module % modules.length))
  for (const seed of inOrder) records.push(build(seed, records, pick(modules, seed.module), names, values))
  return records
}

function build(
  seed: RecordSeed,
  before: readonly RecordFacts[],
  module: ModuleShape,
  names: Names,
  values: Values,
): RecordFacts {
  const held = { ...fieldValues(seed, before, module, values), externalId: externalId(seed, before.length) }
  const parentId = module.parent === undefined ? null : (new Map(Object.entries(held)).get(module.parent) ?? null)
  const instants = valuesOf(values, { type: 'dateTime' })
  return {
    module: module.key,
    id: recordId(before.length),
    owner: owner(seed, names),
    confidential: seed.confidential,
    deleted: seed.deleted,
    createdAt: String(pick(instants, pick(seed.values, 0))),
    createdBy: `user:${pick(names.users, pick(seed.values, 1))}`,
    updatedAt: String(pick(instants, pick(seed.values, 2))),
    updatedBy: `user:${pick(names.users, pick(seed.values, 3))}`,
    version: 1 + (pick(seed.values, 4) % 3),
    values: held,
    shares: shares(seed, names, values),
    parent: before.find(({ id }) => id === parentId) ?? null,
  }
}

function fieldValues(
  seed: RecordSeed,
  before: readonly RecordFacts[],
  module: ModuleShape,
  values: Values,
): RecordFacts['values'] {
  return Object.fromEntries(
    Object.entries(module.fields).map(([field, definition], position) => {
      const at = pick(seed.values, position) + position
      if (definition.type === 'lookup') return [field, lookup(before, definition.module, at)]
      if (definition.type === 'autoNumber') return [field, `A-${before.length + 1}`]
      if (definition.type === 'user' && at % 7 === 1) return [field, 'user:gone']
      if (definition.required) return [field, heldValue(values, definition, at * 3 + 1)]
      return [field, heldValue(values, definition, at)]
    }),
  )
}

/** Mostly the record before: chains of parents should be common. */
function lookup(before: readonly RecordFacts[], module: Key | undefined, at: number): string | null {
  const targets = before.filter((record) => record.module === module).toReversed()
  if (targets.length === 0 || at % 4 === 3) return null
  return pick(targets, Math.floor(at / 4)).id ?? null
}

/** Unique in its module, and now and then absent. */
function externalId({ values }: RecordSeed, position: number): string | null {
  return pick(values, 5) % 3 === 0 ? null : `A-${position + 1}`
}

/** Users mostly, teams, and now and then somebody whom the document doesn't hold (any more). */
function owner({ owner: { kind, at } }: RecordSeed, { users, teams }: Names): string {
  if (kind === 9) return at % 2 === 0 ? 'user:gone' : 'team:gone'
  return kind >= 6 && teams.length > 0 ? `team:${pick(teams, at)}` : `user:${pick(users, at)}`
}

function shares({ shares: seeds }: RecordSeed, names: Names, { now }: Values): ShareFact[] {
  const byGrantee = new Map(seeds.map((seed) => [grantee(seed, names), seed]))
  return [...byGrantee].map(([to, { level, expires }]) => ({
    with: to,
    level,
    ...(expires === undefined ? {} : { expiresAt: now + expires }),
  }))
}

export function grantee({ isGone, with: to }: Made<typeof shareSeed>, names: Names): string {
  return isGone ? pick(['user:gone', 'role+:gone', 'team:gone', 'group:gone'], to.at) : principal(names, to)
}
