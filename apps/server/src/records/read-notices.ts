import { type FieldAccess, hasSystemPermission, type Key, missingOnModule, type PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { notFound } from '../problem.ts'
import { actorId } from './column-values.ts'
import type { NoticeKind } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { isClear, type PresentedValue, presentValue, viewOf } from './present-record.ts'
import { rememberedRows, Slot } from './remembered-statements.ts'
import { reachedRows } from './require-module.ts'
import type { Reading } from './stamped.ts'

export type NoticeTitle = string | { readonly masked: string } | null

/** A notification as its receiver has it now. */
export interface Notice {
  readonly id: string
  readonly kind: NoticeKind
  readonly at: string
  readonly read: boolean
  readonly by: string | null
  /** As `record`, of everything that is about a record. */
  readonly module?: Key
  /** `title` is null where it is hidden from him. */
  readonly record?: { readonly id: string; readonly title: NoticeTitle }
  /** Of a change: the fields that changed, among those that exist for him. */
  readonly fields?: readonly Key[]
  /** Of an approval: the number of the change of the policy that waits for it. */
  readonly policyChange?: number
}

export interface NoticeQuery {
  /** Only those before this one; unstated, from the newest on. */
  readonly before?: string
  readonly unread: boolean
  /** Only these kinds; unstated, all. */
  readonly kinds?: readonly NoticeKind[]
  /** Only those that went into this mail. */
  readonly mail?: string
  readonly limit: number
}

interface NoticeRow {
  readonly id: number | null
  readonly kind: NoticeKind
  readonly at: string
  readonly read_at: string | null
  readonly actor: number | null
  readonly module: Key | null
  readonly record_id: string | null
  readonly policy_change: number | null
  readonly fields: readonly Key[]
  readonly title: unknown
}

const [BEFORE, UNREAD, KINDS, MAIL, LIMIT] = ['before', 'unread', 'kinds', 'mail', 'limit'].map(
  (name) => new Slot(name),
) as [Slot, Slot, Slot, Slot, Slot]

/** Later than any. */
const FROM_THE_NEWEST = '9223372036854775807'

/**
 * The notifications of a person, newest first: those whose record he reads at this moment; of changes, those that touched a field
 * that exists for him; and what tells a field's value by being there, only where he has that value. The others are not there; but that
 * somebody broke the glass is told to holders of `viewAudit` whatever they read.
 * @throws Problem 404 for who is no user
 */
export async function readNotices(parts: RecordsParts, actor: Actor, query: NoticeQuery): Promise<Notice[]> {
  const { rows, reading } = await rememberedRows<NoticeRow>(parts, actor, {
    name: 'notices',
    build: (now) => sql`
      select n.id, n.kind, n.at, n.read_at, n.actor, n.module, n.record_id, n.policy_change, n.fields, r.title
      from ${toldTo(now)}
      where n.receiver = ${requireReceiver(now)}::int and n.id < ${BEFORE}::bigint
        and (n.read_at is null or not ${UNREAD}::boolean) and (n.kind = any(${KINDS}::text[])) is not false
        and (n.mail = ${MAIL}::uuid) is not false
      order by n.id desc limit ${LIMIT}::int`,
    values: new Map<Slot, unknown>([
      [BEFORE, query.before ?? FROM_THE_NEWEST],
      [UNREAD, query.unread],
      [KINDS, query.kinds ? `{${query.kinds.join()}}` : null],
      [MAIL, query.mail ?? null],
      [LIMIT, query.limit],
    ]),
  })
  const there = rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }]))
  return Promise.all(there.map((row) => presentNotice(parts, reading, row)))
}

/** Counted no further: more are "many". */
export const MOST_UNREAD = 1_000

/** How many of the kinds the person has not read, of what he sees now. */
export async function countUnread(parts: RecordsParts, actor: Actor, kinds: readonly NoticeKind[]): Promise<number> {
  const { rows } = await rememberedRows<{ readonly unread: number | null }>(parts, actor, {
    name: 'unread notices',
    build: (now) => sql`
      select count(*)::int as unread from (
        select from ${toldTo(now)}
        where n.receiver = ${requireReceiver(now)}::int and n.read_at is null and n.kind = any(${KINDS}::text[])
        limit ${sql.lit(MOST_UNREAD)}
      ) as one`,
    values: new Map<Slot, unknown>([[KINDS, `{${kinds.join()}}`]]),
  })
  return rows[0]?.unread ?? 0
}

function requireReceiver(reading: Reading): number {
  const id = actorId(reading)
  if (id === null) throw notFound()
  return id
}

/** What is told to holders of a system permission, whatever they read. */
const WHATEVER_HE_READS = [
  { kind: 'breakGlass', permission: 'viewAudit' },
  { kind: 'approval', permission: 'manageAccess' },
] as const

