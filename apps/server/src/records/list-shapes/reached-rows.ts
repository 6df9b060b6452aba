import type { PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../../modules/columns.ts'
import { type Reading, reachToSql } from '../reach-to-sql.ts'
import { anyBranch, type Branch, gatheredBranches } from './branches.ts'
import { isMuchOfAll } from './coverage.ts'
import { decomposeWhole } from './decompose-reach.ts'
import type { RowsQuestion } from './page-rows.ts'

/**
 * Every row that is reached and asked for, for counting and summing up: a select of `columns` of the table `t`, without an order. Each way
 * into the reach is a select of its own, by columns alone, so that the database may go by an index or through the table as it thinks best.
 * Where that is much of all records there is one select: several processes share in it, and each adds up what it reads.
 * @param isMuch unstated: as the reach's coverage has it
 */
export function reachedRowsOf(
  reading: Reading,
  question: RowsQuestion,
  columns: RawBuilder<unknown> = sql``,
  isMuch = isMuchOfAll(reading, question.module, question.reach),
): RawBuilder<unknown> {
  const { module, reach, also } = question
  if (question.isFoundByAlso)
    return branchRows(module, { where: reachToSql(reading, module.key, 't', reach) }, columns, also)
  const decomposed = decomposeWhole(reach)
  if (isMuch) return branchRows(module, { where: anyBranch(reading, module, decomposed) }, columns, also)
  const parts = gatheredBranches(reading, module, decomposed).map((branch) => branchRows(module, branch, columns, also))
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
