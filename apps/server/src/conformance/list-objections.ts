import {
  type Condition,
  compareCodePoints,
  type FieldAccess,
  type FieldDefinition,
  type FieldType,
  type FieldValue,
  fold,
  isEmptyValue,
  isTextType,
  type Key,
  type RecordFacts,
} from '@bailiwick/access'
import { oracleAllowsOnModule, oracleFields, oracleLevel, oracleList, oracleMeets } from '@bailiwick/access/oracle'
import { first, type GeneratedWorld, type Objection, unequal } from '@bailiwick/testkit'
import { Problem } from '../problem.ts'
import type { ListQuery } from '../records/list-query.ts'
import type { PresentedValue, RecordItem } from '../records/present-record.ts'
import type { StoredWorlds } from './stored-worlds.ts'

/** The items; or that the module isn't there for the user, or the question not fit to be answered. */
type Listed = readonly RecordItem[] | 'refused' | 'unfit'
export type Accesses = ReadonlyMap<Key, FieldAccess>

/** What the lists of one user and module have to do with what the law says of its records. */
export async function listObjection(
  stored: StoredWorlds,
  world: GeneratedWorld,
  user: Key,
  module: Key,
  turn: number,
): Promise<Objection> {
  const on = `${user} lists ${module}`
  const items = await listed(stored, user, module, { limit: 200 })
  if (!oracleAllowsOnModule(world, user, 'read', module)) return unequal(on, items, 'refused')
  if (typeof items === 'string') return `${on}: is ${items}`
  const live = world.records.filter(({ deleted }) => !deleted)
  const expected = oracleList(world, user, 'read', module, live)
  const accesses = oracleFields(world, user, module)
  return (
    unequal(on, idsOf(items).toSorted(), expected.map(idOf).toSorted()) ??
    first(items, (item) =>
      itemObjection(
        world,
        user,
        expected.find(({ id }) => id === item.id),
        item,
        accesses,
      ),
    ) ??
    (await filterObjection(stored, world, user, module, expected, accesses)) ??
    (await sortObjection(stored, world, user, module, expected, accesses, turn))
  )
}

async function listed({ gateway, actor }: StoredWorlds, user: Key, module: Key, query: ListQuery): Promise<Listed> {
  try {
    return (await gateway.list(actor(user), module, query)).items
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.status === 422 ? 'unfit' : 'refused'
  }
}

function idOf({ id }: RecordFacts): string {
  return id ?? ''
}

function idsOf(items: Listed): readonly string[] {
  return typeof items === 'string' ? [items] : items.map(({ id }) => id)
}

/** An item holds the fields that exist for the user, with the values that the record has, and his level. */
export function itemObjection(
  world: GeneratedWorld,
  user: Key,
  record: RecordFacts | undefined,
  item: RecordItem,
  accesses: Accesses,
): Objection {
  if (!record) return `${item.id} is in no record's place`
  const on = `${user} sees ${item.id}`
  const visible = [...accesses].filter(([, access]) => access !== 'hidden').map(([field]) => field)
  return (
    unequal(on, Object.keys(item).toSorted(), [...new Set([...visible, 'id', 'version', 'access'])].toSorted()) ??
    unequal(`${on} at level`, item.access, oracleLevel(world, user, record)) ??
    first(visible, (field) => valueObjection(`${on}, ${field}`, record, field, item[field], accesses.get(field)))
  )
}

function valueObjection(
  on: string,
  record: RecordFacts,
  field: Key,
  shown: PresentedValue | undefined,
  access: FieldAccess | undefined,
): Objection {
  const value = heldValue(record, field)
  const isMask = typeof shown === 'object' && shown !== null && 'masked' in shown
  if (access === 'masked' && field !== 'id' && field !== 'version') {
    return unequal(`${on} masked`, isMask ? 'mask' : shown, isEmptyValue(value) ? null : 'mask')
  }
  return unequal(on, shown, isEmptyValue(value) ? null : value)
}

/** Every condition of the world's rules as a filter, whoever it was made for. */
async function filterObjection(
  stored: StoredWorlds,
  world: GeneratedWorld,
  user: Key,
  module: Key,
  expected: readonly RecordFacts[],
  accesses: Accesses,
): Promise<Objection> {
  for (const filter of conditionsOn(world, module)) {
    const items = await listed(stored, user, module, { filter, limit: 200 })
    const isFit = fieldsOf(filter).every((field) => isUsable(accesses, field))
    const met = expected.filter((record) => oracleMeets(world, user, filter, record)).map(idOf)
    const objection = unequal(
      `${user} filters ${module} by ${JSON.stringify(filter)}`,
      idsOf(items).toSorted(),
      isFit ? met.toSorted() : ['unfit'],
    )
    if (objection !== undefined) return objection
  }
  return undefined
}

