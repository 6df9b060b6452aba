import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from './columns.ts'

/** The schema that the tables stand in. */
interface Place {
  readonly schema: string
}

/** By which it is known that a table's records are counted. */
export const COUNT_MADE = 'count_made'

/**
 * Whoever writes the module's records writes down, too, by how many there are more or less. What changes neither owner, bucket,
 * confidentiality nor deletion writes nothing, and is hardly looked at.
 */
export function countingTriggers(place: Place, module: Key): RawBuilder<unknown>[] {
  const table = sql.id(place.schema, recordTable(module))
  const call = (name: string) => sql`execute function ${sql.id(place.schema, name)}(${sql.lit(module)})`
  return [
    sql`create trigger ${sql.id(COUNT_MADE)} after insert on ${table} referencing new table as made
      for each statement ${call('count_made')}`,
    sql`create trigger count_gone after delete on ${table} referencing old table as gone
      for each statement ${call('count_gone')}`,
    sql`create trigger count_changed after update of owner_id, bucket, confidential, deleted_at on ${table} for each row
      when (old.bucket <> new.bucket or old.confidential <> new.confidential
        or (old.deleted_at is null) <> (new.deleted_at is null)) ${call('count_changed')}`,
    sql`create trigger count_emptied after truncate on ${table} for each statement ${call('count_emptied')}`,
  ]
}

/** For a table that has records already. The triggers come first: from then on nobody writes one uncounted. */
export function beginCounting(place: Place, module: Key): RawBuilder<unknown>[] {
  return [...countingTriggers(place, module), recountStatement(place, module)]
}

/**
 * Adds what the counts lack, or takes away what they have too much. All in one snapshot, so that it is as right for whoever writes
 * meanwhile; where nothing is wrong, nothing is written.
 */
export function recountStatement(place: Place, module: Key): RawBuilder<unknown> {
  const counts = sql.id(place.schema, 'record_counts')
  return sql`
    insert into ${counts} (module, bucket, confidential, n)
    select ${sql.lit(module)}, bucket, confidential, sum(n) from (
      select bucket, confidential, count(*) as n from ${sql.id(place.schema, recordTable(module))}
      where deleted_at is null group by bucket, confidential
      union all
      select bucket, confidential, -n from ${counts} where module = ${sql.lit(module)}
    ) as difference group by bucket, confidential having sum(n) <> 0`
}
