import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../../modules/columns.ts'
import { type Reading, reachToSql } from '../reach-to-sql.ts'
import { gatheredBranches } from './branches.ts'
import { coverageOf } from './coverage.ts'
import { decomposeReach } from './decompose-reach.ts'
import type { RowsQuestion } from './page-rows.ts'

/** From this part of the records on, looking at all of them costs less than fetching those that are reached. */
const WIDE = 0.2

/**
 * Every row that is reached and asked for, for counting and summing up: a select of `columns` of the table `t`, without an order. A
 * narrow reach is fetched from where its rows are; a wide one is what a walk through the table leaves.
 */
export function reachedRowsOf(
  reading: Reading,
  question: RowsQuestion,
  columns: RawBuilder<unknown> = sql``,
  isWide = isWideReach(reading, question),
): RawBuilder<unknown> {
  const decomposed = decomposeReach(question.reach)
  const branches =
    isWide || !decomposed
      ? [reachToSql(reading, question.module.key, 't', question.reach)]
      : gatheredBranches(reading, question.module, decomposed).map(({ where }) => where)
  const parts = branches.map(
    (where) => sql`
      (select ${columns} from ${sql.table(recordTable(question.module.key))} as t
      where t.deleted_at is null and ${sql.join([where, ...question.also], sql` and `)})`,
  )
  return sql.join(parts, sql` union all `)
}

function isWideReach({ snapshot }: Reading, { reach }: RowsQuestion): boolean {
  const decomposed = decomposeReach(reach)
  return decomposed === undefined || coverageOf(snapshot.owners, decomposed) >= WIDE
}