const MOST_FILTERS = 3

function conditionsOn({ document }: GeneratedWorld, module: Key): readonly Condition[] {
  const rules = [...Object.values(document.sharingRules ?? {}), ...Object.values(document.restrictionRules ?? {})]
  return rules.flatMap((rule) => (rule.module === module && rule.when ? [rule.when] : [])).slice(0, MOST_FILTERS)
}

function fieldsOf(condition: Condition): readonly Key[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf)
  if ('any' in condition) return condition.any.flatMap(fieldsOf)
  return 'not' in condition ? fieldsOf(condition.not) : [condition.field]
}

export function isUsable(accesses: Accesses, field: Key): boolean {
  const access = accesses.get(field)
  return access === 'read' || access === 'edit'
}

/** Page by page in some order, each record comes once, and in its place. */
async function sortObjection(
  stored: StoredWorlds,
  world: GeneratedWorld,
  user: Key,
  module: Key,
  expected: readonly RecordFacts[],
  accesses: Accesses,
  turn: number,
): Promise<Objection> {
  const keys = sortKeys(world, module, accesses, turn)
  const sort = keys.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',')
  const limit = 1 + (turn % 3)
  const came: string[] = []
  let cursor: string | undefined
  do {
    const page = await stored.gateway.list(stored.actor(user), module, { sort, limit, cursor })
    came.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined && came.length <= expected.length)
  const inOrder = expected.toSorted((a, b) => compare(keys, a, b)).map(idOf)
  return unequal(`${user} sorts ${module} by ${sort}, ${limit} at a time`, came, inOrder)
}

interface SortKey {
  readonly field: Key
  readonly type: FieldType
  readonly descending: boolean
}

const SYSTEM_TYPES: readonly (readonly [Key, FieldType])[] = [
  ['id', 'text'],
  ['confidential', 'boolean'],
  ['createdAt', 'dateTime'],
  ['updatedAt', 'dateTime'],
  ['version', 'integer'],
  ['externalId', 'text'],
]

/** People and teams sort by their number, which the world doesn't know; the others have an order of their own or none. */
const UNSORTED: readonly FieldType[] = ['user', 'lookup', 'choices', 'file']

function sortKeys({ modules }: GeneratedWorld, module: Key, accesses: Accesses, turn: number): readonly SortKey[] {
  const own = Object.entries(modules.find(({ key }) => key === module)?.fields ?? {}).filter(([, field]) =>
    isSorted(field),
  )
  const possible = [...SYSTEM_TYPES, ...own.map(([key, { type }]) => [key, type] as const)].filter(([key]) =>
    isUsable(accesses, key),
  )
  const [main, further] = [turn % possible.length, Math.floor(turn / 7) % possible.length]
  const chosen = turn % 2 === 0 || main === further ? [main] : [main, further]
  return chosen.flatMap((at, position) => {
    const [field, type] = possible[at] ?? ['id', 'text' as const]
    return [{ field, type, descending: (turn + position) % 3 === 0 }]
  })
}

function isSorted({ type, encrypted }: FieldDefinition): boolean {
  return !encrypted && !UNSORTED.includes(type)
}

/** Empty values last either way; records alike by their id, in the direction of the last key. */
function compare(keys: readonly SortKey[], a: RecordFacts, b: RecordFacts): number {
  for (const { field, type, descending } of keys) {
    const [one, other] = [heldValue(a, field), heldValue(b, field)]
    if (isEmptyValue(one) !== isEmptyValue(other)) return isEmptyValue(one) ? 1 : -1
    const order = isEmptyValue(one) ? 0 : compareValues(type, one, other)
    if (order !== 0) return descending ? -order : order
  }
  const byId = compareCodePoints(idOf(a), idOf(b))
  return keys.at(-1)?.descending ? -byId : byId
}

function compareValues(type: FieldType, one: FieldValue, other: FieldValue): number {
  if (isTextType(type)) return compareCodePoints(fold(String(one)), fold(String(other)))
  if (type === 'date' || type === 'dateTime') return Date.parse(String(one)) - Date.parse(String(other))
  return Math.sign(Number(one) - Number(other))
}

/** A field's value as the facts have it, system fields too. */
function heldValue(record: RecordFacts, field: Key): FieldValue {
  const { id, owner, confidential, createdAt, createdBy, updatedAt, updatedBy, version, values } = record
  const system = { id, owner, confidential, createdAt, createdBy, updatedAt, updatedBy, version }
  return new Map<string, FieldValue | undefined>(Object.entries({ ...values, ...system })).get(field) ?? null
}
