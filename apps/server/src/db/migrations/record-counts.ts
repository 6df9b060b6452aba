import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * How many records that aren't deleted each module has in each bucket, the confidential ones apart: as differences, whose sum it is.
 * Whoever changes a record adds a difference and touches no row of anybody else's, so writers never wait for each other here; a job
 * replaces many differences by their sum. What the sum is in a snapshot is what counting the records in it would come to.
 */
export async function createRecordCounts(owner: QueryExecutorProvider, role: string): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(owner)
  const schema = rows[0]!.schema
  for (const statement of TABLES) await statement.execute(owner)
  for (const [name, body] of FUNCTIONS) {
    const text = body.replaceAll('$schema', schema)
    await sql`create function ${sql.id(name)}() returns trigger language plpgsql as ${sql.lit(text)}`.execute(owner)
  }
  const id = sql.id(role)
  // Locking a row, so that two jobs don't fold the same ones, asks for the right to update it.
  await sql`grant select, insert, update, delete on record_counts to ${id}`.execute(owner)
  await sql`grant usage on sequence record_counts_written to ${id}`.execute(owner)
}

const TABLES = [
  sql`create table record_counts (
    module text not null,
    bucket integer not null,
    confidential boolean not null,
    n bigint not null
  )`,
  sql`create index record_counts_of on record_counts (module, bucket, confidential) include (n)`,
  sql`create sequence record_counts_written`,
]

/** So many changes are written before they are folded. */
const FOLDED_AFTER = 500

/** The job waits for nobody; one that is queued already will do. */
const WRITTEN = `
  if nextval('$schema.record_counts_written') % ${FOLDED_AFTER} = 0 then
    insert into $schema.jobs (id, kind, created_at, input)
    select gen_random_uuid(), 'fold-counts', clock_timestamp(), '{}'
    where not exists (select from $schema.jobs where kind = 'fold-counts' and state = 'queued');
  end if;
  return null;`

/** The schema is named: whoever writes a record may have another search_path. Each is told its module. */
const FUNCTIONS: readonly (readonly [name: string, body: string])[] = [
  [
    'count_made',
    `begin
      insert into $schema.record_counts (module, bucket, confidential, n)
      select tg_argv[0], bucket, confidential, count(*) from made where deleted_at is null group by bucket, confidential;
      ${WRITTEN}
    end`,
  ],
  [
    'count_gone',
    `begin
      insert into $schema.record_counts (module, bucket, confidential, n)
      select tg_argv[0], bucket, confidential, -count(*) from gone where deleted_at is null group by bucket, confidential;
      ${WRITTEN}
    end`,
  ],
  [
    'count_changed',
    `begin
      if old.deleted_at is null then
        insert into $schema.record_counts (module, bucket, confidential, n)
        values (tg_argv[0], old.bucket, old.confidential, -1);
      end if;
      if new.deleted_at is null then
        insert into $schema.record_counts (module, bucket, confidential, n)
        values (tg_argv[0], new.bucket, new.confidential, 1);
      end if;
      ${WRITTEN}
    end`,
  ],
  ['count_emptied', `begin delete from $schema.record_counts where module = tg_argv[0]; return null; end`],
]
