import type { Key } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { invalidInput } from '../problem.ts'
import { actorId } from './column-values.ts'
import { lockRecord, requireId } from './find-record.ts'
import { requireReadable } from './history.ts'
import { keepClaim } from './keep-claim.ts'
import { tellOfComment } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { instant } from './reach-to-sql.ts'
import { inTransaction, type Reading } from './stamped.ts'

export interface Comment {
  readonly id: string
  readonly by: string | null
  readonly at: string
  readonly text: string
  readonly mentions: readonly string[]
}

interface CommentRow {
  readonly id: string
  readonly author: number | null
  readonly at: string
  readonly text: string
  readonly mentions: readonly string[]
}

const MOST_COMMENTS = 1_000

/** The comments on a record, oldest first. @throws Problem 404 where the person doesn't read the record. */
export async function listComments(parts: RecordsParts, actor: Actor, moduleKey: Key, id: string): Promise<Comment[]> {
  return inTransaction(parts, actor, async (reading) => {
    const module = await requireReadable(reading, moduleKey, id)
    const { rows } = await sql<CommentRow>`
      select id, author, at, text, mentions from comments
      where record_id = ${requireId(id)}::uuid and module = ${module.key} order by at, id limit ${MOST_COMMENTS}
    `.execute(reading.database)
    return rows.map((row) => presentComment(reading, row))
  })
}

function presentComment(reading: Reading, { author, ...row }: CommentRow): Comment {
  return { ...row, by: author === null ? null : (reading.snapshot.owners.refOf(author) ?? null) }
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
  comment: { readonly text: string; readonly mentions?: readonly string[] },
): Promise<Comment> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'comment', undefined)
    const row: CommentRow = {
      id: parts.newId(),
      author: actorId(reading),
      at: new Date(reading.now).toISOString(),
      text: comment.text,
      mentions: mentionsIn(reading, comment),
    }
    await sql`
      insert into comments (id, module, record_id, author, at, text, mentions)
      values (${row.id}::uuid, ${locked.module.key}, ${locked.id}::uuid, ${row.author}, ${instant(reading.now)}, ${row.text}, ${row.mentions}::text[])
    `.execute(reading.database)
    await tellOfComment(reading, locked, row.mentions)
    await keepClaim(reading)
    return presentComment(reading, row)
  })
}

function mentionsIn(
  reading: Reading,
  comment: { readonly text: string; readonly mentions?: readonly string[] },
): string[] {
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
