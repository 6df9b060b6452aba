import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Where whoever changes something leaves what others are to hear of, until it is handed on (docs/decisions/0023-live-outbox.md). Not logged:
 * a server that crashes has lost all who listened, and they begin anew. A message that `NOTIFY` can't carry is refused to whoever writes it.
 */
export async function createLiveOutbox(owner: QueryExecutorProvider): Promise<void> {
  await sql`create unlogged table control.live_outbox (message text not null check (octet_length(message) < 8000))
    with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0)`.execute(owner)
  // Organizations' roles see nothing of the table: they leave messages, as they may notify.
  await sql`
    create function control.tell_live(message text) returns void language plpgsql security definer
    as 'begin insert into control.live_outbox values ($1); end'`.execute(owner)
}

/**
 * Comments and notifications are told through the outbox. Whom a notification is for and whose doing it tells isn't looked up, and locked
 * against removal, among `owners`: numbers come from there alone, and no owner is ever removed.
 */
export async function tellThroughOutbox(owner: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(owner)
  for (const [name, body] of FUNCTIONS) {
    const text = body.replaceAll('$schema', rows[0]!.schema)
    await sql`create or replace function ${sql.id(name)}() returns trigger language plpgsql as ${sql.lit(text)}`.execute(
      owner,
    )
  }
  await sql`alter table notifications
    drop constraint notifications_receiver_fkey, drop constraint notifications_actor_fkey`.execute(owner)
}

/** The schema is named: whoever writes may have another search_path. */
const FUNCTIONS: readonly (readonly [name: string, body: string])[] = [
  [
    'tell_comments',
    `begin
      if exists (select from $schema.live where until > clock_timestamp()) then
        perform control.tell_live(json_build_object('schema', tg_table_schema,
          'comments', json_agg(json_build_array(module, record_id)))::text)
        from (select module, record_id, (row_number() over () - 1) / 60 as part from noted) as one group by part;
      end if;
      return null;
    end`,
  ],
  // Told in any case: mails go out to those who aren't here.
  [
    'tell_notifications',
    `begin
      perform control.tell_live(json_build_object('schema', tg_table_schema, 'receivers', json_agg(receiver))::text)
      from (
        select receiver, (row_number() over () - 1) / 500 as part from (select distinct receiver from told) as each
      ) as one group by part;
      return null;
    end`,
  ],
]
