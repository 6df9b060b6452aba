import { type Kysely, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { retryOnConflict } from '../db/retry.ts'
import type { OrganizationTables } from '../db/tables.ts'
import { invalidInput } from '../problem.ts'
import { tellLive } from '../records/notices.ts'
import { countUnread, type Notice, readNotices } from '../records/read-notices.ts'
import { liveKinds } from './kinds.ts'
import type { NotificationParts } from './notification-parts.ts'
import { readSettings, requirePerson } from './settings.ts'

export interface Inbox {
  readonly items: readonly Notice[]
  /** For the page after this; null on the last. */
  readonly next: string | null
  readonly unread: number
}

const PAGE = 50

/** A page of what the person is told, newest first. @throws Problem 404 for who is no user, 422 for a cursor that is none */
export async function readInbox(
  parts: NotificationParts,
  actor: Actor,
  { cursor, unread = false }: { readonly cursor?: string; readonly unread?: boolean },
): Promise<Inbox> {
  if (cursor !== undefined && !isPlace(cursor)) {
    throw invalidInput([{ path: '/cursor', message: 'must be the `next` of the page before' }])
  }
  const found = await readNotices(parts, actor, { before: cursor, unread, limit: PAGE + 1 })
  const items = found.slice(0, PAGE)
  const next = found.length > PAGE ? (items.at(-1)?.id ?? null) : null
  return { items, next, unread: await unreadOf(parts, actor) }
}

/** How many notifications wait for the person, of the kinds that he didn't mute. */
export async function unreadOf(parts: NotificationParts, actor: Actor): Promise<number> {
  return countUnread(parts, actor, liveKinds(await readSettings(parts, actor)))
}

/** Up to 18 digits: more is no number of the database's. */
function isPlace(text: string): boolean {
  return /^[1-9]\d{0,17}$/.test(text)
}

/** Marks notifications of the person's as read. Ids that are none of his mark nothing, as those that are none at all. */
export async function markRead(
  parts: NotificationParts,
  actor: Actor,
  which: { readonly ids?: readonly string[]; readonly all?: true },
): Promise<{ readonly unread: number }> {
  const { ids, all } = which
  if ((ids === undefined) === (all === undefined)) {
    throw invalidInput([{ path: '', message: 'takes either ids or all' }])
  }
  const wrong = (ids ?? []).flatMap((id, at) =>
    isPlace(id) ? [] : [{ path: `/ids/${at}`, message: 'must be the id of a notification' }],
  )
  if (wrong.length > 0) throw invalidInput(wrong)
  const person = await requirePerson(parts, actor)
  const database = parts.database.organization(actor.organization)
  await retryOnConflict(() => mark(database, person, new Date(actor.asking.now), ids))
  return { unread: await unreadOf(parts, actor) }
}

/** Told to his other pages, too. */
async function mark(
  database: Kysely<OrganizationTables>,
  person: number,
  at: Date,
  ids: readonly string[] | undefined,
): Promise<void> {
  const which = ids === undefined ? sql`true` : sql`id = any(${`{${ids.join()}}`}::bigint[])`
  await sql`
    with marked as (
      update notifications set read_at = ${at} where receiver = ${person} and read_at is null and ${which} returning id
    )
    select ${tellLive('receivers', sql`json_build_array(${person}::int)`)}
    where exists (select from marked)`.execute(database)
}
