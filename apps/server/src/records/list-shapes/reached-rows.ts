import type { PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../../modules/columns.ts'
import { type Reading, reachToSql } from '../reach-to-sql.ts'
import { type Branch, gatheredBranches } from './branches.ts'
import { decomposeWhole } from './decompose-reach.ts'
import type { RowsQuestion } from './page-rows.ts'

/**
 * Every row that is reached and asked for, for counting and summing up: a select of `columns` of the table `t`, without an order. Each way
 * into the reach is a select of its own, by columns alone, so that the database may go by an index or through the table as it thinks best.
 */
export function reachedRowsOf(
  reading: Reading,
  question: RowsQuestion,
  columns: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  if (question.isFoundByAlso) {
    const where = reachToSql(reading, question.module.key, 't', question.reach)
    return branchRows(question.module, { where }, columns, question.also)
  }
  const branches = gatheredBranches(reading, question.module, decomposeWhole(question.reach))
  const parts = branches.map((branch) => branchRows(question.module, branch, columns, question.also))
  return sql.join(parts, sql` union all `)
}

/** The branch's rows that aren't deleted, as far as `also` holds on them. */
export function branchRows(
  module: PolicyModule,
  { where }: Pick<Branch, 'where'>,
  columns: RawBuilder<unknown> = sql``,
  also: RowsQuestion['also'] = [],
): RawBuilder<unknown> {
  return sql`
      (select ${columns} from ${sql.table(recordTable(module.key))} as t
      where t.deleted_at is null and ${sql.join([where, ...also], sql` and `)})`
}
