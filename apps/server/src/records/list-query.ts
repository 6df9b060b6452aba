import type { Condition, FieldAccess, Key, PolicyField, PolicyModule } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { checkFilter } from './check-filter.ts'
import { isClear, type View } from './present-record.ts'
import { type SortKey, sortableField } from './sort-keys.ts'
import { noSuchField } from './writable-values.ts'

export const DEFAULT_LIMIT = 50
export const MOST_ITEMS = 200
const MOST_SORT_KEYS = 4
const LONGEST_SEARCH = 200

/** A list's question as it arrives; everything optional. */
export interface ListQuery {
  readonly q?: string
  /** A condition of the access model's grammar. */
  readonly filter?: unknown
  /** `-updatedAt,name`; unstated: `usualSort`. */
  readonly sort?: string
  readonly fields?: string
  readonly limit?: number
  readonly cursor?: string
  readonly count?: 'none' | 'capped' | 'exact'
  /** What is found at first sight will do, where the whole page would take more: for suggestions, never for what a person asks as a list. */
  readonly glance?: boolean
  /** The recycle bin instead of the records. */
  readonly deleted?: boolean
}

export interface CheckedQuery {
  readonly words: readonly string[]
  readonly filter?: Condition
  readonly sort: readonly SortKey[]
  readonly wanted: readonly PolicyField[]
  readonly limit: number
}

/** The query against what exists for this person. Errors gather in `errors`; the result counts only where there is none. */
export function checkListQuery(view: View, query: ListQuery, errors: InputError[]): CheckedQuery {
  const checked = {
    words: wordsOf(query.q, errors),
    filter: query.filter === undefined ? undefined : checkFilter(view, query.filter, errors),
    sort: query.sort === undefined ? usualSort(view) : sortKeys(view, query.sort, errors),
    wanted: wantedFields(view, query.fields, errors),
    limit: query.limit ?? DEFAULT_LIMIT,
  }
  if (!Number.isInteger(checked.limit) || checked.limit < 1 || checked.limit > MOST_ITEMS) {
    errors.push({ path: '/limit', message: `must be a whole number from 1 to ${MOST_ITEMS}` })
  }
  return checked
}

function wordsOf(q: string | undefined, errors: InputError[]): string[] {
  if (q !== undefined && q.length > LONGEST_SEARCH) {
    errors.push({ path: '/q', message: `must be at most ${LONGEST_SEARCH} characters long` })
    return []
  }
  return (q ?? '').split(/\s+/u).filter((word) => word !== '')
}

/**
 * The order where none is asked for: newest change first. To whom that is hidden or masked, it is none (access model, section 5): then by
 * what he has the values of, first when records were made, then their title; else by the id, which every item has.
 */
export function usualSort(view: View): SortKey[] {
  const { fields, titleField } = view.module
  const newest = ['updatedAt', 'createdAt'].map((key) => ({ field: fields.get(key), descending: true }))
  const candidates = [...newest, { field: titleField, descending: false }]
  for (const { field, descending } of candidates) {
    if (field && isClear(view, field.key) && !field.encrypted && sortableField(field)) return [{ field, descending }]
  }
  return sortById(view)
}

export function sortById({ module }: View): SortKey[] {
  const field = module.fields.get('id')
  if (!field) throw new Error('A module without ids.')
  return [{ field, descending: false }]
}

function sortKeys(view: View, sort: string, errors: InputError[]): SortKey[] {
  const keys = sort.split(',').map((part) => part.trim())
  if (keys.length > MOST_SORT_KEYS) errors.push({ path: '/sort', message: `takes at most ${MOST_SORT_KEYS} fields` })
  return keys.slice(0, MOST_SORT_KEYS).flatMap((part) => {
    const descending = part.startsWith('-')
    const field = usableField(view, descending ? part.slice(1) : part, '/sort', 'sorted', errors)
    if (field && !sortableField(field))
      errors.push({ path: '/sort', message: `"${field.key}" has no order to sort by` })
    return field && sortableField(field) ? [{ field, descending }] : []
  })
}

/**
 * Fields as they were asked for of a view: the same list for the same words, by which the form of its items is known
 * (`present-record.ts`). Pages of an application ask for few lists again and again.
 */
const knownLists = new WeakMap<View, Map<string, readonly PolicyField[]>>()
const MOST_LISTS = 20
const LONGEST_LIST = 1_000

/** The fields that are asked for, `name,amount`; unstated, all that exist for the person. Errors gather in `errors`. */
export function wantedFields(view: View, fields: string | undefined, errors: InputError[]): readonly PolicyField[] {
  if (fields === undefined) return view.visible
  const lists = knownLists.get(view) ?? new Map<string, readonly PolicyField[]>()
  knownLists.set(view, lists)
  const known = lists.get(fields)
  if (known) return known
  const keys = fields.split(',').map((part) => part.trim())
  const found = keys.flatMap((key) => visibleField(view.module, view.access, key) ?? [])
  const missing = keys.filter((key) => !visibleField(view.module, view.access, key))
  errors.push(...missing.map((key) => ({ path: '/fields', message: noSuchField(key) })))
  if (missing.length > 0 || fields.length > LONGEST_LIST) return found
  if (lists.size >= MOST_LISTS) lists.clear()
  lists.set(fields, found)
  return found
}

/** The field of that name where it exists for the person. */
export function visibleField(
  module: PolicyModule,
  access: ReadonlyMap<Key, FieldAccess>,
  key: Key,
): PolicyField | undefined {
  return (access.get(key) ?? 'hidden') === 'hidden' ? undefined : module.fields.get(key)
}

/** A field that a question may turn on: it exists for him, isn't masked, and its values can be compared. */
export function usableField(
  { module, access }: View,
  key: Key,
  path: string,
  use: string,
  errors: InputError[],
): PolicyField | undefined {
  const field = visibleField(module, access, key)
  if (!field) errors.push({ path, message: noSuchField(key) })
  else if (access.get(key) === 'masked')
    errors.push({ path, message: `"${key}" is masked for you and can't be ${use} by` })
  else if (field.encrypted) errors.push({ path, message: `"${key}" is kept encrypted and can't be ${use} by` })
  else return field
  return undefined
}
