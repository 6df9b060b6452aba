import type {
  FieldAccess,
  FieldType,
  FieldValue,
  Key,
  Level,
  PolicyField,
  PolicyModule,
  ReachCondition,
} from '@bailiwick/access'
import { fields as fieldsOf, LEVELS, maskValue } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn } from '../modules/columns.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { fromStored } from './field-values.ts'
import { levelSql } from './level-sql.ts'
import type { RecordsParts } from './parts.ts'
import type { Reading } from './stamped.ts'

export type PresentedValue = FieldValue | { readonly masked: string }
/** A record as it leaves the gateway: `id`, `version`, `access`, and the fields that exist for whoever asked. */
export type RecordItem = { readonly id: string; readonly version: number; readonly access: Exclude<Level, 'none'> } & {
  readonly [field: Key]: PresentedValue
}

export type RecordRow = { readonly id: string; readonly level: number } & { readonly [column: string]: unknown }

/** The fields of a module as one person has them. */
export interface View {
  readonly module: PolicyModule
  readonly access: ReadonlyMap<Key, FieldAccess>
  /** Those that exist for him, in the module's order. */
  readonly visible: readonly PolicyField[]
}

/** A snapshot never changes, so neither does how somebody has a module under it. */
const knownViews = new WeakMap<Snapshot, Map<string, View>>()
/** Beyond it all are worked out again: some kilobytes each. */
const MOST_VIEWS = 4_000

export function viewOf(reading: Pick<Reading, 'snapshot' | 'actor'>, module: PolicyModule): View {
  const views = knownViews.get(reading.snapshot) ?? new Map<string, View>()
  knownViews.set(reading.snapshot, views)
  const name = `${reading.actor.user} ${module.key}`
  const known = views.get(name)
  if (known) return known
  if (views.size >= MOST_VIEWS) views.clear()
  const made = makeView(reading, module)
  views.set(name, made)
  return made
}

function makeView(reading: Pick<Reading, 'snapshot' | 'actor'>, module: PolicyModule): View {
  const access = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key)
  return { module, access, visible: [...module.fields.values()].filter((field) => access.get(field.key) !== 'hidden') }
}

/** Whether the person has the field's very value. */
export function isClear({ access }: View, field: Key): boolean {
  const has = access.get(field)
  return has === 'read' || has === 'edit'
}

/**
 * The columns that a presented record needs, and no others: what is hidden is never selected.
 * @param known what holds on the rows; unstated: the person reads them
 */
export function recordColumns(
  reading: Reading,
  view: View,
  alias: string,
  wanted: readonly PolicyField[] = view.visible,
  known?: ReachCondition,
): RawBuilder<unknown> {
  const keys = new Set(['id', 'version', ...wanted.map((field) => field.key)])
  const columns = [...keys].map((key) => sql.ref(`${alias}.${fieldColumn(key)}`))
  return sql`${sql.join(columns)}, ${levelSql(reading, view.module.key, alias, known)} as level`
}

/** Turns a row into the item that leaves: masks put on, users by key, encrypted values opened for whom they are visible. */
export function presentRecord(
  parts: RecordsParts,
  reading: Reading,
  view: View,
  row: RecordRow,
  wanted: readonly PolicyField[] = view.visible,
): RecordItem | Promise<RecordItem> {
  const form = formOf(view, wanted)
  const item = itemOf(form, row, reading)
  if (form.encrypted.length === 0) return item
  return openInto(item, parts, reading, view, row, form.encrypted).then(() => item)
}

/** The same of many rows. A page has more than a thousand values: what can be known of each field before is worked out once. */
export async function presentRecords(
  parts: RecordsParts,
  reading: Reading,
  view: View,
  rows: readonly RecordRow[],
  wanted: readonly PolicyField[] = view.visible,
): Promise<RecordItem[]> {
  const form = formOf(view, wanted)
  const items = rows.map((row) => itemOf(form, row, reading))
  const { encrypted } = form
  // Waiting costs more than all the rest of a plain value.
  if (encrypted.length > 0) {
    await Promise.all(rows.map((row, at) => openInto(items[at], parts, reading, view, row, encrypted)))
  }
  return items
}

