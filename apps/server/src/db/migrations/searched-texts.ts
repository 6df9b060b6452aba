import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * `control.spelled(text)`: a text in ASCII alone, byte by byte, so that one is part of another where its spelling is part of the other's
 * (the reverse may fail: what is found is to be looked at again). Trigrams know letters by the database's locale, and in C no others than
 * these. `control.index_searched(table)`: indexes those texts of the table that no index looks for parts of, and says how many indexes that
 * took; none where the server hasn't got `pg_trgm`.
 */
export async function createSearchFunctions(owner: QueryExecutorProvider): Promise<void> {
  await sql`
    create function control.spelled(text) returns text
    language sql immutable strict parallel safe
    return replace(encode(convert_to($1, 'UTF8'), 'escape'), '\\', '')`.execute(owner)
  await sql`
    create function control.index_searched(searched regclass) returns integer language plpgsql as ${sql.lit(INDEX_SEARCHED)}`.execute(
    owner,
  )
}

/** An index has room for 32 columns. Whoever searches goes through what waits to be put into it, so that is kept short (in kB). */
const INDEX_SEARCHED = `
declare
  place text;
  columns text;
  made integer := 0;
begin
  select quote_ident(nspname) into place
  from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_trgm';
  if place is null then return 0; end if;
  loop
    select string_agg(format('%I %s.gin_trgm_ops', attname, place), ', ' order by attnum) into columns from (
      select attname, attnum from pg_attribute
      where attrelid = searched and attnum > 0 and not attisdropped and atttypid = 'text'::regtype
        and not exists (select from pg_index where indrelid = searched and attnum = any(indkey::int2[]))
      order by attnum limit 32
    ) as missing;
    exit when columns is null;
    execute format('create index on %s using gin (%s) with (gin_pending_list_limit = 256)', searched, columns);
    made := made + 1;
  end loop;
  return made;
end`