/** The notifications `n` that the person is told of, each with `r`, its record as he sees it. */
function toldTo(reading: Reading): RawBuilder<unknown> {
  const { snapshot, actor } = reading
  const kinds = WHATEVER_HE_READS.flatMap(({ kind, permission }) =>
    hasSystemPermission(snapshot.policy, actor.user, permission) ? [kind] : [],
  )
  if (kinds.length === 0) return sql`notifications n join lateral (${visibleRecord(reading)}) r on true`
  return sql`notifications n left join lateral (${visibleRecord(reading)}) r on true
    join lateral (select where r.is_seen or n.kind = any(${`{${kinds.join()}}`}::text[])) told on true`
}

/** The record of the notification `n`, with its title, where he reads it and is to hear of this. */
function visibleRecord(reading: Reading): RawBuilder<unknown> {
  const { snapshot, actor } = reading
  const modules = [...snapshot.policy.modules.values()].filter(
    ({ key }) => missingOnModule(snapshot.policy, actor.user, key, 'read', actor.asking) === undefined,
  )
  if (modules.length === 0) return sql`select null::text as title, true as is_seen where false`
  return sql.join(
    modules.map((module) => visibleOf(reading, module)),
    sql` union all `,
  )
}

/** Kinds that there are because of what stands in a field, and would tell it. */
const TELLS_OF: Readonly<Partial<Record<NoticeKind, Key>>> = { due: 'dueDate', assigned: 'owner' }

function visibleOf(reading: Reading, module: PolicyModule): RawBuilder<unknown> {
  const view = viewOf(reading, module)
  const seen = view.visible.map(({ key }) => key)
  const untold = Object.entries(TELLS_OF).flatMap(([kind, field]) => (isClear(view, field) ? [] : kind))
  return sql`
    select ${titleSql(module, view.access)} as title, true as is_seen from ${sql.table(recordTable(module.key))} as t
    where n.module = ${sql.lit(module.key)} and t.id = n.record_id and t.deleted_at is null
      and (n.kind <> 'changed' or n.fields && ${seen}::text[]) and n.kind <> all(${untold}::text[])
      and ${reachedRows(reading, module.key, 'read', 't')}`
}

/** What is hidden is never selected. */
export function titleSql({ titleField }: PolicyModule, access: ReadonlyMap<Key, FieldAccess>): RawBuilder<unknown> {
  if (!titleField || (access.get(titleField.key) ?? 'hidden') === 'hidden') return sql`null::text`
  return sql`${sql.ref(`t.${fieldColumn(titleField.key)}`)}::text`
}

async function presentNotice(
  parts: RecordsParts,
  reading: Reading,
  row: NoticeRow & { readonly id: number },
): Promise<Notice> {
  const { kind, at, read_at, policy_change } = row
  const common = { id: String(row.id), kind, at, read: read_at !== null, by: doneBy(reading, row) }
  if (policy_change !== null) return { ...common, policyChange: policy_change }
  return { ...common, ...(await presentRecordOf(parts, reading, row)) }
}

/** Kinds that come of writing the record: who wrote it is the value of a field. An assignment may be how it was made. */
const WRITTEN_BY: Readonly<Partial<Record<NoticeKind, readonly Key[]>>> = {
  changed: ['updatedBy'],
  assigned: ['updatedBy', 'createdBy'],
}

function doneBy(reading: Reading, { kind, actor, module: key }: NoticeRow): string | null {
  const module = key === null ? undefined : reading.snapshot.policy.modules.get(key)
  const view = module && viewOf(reading, module)
  const isTold = (WRITTEN_BY[kind] ?? []).every((field) => view !== undefined && isClear(view, field))
  return isTold && actor !== null ? (reading.snapshot.owners.refOf(actor) ?? null) : null
}

async function presentRecordOf(
  parts: RecordsParts,
  reading: Reading,
  { kind, module: key, record_id: id, fields, title: stored }: NoticeRow,
): Promise<Pick<Notice, 'module' | 'record' | 'fields'>> {
  const module = key === null ? undefined : reading.snapshot.policy.modules.get(key)
  if (!module || id === null) throw new Error('A notification of a module that is not there was found.')
  const view = viewOf(reading, module)
  const { titleField } = module
  const title = titleField && stored !== null ? await presentValue(parts, reading, view, titleField, stored) : null
  return {
    module: module.key,
    record: { id, title: titleOf(title) },
    ...(kind === 'changed' && { fields: fields.filter((field) => (view.access.get(field) ?? 'hidden') !== 'hidden') }),
  }
}

export function titleOf(value: PresentedValue): NoticeTitle {
  if (value === null || typeof value === 'string') return value
  return typeof value === 'object' && 'masked' in value ? value : String(value)
}
