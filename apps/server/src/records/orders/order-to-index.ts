import { createHash } from 'node:crypto'
import type { FieldType, Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { indexName } from '../../modules/columns.ts'
import { type SortKey, sortableField, sortName } from '../sort-keys.ts'

/** The most bytes that folded values of a type have; of types that aren't here, a few. */
const MOST_BYTES: { readonly [type in FieldType]?: number } = {
  text: 1_500,
  phone: 1_500,
  email: 765,
  choice: 765,
  url: Number.POSITIVE_INFINITY,
  longText: Number.POSITIVE_INFINITY,
}
const FEW_BYTES = 40
/** What an index's entry holds, 2,704 bytes, less what else stands in one. */
const ROOM = 2_600

/** Whether no index has records in the field's order, and none is made: its longest values don't fit an index's entry. */
export function isUnordered({ type, indexed, unique, title }: PolicyField): boolean {
  return type === 'longText' || (type === 'url' && !indexed && !unique && !title)
}

/**
 * What an index for lists in this order is over: the keys that it begins with, as far as the longest of their values fit an index's entry
 * together. What follows is sorted among records that are alike in those.
 * @returns nothing where the table has an index that will do, or none can be made
 */
export function orderToIndex(module: PolicyModule, sort: readonly SortKey[]): readonly SortKey[] | undefined {
  const [first] = sort
  if (!first || areFewAlike(module, first.field)) return undefined
  const keys = fittingKeys(sort)
  if (keys.length > 1) return keys
  // One field's index is read from either end.
  return keys.length === 0 || first.field.indexed ? undefined : [{ ...first, descending: false }]
}

/** By which every table has an index in which hardly any stand side by side: none of their orders takes long. */
function areFewAlike({ titleField }: PolicyModule, field: PolicyField): boolean {
  return FEW_ALIKE.has(field.key) || field.unique || field === titleField
}

const FEW_ALIKE: ReadonlySet<Key> = new Set(['id', 'owner', 'createdAt', 'updatedAt'])

function fittingKeys(sort: readonly SortKey[]): SortKey[] {
  let room = ROOM
  const end = sort.findIndex(({ field }) => {
    room -= MOST_BYTES[field.type] ?? FEW_BYTES
    return room < 0 || field.encrypted
  })
  return sort.slice(0, end === -1 ? sort.length : end)
}

const HASH_LENGTH = 16

/** Of a single field, its own; several keys have a hash. */
export function orderIndexName(module: Key, keys: readonly SortKey[]): string {
  const [first, ...others] = keys
  if (!first) throw new Error('An order has a key at least')
  if (others.length === 0) return indexName(module, first.field.key, 'l')
  const hash = createHash('sha256').update(sortName(keys)).digest('hex').slice(0, HASH_LENGTH)
  return indexName(module, `$${hash}`, 'l')
}

/** The keys that `sortName` was of; nothing where one isn't there any more, or has no order now. */
export function keysOfName(module: PolicyModule, name: string): SortKey[] | undefined {
  const keys = name.split(',').map((part) => {
    const descending = part.startsWith('-')
    return { field: module.fields.get(descending ? part.slice(1) : part), descending }
  })
  const known = keys.filter((key): key is SortKey => key.field !== undefined && sortableField(key.field))
  return known.length === keys.length ? known : undefined
}
