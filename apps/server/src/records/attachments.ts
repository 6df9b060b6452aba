import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { invalidInput, notFound, notPermitted } from '../problem.ts'
import { actorId } from './column-values.ts'
import { isId, lockRecord, requireAllowed, requireId } from './find-record.ts'
import { requireReadable } from './history.ts'
import { keepClaim } from './keep-claim.ts'
import type { RecordsParts } from './parts.ts'
import { instant } from './reach-to-sql.ts'
import { reachedRows, reachOf } from './require-module.ts'
import { inTransaction, type Reading } from './stamped.ts'
import { microseconds, momentOf, type PageQuery, type Place, requirePage, writePlace } from './story/place.ts'

/** A file that hangs on a record, as who reads the record is told of it. */
export interface Attachment {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: string
  readonly by: string | null
  readonly at: string
}

/** What is known of a file before it hangs anywhere. */
export interface NewAttachment {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: Buffer
  /** What it is called on disk. */
  readonly stored: string
}

export interface AttachmentRow {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: Buffer
  readonly stored: string
  readonly uploader: number | null
  readonly at: string
}

export const ATTACHMENT_COLUMNS = sql`id, name, type, size, sha256, stored, uploader, at`
const MOST_FILES = 1_000

/** @throws Problem 404, 403 where the person may hang nothing on the record; asked before anything is taken in. */
export async function requireAttachable(parts: RecordsParts, actor: Actor, module: Key, id: string): Promise<void> {
  await inTransaction(parts, actor, async (reading) => void (await requireAllowed(reading, module, id, 'update')))
}

/** Hangs a file, whose bytes lie on disk by now, on a record. @throws Problem 404, 403. */
export async function attachFile(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  file: NewAttachment,
): Promise<Attachment> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'update', undefined)
    const at = new Date(reading.now).toISOString()
    const row: AttachmentRow = { ...file, id: parts.newId(), uploader: actorId(reading), at }
    await sql`
      insert into files (id, module, record_id, name, type, size, sha256, stored, uploader, at)
      values (${row.id}::uuid, ${locked.module.key}, ${locked.id}::uuid, ${row.name}, ${row.type}, ${row.size}::bigint, ${row.sha256},
        ${row.stored}, ${row.uploader}::int, ${instant(reading.now)})
    `.execute(reading.database)
    await keepClaim(reading)
    return presentAttachment(reading, row)
  })
}

export function presentAttachment(reading: Reading, row: AttachmentRow): Attachment {
  const { id, name, type, size, sha256, uploader, at } = row
  const by = uploader === null ? null : (reading.snapshot.owners.refOf(uploader) ?? null)
  return { id, name, type, size: Number(size), sha256: sha256.toString('hex'), by, at }
}

/** The files of a record, newest first. @throws Problem 404 where the person doesn't read the record; 422. */
export async function listAttachments(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  query: PageQuery = {},
): Promise<{ readonly items: readonly Attachment[]; readonly next: string | null }> {
  return inTransaction(parts, actor, async (reading) => {
    const module = await requireReadable(reading, moduleKey, id)
    const { limit, after } = requirePage(query, MOST_FILES)
    const { rows } = await sql<AttachmentRow & { readonly moment: number }>`
      select ${ATTACHMENT_COLUMNS}, ${microseconds('at')} as moment from files
      where record_id = ${requireId(id)}::uuid and module = ${module.key} ${after ? sql`and ${isBefore(after)}` : sql``}
      order by at desc, id desc limit ${limit + 1}
    `.execute(reading.database)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      items: rows.slice(0, limit).map((row) => presentAttachment(reading, row)),
      next: last ? writePlace({ at: last.moment, rank: 0, id: last.id }) : null,
    }
  })
}

function isBefore({ at, id }: Place): RawBuilder<boolean> {
  if (!isId(id)) throw invalidInput([{ path: '/cursor', message: 'is not a cursor of this list' }])
  return sql`(at, id) < (${momentOf(at)}, ${id}::uuid)`
}

export interface FoundAttachment extends Attachment {
  readonly stored: string
}

/** A file by its id, where the person reads the record that it hangs on, now. @throws Problem 404. */
export async function findAttachment(parts: RecordsParts, actor: Actor, id: string): Promise<FoundAttachment> {
  return inTransaction(parts, actor, async (reading) => {
    const { row } = await requireReached(reading, id)
    return { ...presentAttachment(reading, row), stored: row.stored }
  })
}

/**
 * Takes a file off its record: for who brought it and may still change the record, and for who has the record in full.
 * @returns what it is called on disk
 * @throws Problem 404, 403.
 */
export async function detachFile(parts: RecordsParts, actor: Actor, id: string): Promise<string> {
  return inTransaction(parts, actor, async (reading) => {
    const { row, module, record } = await requireReached(reading, id)
    const { level } = await lockRecord(reading, module, record, 'update', undefined)
    if (level !== 'full' && (row.uploader === null || row.uploader !== actorId(reading)))
      throw notPermitted('Somebody else brought this file: taking it away needs "full" on the record.')
    const { numAffectedRows } = await sql`delete from files where id = ${row.id}::uuid`.execute(reading.database)
    if (!numAffectedRows) throw notFound()
    return row.stored
  })
}

const NONE = '00000000-0000-0000-0000-000000000000'

/** Of a file that isn't there as much is asked as of one whose record isn't his. */
async function requireReached(reading: Reading, id: string) {
  const { rows } = await sql<AttachmentRow & { readonly module: Key; readonly record_id: string }>`
    select ${ATTACHMENT_COLUMNS}, module, record_id from files where id = ${isId(id) ? id : NONE}::uuid
  `.execute(reading.database)
  const [row] = rows
  const isRead = (module: Key) => reachOf(reading, module, 'read').kind !== 'never'
  const module = row && isRead(row.module) ? row.module : [...reading.snapshot.policy.modules.keys()].find(isRead)
  if (module === undefined) throw notFound()
  const record = row?.module === module ? row.record_id : NONE
  const reached = await sql`
    select t.id from ${sql.table(recordTable(module))} as t
    where t.id = ${record}::uuid and t.deleted_at is null and ${reachedRows(reading, module, 'read', 't')}
  `.execute(reading.database)
  if (!row || reached.rows.length === 0) throw notFound()
  return { row, module, record }
}
