import type { Key, ReachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { chooseSteadyShape, pageRows } from './list-shapes/page-rows.ts'
import type { RecordsParts } from './parts.ts'
import { type Reading, stampedRows } from './stamped.ts'

/** A page of the undeleted records of a module on which a condition holds, by id. */
export interface ReachedIds {
  readonly module: Key
  readonly condition: ReachCondition
  /** Epoch ms. */
  readonly now: number
  /** A record's id: those after it. */
  readonly after?: string
  readonly limit: number
}

/**
 * The ids of records, in their order. `build` makes the question out of the policy; where it makes none, nothing is found. Whoever
 * calls must have made sure that the actor may ask.
 * @throws Problem whatever `build` throws; 503
 */
export async function findReachedIds(
  parts: RecordsParts,
  actor: Actor,
  build: (reading: Reading) => ReachedIds | undefined,
): Promise<string[]> {
  const { rows } = await stampedRows<{ id: string | null }>(parts, actor, (reading) => {
    const asked = build(reading)
    return asked ? statementOf(reading, asked) : sql`select null::uuid as id where false`
  })
  return rows.flatMap(({ id }) => id ?? [])
}

function statementOf({ snapshot }: Reading, asked: ReachedIds): RawBuilder<unknown> {
  const { condition, now, after, limit } = asked
  const module = snapshot.policy.modules.get(asked.module)
  const id = module?.fields.get('id')
  if (!module || !id) return sql`select null::uuid as id where false`
  const sort = [{ field: id, descending: false }]
  const cursor = after === undefined ? undefined : { position: [after], id: after }
  const question = { module, reach: condition, also: [], sort, cursor, limit }
  const reading = { snapshot, now }
  return sql`
    select t.id from ${pageRows(reading, question, chooseSteadyShape(reading, question))}
    order by t.id limit ${limit}::int`
}
