import { sql } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'

/** What everything in an organization's tables comes to, table by table. */
export type DatabaseState = ReadonlyMap<string, string>

/** Kept about requests themselves, refused ones too: answers under an Idempotency-Key, and until when somebody listens. Or by the clock. */
const ABOUT_REQUESTS = ['idempotency', 'live', 'notification_days']
/** Differences, which a job replaces by their sum whenever there are many: what counts is the sum. */
const COUNTS = 'record_counts'
/** That job is the database's own. */
export const HOUSEKEEPING = 'fold-counts'
/** That somebody failed to sign in is written by a refused request, a moment after it. */
const REFUSED = 'failedSignIn'
/** Versions never change once written, and their documents are long. */
const BY_KEY_ALONE = ['policy_versions']

interface Digest {
  readonly name: string
  readonly digest: string
}

/** Everything that an organization's schema holds, in one snapshot. */
export async function databaseState(
  { owner }: Pick<Database, 'owner'>,
  { schema }: OrganizationRef,
): Promise<DatabaseState> {
  const { rows } = await sql<Digest>`
    select tables.tablename as name, md5(query_to_xml(
      case when tables.tablename = any(${BY_KEY_ALONE}) then format('select number from %I.%I order by 1', ${schema}::text, tables.tablename)
        when tables.tablename = ${COUNTS} then format('select module, bucket, confidential, sum(n) from %I.%I group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3', ${schema}::text, tables.tablename)
        when tables.tablename = 'jobs' then format('select t::text from %I.%I t where kind <> %L order by 1', ${schema}::text, tables.tablename, ${HOUSEKEEPING}::text)
        when tables.tablename = 'audit_events' then format('select t::text from %I.%I t where action <> %L order by 1', ${schema}::text, tables.tablename, ${REFUSED}::text)
        else format('select t::text from %I.%I t order by 1', ${schema}::text, tables.tablename) end, true, false, ''
    )::text) as digest
    from pg_tables as tables
    where tables.schemaname = ${schema} and tables.tablename <> all(${ABOUT_REQUESTS})
  `.execute(owner)
  return new Map(rows.map(({ name, digest }) => [name, digest]))
}

/** Who belongs to which organization, and what those are. */
export async function controlState({ owner }: Pick<Database, 'owner'>): Promise<DatabaseState> {
  const { rows } = await sql<Digest>`
    select name, md5(query_to_xml('select t::text from control.' || name || ' t order by 1', true, false, '')::text) as digest
    from unnest(array['organizations', 'licences', 'memberships', 'installation', 'demonstrations']) as name
  `.execute(owner)
  return new Map(rows.map(({ name, digest }) => [name, digest]))
}

/** The tables in which two states differ. */
export function differingTables(before: DatabaseState, after: DatabaseState): string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort()
}