interface FieldReader {
  readonly key: Key
  readonly column: string
  read(stored: unknown, reading: Reading): PresentedValue
}

/** How items of some fields are made. */
interface ItemForm {
  /** Copied for each item: to add its members one by one would make a hash table of every item. */
  readonly empty: Item
  readonly readers: readonly FieldReader[]
  /** Those whose values have to be opened. */
  readonly encrypted: readonly PolicyField[]
}

const knownForms = new WeakMap<View, WeakMap<readonly PolicyField[], ItemForm>>()

function formOf(view: View, wanted: readonly PolicyField[]): ItemForm {
  const ofView = knownForms.get(view) ?? new WeakMap<readonly PolicyField[], ItemForm>()
  knownForms.set(view, ofView)
  const known = ofView.get(wanted)
  if (known) return known
  const readers = wanted.filter(({ key }) => !OWN_MEMBERS.has(key)).map((field) => readerOf(view, field))
  const empty = Object.fromEntries(readers.map(({ key }) => [key, null]))
  const encrypted = wanted.filter((field) => field.encrypted)
  const made = {
    readers,
    encrypted,
    empty: JSON.parse(JSON.stringify({ id: '', version: 0, access: 'read', ...empty })),
  }
  ofView.set(wanted, made)
  return made
}

/** Every item has these, whatever else was asked for. */
const OWN_MEMBERS: ReadonlySet<Key> = new Set(['id', 'version', 'access'])

function readerOf(view: View, field: PolicyField): FieldReader {
  const { key } = field
  const column = fieldColumn(key)
  // Its place; the value is put there once it is opened.
  if (field.encrypted) return { key, column, read: () => null }
  if (view.access.get(key) === 'masked') {
    return { key, column, read: (stored, { snapshot }) => masked(view, field, fromStored(field, stored, snapshot)) }
  }
  if (IS_AS_STORED.has(field.type)) return { key, column, read: (stored) => (stored ?? null) as FieldValue }
  return { key, column, read: (stored, { snapshot }) => fromStored(field, stored, snapshot) }
}

/** What the database's value is the item's of, as `fromStored` would have it. */
const IS_AS_STORED: ReadonlySet<FieldType> = new Set<FieldType>([
  'text',
  'longText',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'date',
  'dateTime',
  'email',
  'phone',
  'url',
  'choice',
  'lookup',
  'autoNumber',
])

type Item = { id: string; version: number; access: Exclude<Level, 'none'> } & {
  [field: Key]: PresentedValue
}

function itemOf({ empty, readers }: ItemForm, row: RecordRow, reading: Reading): Item {
  const item: Item = { ...empty }
  item.id = row.id
  item.version = Number(row.version)
  item.access = (LEVELS[row.level] ?? 'read') as Exclude<Level, 'none'>
  for (const reader of readers) item[reader.key] = reader.read(row[reader.column], reading)
  return item
}

async function openInto(
  item: Item | undefined,
  parts: RecordsParts,
  reading: Reading,
  view: View,
  row: RecordRow,
  encrypted: readonly PolicyField[],
): Promise<void> {
  if (!item) return
  for (const field of encrypted) {
    item[field.key] = await presentValue(parts, reading, view, field, row[fieldColumn(field.key)])
  }
}

function masked({ access }: View, field: PolicyField, value: FieldValue): PresentedValue {
  return access.get(field.key) !== 'masked' || value === null ? value : { masked: maskValue(value, field.mask) }
}

/** A value under the person's access to its field; the field must not be hidden from him. */
export async function presentValue(
  parts: RecordsParts,
  reading: Reading,
  view: View,
  field: PolicyField,
  stored: unknown,
): Promise<PresentedValue> {
  return masked(view, field, await openValue(parts, reading, view.module.key, field, stored))
}

export async function openValue(
  parts: RecordsParts,
  reading: Reading,
  module: Key,
  field: PolicyField,
  stored: unknown,
): Promise<FieldValue> {
  if (!field.encrypted || stored === null || stored === undefined) return fromStored(field, stored, reading.snapshot)
  const place = { organization: reading.actor.organization.id, module, field: field.key }
  return parts.secrets.decrypt(place, String(stored))
}
