import type { Key, PolicyField, PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn, recordTable } from '../../modules/columns.ts'
import { ATTACHMENT_COLUMNS, type Attachment, type AttachmentRow, presentAttachment } from '../attachments.ts'
import { type Comment, type CommentRow, presentComment } from '../comments.ts'
import { type HistoryEntry, type HistoryRow, isTold, presentEntry } from '../history.ts'
import type { RecordsParts } from '../parts.ts'
import {
  isClear,
  presentRecord,
  type RecordItem,
  type RecordRow,
  recordColumns,
  type View,
  viewOf,
} from '../present-record.ts'
import { reachedRows, reachOf } from '../require-module.ts'
import type { Reading } from '../stamped.ts'
import { microseconds, momentOf, type Place } from './place.ts'

/** What one kind of things on a timeline is read by. */
export interface Source {
  readonly parts: RecordsParts
  readonly reading: Reading
  readonly module: PolicyModule
  readonly id: string
  /** So many at most. */
  readonly limit: number
  readonly after?: Place
}

interface Common {
  readonly id: string
  readonly at: string
  readonly by: string | null
}

type Item =
  | (Comment & { readonly kind: 'comment' })
  | (HistoryEntry & { readonly id: string; readonly kind: 'change' })
  | (Common & { readonly kind: 'activity'; readonly type?: string; readonly record: RecordItem })
  | (Common & { readonly kind: 'file'; readonly file: Attachment })

/** One thing on a timeline, with where it stands there. */
export interface Told {
  readonly item: Item
  readonly place: Place
}

interface Placed {
  readonly id: string
  readonly moment: number
}

function placeOf({ id, moment }: Placed, rank: number): Place {
  return { at: moment, rank, id: String(id) }
}

/** What comes after the page before, newest first: of one moment the higher rank goes before the lower. */
function isLater(
  { after }: Source,
  rank: number,
  at: string,
  id: RawBuilder<unknown>,
  type: string,
): RawBuilder<unknown> {
  if (!after) return sql`true`
  const [column, moment] = [sql.ref(at), momentOf(after.at)]
  if (rank < after.rank) return sql`${column} <= ${moment}`
  if (rank > after.rank) return sql`${column} < ${moment}`
  return sql`(${column}, ${id}) < (${moment}, ${after.id}::${sql.raw(type)})`
}

export async function readComments(source: Source, rank: number): Promise<Told[]> {
  const { reading, module, id, limit } = source
  const { rows } = await sql<CommentRow & Placed>`
    select id, author, at, text, mentions, edited_at, ${microseconds('at')} as moment from comments
    where record_id = ${id}::uuid and module = ${module.key} and ${isLater(source, rank, 'at', sql`id`, 'uuid')}
    order by at desc, id desc limit ${limit}
  `.execute(reading.database)
  return rows.map((row) => ({
    item: { ...presentComment(reading, row), kind: 'comment' },
    place: placeOf(row, rank),
  }))
}

export async function readChanges(source: Source, rank: number): Promise<Told[]> {
  const { parts, reading, module, id, limit } = source
  const view = viewOf(reading, module)
  const { rows } = await sql<HistoryRow & Placed>`
    select id, at, actor, action, version, changes, ${microseconds('at')} as moment from history
    where record_id = ${id}::uuid and module = ${module.key} and ${isTold(view)}
      and ${isLater(source, rank, 'at', sql`id`, 'bigint')}
    order by at desc, id desc limit ${limit}
  `.execute(reading.database)
  return Promise.all(
    rows.map(async (row): Promise<Told> => {
      const entry = await presentEntry(parts, reading, view, row)
      return { item: { ...entry, id: String(row.id), kind: 'change' }, place: placeOf(row, rank) }
    }),
  )
}

export async function readFiles(source: Source, rank: number): Promise<Told[]> {
  const { reading, module, id, limit } = source
  const { rows } = await sql<AttachmentRow & Placed>`
    select ${ATTACHMENT_COLUMNS}, ${microseconds('at')} as moment from files
    where record_id = ${id}::uuid and module = ${module.key} and ${isLater(source, rank, 'at', sql`id`, 'uuid')}
    order by at desc, id desc limit ${limit}
  `.execute(reading.database)
  return rows.map((row) => {
    const file = presentAttachment(reading, row)
    return { item: { id: file.id, kind: 'file', at: file.at, by: file.by, file }, place: placeOf(row, rank) }
  })
}

/** Where calls, meetings, mails and tasks are. */
const ACTIVITIES: Key = 'activities'

/** Activities that look the record up, by when they were made: to whom that is hidden, they are in no order, and on no timeline. */
export async function readActivities(source: Source, rank: number): Promise<Told[]> {
  const { parts, reading, id, limit } = source
  const module = reading.snapshot.policy.modules.get(ACTIVITIES)
  if (!module || reachOf(reading, module.key, 'read').kind === 'never') return []
  const view = viewOf(reading, module)
  const lookups = lookupsInto(view, source.module)
  if (lookups.length === 0 || !isClear(view, 'createdAt')) return []
  const points = lookups.map((field) => sql`${sql.ref(`t.${fieldColumn(field.key)}`)} = ${id}::uuid`)
  const { rows } = await sql<RecordRow & Placed>`
    select ${recordColumns(reading, view, 't')}, ${microseconds('t.created_at')} as moment
    from ${sql.table(recordTable(module.key))} as t
    where (${sql.join(points, sql` or `)}) and t.deleted_at is null and ${reachedRows(reading, module.key, 'read', 't')}
      and ${isLater(source, rank, 't.created_at', sql`t.id`, 'uuid')}
    order by t.created_at desc, t.id desc limit ${limit}
  `.execute(reading.database)
  return Promise.all(
    rows.map(async (row): Promise<Told> => {
      const record = await presentRecord(parts, reading, view, row)
      return { item: activityItem(view, record), place: placeOf(row, rank) }
    }),
  )
}

function activityItem(view: View, record: RecordItem): Item {
  const type = isClear(view, 'type') ? record.type : undefined
  const by = isClear(view, 'createdBy') ? record.createdBy : undefined
  return {
    id: record.id,
    kind: 'activity',
    at: String(record.createdAt),
    by: typeof by === 'string' ? by : null,
    ...(typeof type === 'string' ? { type } : {}),
    record,
  }
}

function lookupsInto(view: View, target: PolicyModule): PolicyField[] {
  return view.visible.filter(
    (field) => field.type === 'lookup' && field.module === target.key && isClear(view, field.key),
  )
}
