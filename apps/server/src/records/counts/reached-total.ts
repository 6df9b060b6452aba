import { type RawBuilder, sql } from 'kysely'
import { gatheredBranches } from '../list-shapes/branches.ts'
import { type DecomposedReach, decomposeWhole, type Source } from '../list-shapes/decompose-reach.ts'
import type { RowsQuestion } from '../list-shapes/page-rows.ts'
import { branchRows, reachedRowsOf } from '../list-shapes/reached-rows.ts'
import type { Reading } from '../reach-to-sql.ts'
import { type CountedPart, countedSql, findCountedPart } from './counted-part.ts'

/** How many rows a question has. */
export interface ReachedTotal {
  /** A select of one row with `total`. */
  readonly statement: RawBuilder<unknown>
  /** The best plan for it is the same for whoever asks. */
  readonly isSteady: boolean
}

/**
 * Counts all that is reached and asked for; with `most`, it may stop there. Records in whole buckets are counted already; what else is
 * reached (by shares, by rules, of owners taken singly) is counted here.
 */
export function reachedTotal(reading: Reading, question: RowsQuestion, most?: number): ReachedTotal {
  const decomposed = question.also.length === 0 ? decomposeWhole(question.reach) : undefined
  if (!decomposed) return { statement: totalOf(reachedRowsOf(reading, question), most), isSteady: false }
  const part = findCountedPart(reading, decomposed)
  const isSteady = decomposed.ways.slice(part ? 1 : 0).every(({ source }) => isFoundByIndex(reading, source))
  if (!part) return { statement: totalOf(reachedRowsOf(reading, question), most), isSteady }
  return { statement: countedAndRest(reading, question, decomposed, part, most), isSteady }
}

function isFoundByIndex({ snapshot }: Reading, source: Source): boolean {
  if (source.kind === 'owners') return snapshot.owners.partsOf(source.owners).buckets.length === 0
  return source.kind === 'shares'
}

/** Counts the rows of a select one by one; with `most`, no more. */
export function totalOf(rows: RawBuilder<unknown>, most: number | undefined): RawBuilder<unknown> {
  if (most === undefined) return sql`select count(*) as total from (${rows}) as one`
  return sql`select count(*) as total from (select from (${rows}) as one limit ${sql.lit(most)}) as one`
}

/** `offset 0`: what is written is added up once, though it is named twice. */
function countedAndRest(
  reading: Reading,
  { module }: RowsQuestion,
  decomposed: DecomposedReach,
  part: CountedPart,
  most: number | undefined,
): RawBuilder<unknown> {
  // The first branch is what the part stands for.
  const rest = gatheredBranches(reading, module, decomposed).slice(1)
  const counted = sql`(select ${countedSql(reading, module.key, part)} as n offset 0) as counted`
  if (rest.length === 0) return sql`select counted.n::bigint as total from ${counted}`
  const rows = sql.join(
    rest.map((branch) => branchRows(module, branch)),
    sql` union all `,
  )
  const limit = most === undefined ? sql`` : sql` limit greatest(${sql.lit(most)} - counted.n, 0)`
  return sql`
    select (counted.n + rest.n)::bigint as total from ${counted}
    cross join lateral (select count(*) as n from (select from (${rows}) as one${limit}) as one) as rest`
}
