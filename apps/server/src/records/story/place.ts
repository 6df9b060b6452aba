import type { InputError } from '@bailiwick/contract'
import { type RawBuilder, sql } from 'kysely'
import { invalidInput } from '../../problem.ts'

/** Where something stands in what is told of a record: by its time, then by its kind, then by its id. */
export interface Place {
  /** Microseconds since 1970: exact as numbers until 2255. */
  readonly at: number
  /** Of things of one moment, the higher goes first where the newest does. */
  readonly rank: number
  /** Of one kind's ids, as their column orders them. */
  readonly id: string
}

export interface PageQuery {
  readonly limit?: number
  readonly cursor?: string
}

/** Selects an instant as microseconds, which a number holds exactly. */
export function microseconds(column: string): RawBuilder<number> {
  return sql<number>`(extract(epoch from ${sql.ref(column)}) * 1000000)::bigint`
}

/** A number of microseconds as the instant that it is. */
export function momentOf(at: number): RawBuilder<unknown> {
  return sql`(timestamptz 'epoch' + ${at}::bigint * interval '1 microsecond')`
}

export function writePlace({ at, rank, id }: Place): string {
  return Buffer.from(JSON.stringify([at, rank, id])).toString('base64url')
}

/** @throws Problem 422 for a limit beyond `most`, and for a cursor that isn't one. */
export function requirePage(
  { limit, cursor }: PageQuery,
  most: number,
  usual = most,
): { readonly limit: number; readonly after?: Place } {
  const errors: InputError[] = []
  const wanted = limit ?? usual
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most)
    errors.push({ path: '/limit', message: `must be a whole number from 1 to ${most}` })
  const after = cursor === undefined ? undefined : readPlace(cursor)
  if (cursor !== undefined && !after) errors.push({ path: '/cursor', message: 'is not a cursor of this list' })
  if (errors.length > 0) throw invalidInput(errors)
  return { limit: wanted, ...(after ? { after } : {}) }
}

const LONGEST_CURSOR = 300
const ID = /^(?:\d{1,15}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

function readPlace(text: string): Place | undefined {
  if (text.length > LONGEST_CURSOR) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return placeOf(value)
  } catch {
    return undefined
  }
}

function placeOf(value: unknown): Place | undefined {
  if (!Array.isArray(value) || value.length !== 3) return undefined
  const [at, rank, id]: unknown[] = value
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0) return undefined
  if (typeof rank !== 'number' || !Number.isInteger(rank) || rank < 0 || rank > 9) return undefined
  return typeof id === 'string' && ID.test(id) ? { at, rank, id } : undefined
}
