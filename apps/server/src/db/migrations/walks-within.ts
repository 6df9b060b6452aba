import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Indexes within buckets and owners are made anew over what `undeletedWithin` says: a statement that walks them is kept from walking all
 * records instead. They are found by what they are over, whatever their names were shortened to.
 */
export async function walkWithin(owner: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ name: string; definition: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index as i join pg_class as t on t.oid = i.indrelid
    join pg_attribute as first on first.attrelid = i.indrelid and first.attnum = i.indkey[0]
    where t.relnamespace = current_schema()::regnamespace and first.attname in ('bucket', 'owner_id')
      and pg_get_expr(i.indpred, i.indrelid) = ${NOT_DELETED}`.execute(owner)
  for (const { name, definition } of rows) {
    await sql`drop index ${sql.raw(name)}`.execute(owner)
    await sql
      .raw(definition.replace(` WHERE ${NOT_DELETED}`, ' WHERE (deleted_at IS NULL OR version < 0)'))
      .execute(owner)
  }
}

/** As PostgreSQL writes it. */
const NOT_DELETED = '(deleted_at IS NULL)'
