import { hasSystemPermission, type Key, missingOnModule, type PolicyModule } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { type AuditQuery, requireAuditQuery, writePlace } from '../audit/audit-query.ts'
import { type AuditedRow, findAudited, placeOf } from '../audit/find-audited.ts'
import { recordTable } from '../modules/columns.ts'
import { notPermitted } from '../problem.ts'
import { type HistoryEntry, presentEntry } from './history.ts'
import type { RecordsParts } from './parts.ts'
import { presentValue, viewOf } from './present-record.ts'
import { type NoticeTitle, titleOf, titleSql } from './read-notices.ts'
import { reachedRows } from './require-module.ts'
import { inTransaction, type Reading } from './stamped.ts'

/** Something that happened, as whoever may look through the audit is told of it. */
export interface Audited {
  readonly id: string
  readonly at: string
  /** user:anna, or operator; null where it is not known who. */
  readonly by: string | null
  readonly action: string
  readonly module?: Key
  /** `title` is there where he reads the record; null where it is empty or hidden from him. */
  readonly record?: { readonly id: string; readonly title?: NoticeTitle }
  /** Of a record that he reads: the values before and after, of fields that exist for him. */
  readonly changes?: HistoryEntry['changes']
  readonly version?: number
  readonly subject?: string
  readonly details?: Readonly<Record<string, unknown>>
}

export interface AuditPage {
  readonly items: readonly Audited[]
  readonly next: string | null
}

/**
 * Who did what to which object when, newest first, for holders of `viewAudit`. That says nothing of what they read: titles and values come
 * from their own reach and field access at this moment.
 * @throws Problem 403 for anybody else, 422
 */
export async function readAudit(parts: RecordsParts, actor: Actor, query: AuditQuery): Promise<AuditPage> {
  return inTransaction(parts, actor, async (reading) => {
    if (!hasSystemPermission(reading.snapshot.policy, actor.user, 'viewAudit'))
      throw notPermitted('The audit takes the system permission "viewAudit".')
    const checked = requireAuditQuery(query)
    const found = await findAudited(reading.database, checked)
    const rows = found.slice(0, checked.limit)
    const titles = await findTitles(reading, rows)
    const items = await Promise.all(rows.map((row) => present(parts, reading, titles, row)))
    const last = rows.at(-1)
    return { items, next: found.length > checked.limit && last ? writePlace(placeOf(last)) : null }
  })
}

/** Record → its stored title, of those that he reads. */
type Titles = ReadonlyMap<string, unknown>

const nameOf = (module: Key, id: string) => `${module} ${id}`

async function findTitles(reading: Reading, rows: readonly AuditedRow[]): Promise<Titles> {
  const titles = new Map<string, unknown>()
  for (const key of new Set(rows.flatMap(({ module }) => module ?? []))) {
    const module = findReadable(reading, key)
    const ids = rows.flatMap((row) => (row.module === key && row.record_id !== null ? row.record_id : []))
    if (!module || ids.length === 0) continue
    const { rows: found } = await sql<{ readonly id: string; readonly title: unknown }>`
      select t.id, ${titleSql(module, viewOf(reading, module).access)} as title from ${sql.table(recordTable(key))} as t
      where t.id = any(${ids}::uuid[]) and t.deleted_at is null and ${reachedRows(reading, key, 'read', 't')}
    `.execute(reading.database)
    for (const { id, title } of found) titles.set(nameOf(key, id), title)
  }
  return titles
}

function findReadable({ snapshot, actor }: Reading, key: Key): PolicyModule | undefined {
  const isMissing = missingOnModule(snapshot.policy, actor.user, key, 'read', actor.asking) !== undefined
  return isMissing ? undefined : snapshot.policy.modules.get(key)
}

async function present(parts: RecordsParts, reading: Reading, titles: Titles, row: AuditedRow): Promise<Audited> {
  const { source, id, at, action, module, record_id, version, subject } = row
  const details = Object.entries(row.details).filter(([, value]) => value !== null)
  return {
    id: `${source}-${id}`,
    at,
    by: nameOfActor(reading, row),
    action,
    ...(module !== null && { module }),
    ...(record_id !== null && { record: { id: record_id } }),
    ...(module !== null && record_id !== null && (await presentRead(parts, reading, titles, row, module, record_id))),
    ...(version !== null && { version }),
    ...(subject !== null && { subject }),
    ...(details.length > 0 && { details: Object.fromEntries(details) }),
  }
}

function nameOfActor({ snapshot }: Reading, { actor, author, action }: AuditedRow): string | null {
  if (author !== null) return author
  if (actor !== null) return snapshot.owners.refOf(actor) ?? null
  return action === 'failedSignIn' ? null : 'operator'
}

/** What is told only of a record that he reads. */
async function presentRead(
  parts: RecordsParts,
  reading: Reading,
  titles: Titles,
  { at, actor, action, version, changes }: AuditedRow,
  key: Key,
  id: string,
): Promise<Pick<Audited, 'record' | 'changes'>> {
  const module = reading.snapshot.policy.modules.get(key)
  if (!module || !titles.has(nameOf(key, id))) return {}
  const view = viewOf(reading, module)
  const stored = titles.get(nameOf(key, id))
  const { titleField } = module
  const title = titleField && stored !== null ? await presentValue(parts, reading, view, titleField, stored) : null
  const record = { id, title: titleOf(title) }
  if (changes === null || version === null) return { record }
  const entry = await presentEntry(parts, reading, view, { at, actor, action, version, changes })
  return { record, changes: entry.changes }
}
