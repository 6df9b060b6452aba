import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { invalidInput, notFound, notPermitted } from '../problem.ts'
import { canSee } from './access/find-mentionable.ts'
import { actorId } from './column-values.ts'
import { loadFacts } from './facts.ts'
import { isId, type LockedRecord, lockRecord, requireId } from './find-record.ts'
import { requireReadable } from './history.ts'
import { keepClaim } from './keep-claim.ts'
import { tellOfComment } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { instant } from './reach-to-sql.ts'
import { inTransaction, type Reading } from './stamped.ts'
import { microseconds, momentOf, type PageQuery, type Place, requirePage, writePlace } from './story/place.ts'

export interface Comment {
  readonly id: string
  readonly by: string | null
  readonly at: string
  readonly text: string
  readonly mentions: readonly string[]
  readonly editedAt?: string
}

/** As it is told to whoever wrote it. */
export interface WrittenComment extends Comment {
  /** Of those mentioned, who can't see the record. */
  readonly unseen: readonly string[]
}

export interface CommentInput {
  readonly text: string
  readonly mentions?: readonly string[]
}

export interface CommentRow {
  readonly id: string
  readonly author: number | null
  readonly at: string
  readonly text: string
  readonly mentions: readonly string[]
  readonly edited_at: string | null
}

export interface CommentPage {
  readonly items: readonly Comment[]
  readonly next: string | null
}

const MOST_COMMENTS = 1_000

/** The comments on a record, oldest first. @throws Problem 404 where the person doesn't read the record; 422. */
export async function listComments(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  query: PageQuery = {},
): Promise<CommentPage> {
  return inTransaction(parts, actor, async (reading) => {
    const module = await requireReadable(reading, moduleKey, id)
    const { limit, after } = requirePage(query, MOST_COMMENTS)
    const { rows } = await sql<CommentRow & { readonly moment: number }>`
      select id, author, at, text, mentions, edited_at, ${microseconds('at')} as moment from comments
      where record_id = ${requireId(id)}::uuid and module = ${module.key} ${after ? sql`and ${isBehind(after)}` : sql``}
      order by at, id limit ${limit + 1}
    `.execute(reading.database)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      items: rows.slice(0, limit).map((row) => presentComment(reading, row)),
      next: last ? writePlace({ at: last.moment, rank: 0, id: last.id }) : null,
    }
  })
}

function isBehind({ at, id }: Place): RawBuilder<boolean> {
  if (!isId(id)) throw invalidInput([{ path: '/cursor', message: 'is not a cursor of this list' }])
  return sql`(at, id) > (${momentOf(at)}, ${id}::uuid)`
}

export function presentComment(reading: Reading, row: CommentRow): Comment {
  return {
    id: row.id,
    by: row.author === null ? null : (reading.snapshot.owners.refOf(row.author) ?? null),
    at: row.at,
    text: row.text,
    mentions: row.mentions,
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
  }
}

/** `@anna` or `@user:anna` in the text names a person. */
const MENTION = /(?<![\p{L}\p{N}_])@(?:user:)?([A-Za-z][A-Za-z0-9_-]{0,62})/gu

/**
 * Comments on a record. People named in the text, or in `mentions`, are kept as mentioned.
 * @throws Problem 404, 403, or 422 where a mention names nobody.
 */
export async function addComment(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  comment: CommentInput,
): Promise<WrittenComment> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'comment', undefined)
    const row: CommentRow = {
      id: parts.newId(),
      author: actorId(reading),
      at: new Date(reading.now).toISOString(),
      text: comment.text,
      mentions: mentionsIn(reading, comment),
      edited_at: null,
    }
    await sql`
      insert into comments (id, module, record_id, author, at, text, mentions)
      values (${row.id}::uuid, ${locked.module.key}, ${locked.id}::uuid, ${row.author}, ${instant(reading.now)}, ${row.text}, ${row.mentions}::text[])
    `.execute(reading.database)
    await tellOfComment(reading, locked, row.mentions)
    await keepClaim(reading)
    return written(reading, locked, row)
  })
}

async function written(reading: Reading, { module, id }: LockedRecord, row: CommentRow): Promise<WrittenComment> {
  const facts = row.mentions.length === 0 ? undefined : await loadFacts(reading, module.key, id)
  const unseen = row.mentions.filter((ref) => facts && !canSee(reading, facts, ref.slice('user:'.length)))
  return { ...presentComment(reading, row), unseen }
}

/**
 * Puts another text in the place of one's own comment, for as long as one may comment on the record.
 * @throws Problem 404 (the record, or no such comment), 403 where it is somebody else's, 422.
 */
export async function editComment(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  commentId: string,
  comment: CommentInput,
): Promise<WrittenComment> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'comment', undefined)
    const own = await requireOwn(reading, locked, commentId)
    const editedAt = new Date(reading.now).toISOString()
    const row = { ...own, text: comment.text, mentions: mentionsIn(reading, comment), edited_at: editedAt }
    await sql`
      update comments set text = ${row.text}, mentions = ${row.mentions}::text[], edited_at = ${instant(reading.now)}
      where id = ${row.id}::uuid
    `.execute(reading.database)
    return written(reading, locked, row)
  })
}

/** Takes one's own comment away, for as long as one may comment on the record. @throws Problem 404, 403. */
export async function deleteComment(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  commentId: string,
): Promise<void> {
  await inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'comment', undefined)
    const own = await requireOwn(reading, locked, commentId)
    await sql`delete from comments where id = ${own.id}::uuid`.execute(reading.database)
  })
}

async function requireOwn(reading: Reading, { module, id }: LockedRecord, commentId: string): Promise<CommentRow> {
  const { rows } = await sql<CommentRow>`
    select id, author, at, text, mentions, edited_at from comments
    where id = ${requireId(commentId)}::uuid and record_id = ${id}::uuid and module = ${module.key} for update
  `.execute(reading.database)
  const [row] = rows
  if (!row) throw notFound()
  if (row.author === null || row.author !== actorId(reading))
    throw notPermitted('This comment is somebody else’s: whoever wrote it can change it or take it away.')
  return row
}

function mentionsIn(reading: Reading, comment: CommentInput): string[] {
  const { users } = reading.snapshot.policy
  const unknown = (comment.mentions ?? []).flatMap((ref, index) => {
    return users.has(ref.replace(/^user:/, ''))
      ? []
      : [{ path: `/mentions/${index}`, message: 'names no user of the organization' }]
  })
  if (unknown.length > 0) throw invalidInput(unknown)
  const named = [...comment.text.matchAll(MENTION)].flatMap(([, key = '']) => (users.has(key) ? [`user:${key}`] : []))
  const listed = (comment.mentions ?? []).map((ref) => `user:${ref.replace(/^user:/, '')}`)
  return [...new Set([...listed, ...named])]
}
