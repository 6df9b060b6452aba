import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Notifications, and what tells other processes of changes. Whoever changes something says so in the statement of the change itself: a
 * row here for each receiver. Which of them he sees is asked when he reads.
 */
export async function createNotifications(owner: QueryExecutorProvider, role: string): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(owner)
  const schema = rows[0]!.schema
  for (const statement of TABLES) await statement.execute(owner)
  for (const [name, body] of FUNCTIONS) {
    const text = body.replaceAll('$schema', schema)
    await sql`create function ${sql.id(name)}() returns trigger language plpgsql as ${sql.lit(text)}`.execute(owner)
  }
  for (const statement of TRIGGERS) await statement.execute(owner)
  await sql`grant select, insert, update, delete
    on notifications, notification_settings, notification_days, mails, live to ${sql.id(role)}`.execute(owner)
}

const TABLES = [
  sql`create table notifications (
    id bigint generated always as identity primary key,
    receiver integer not null references owners,
    kind text not null check (kind in ('changed', 'mentioned', 'assigned', 'shared', 'commented', 'due')),
    module text not null,
    record_id uuid not null,
    actor integer references owners,
    at timestamptz not null,
    read_at timestamptz,
    fields text[] not null default '{}',
    -- Of what is due: when.
    day date,
    mail uuid,
    is_mailed boolean not null default false
  )`,
  sql`create index notifications_receiver on notifications (receiver, id desc)`,
  sql`create index notifications_unread on notifications (receiver, id desc) where read_at is null`,
  sql`create index notifications_to_mail on notifications (receiver, id) where not is_mailed`,
  sql`create index notifications_mail on notifications (mail) where mail is not null`,
  sql`create unique index notifications_due on notifications (record_id, receiver, day) where kind = 'due'`,
  // What nobody set is as the program has it.
  sql`create table notification_settings (
    person integer not null references owners,
    kind text not null,
    live boolean not null,
    mail text not null check (mail in ('off', 'immediate', 'digest')),
    primary key (person, kind)
  )`,
  // What is done once a day, and was: by whichever process came first.
  sql`create table notification_days (what text not null, day date not null, primary key (what, day))`,
  sql`create table mails (
    id uuid primary key,
    receiver integer not null references owners,
    kind text not null check (kind in ('immediate', 'digest')),
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'dropped')),
    tries integer not null default 0,
    next_at timestamptz not null,
    created_at timestamptz not null
  )`,
  sql`create index mails_waiting on mails (next_at) where state = 'waiting'`,
  // Until when some process has somebody who wants to hear of changes; nobody is told where nobody listens.
  sql`create table live (singleton boolean primary key default true check (singleton), until timestamptz not null)`,
  sql`insert into live (until) values ('-infinity')`,
]

/** A notification of PostgreSQL's holds 8,000 bytes: so many records, of modules with the longest names, fit into one. */
const RECORDS_PER_MESSAGE = 60

/** The schema is named: whoever writes may have another search_path. */
const FUNCTIONS: readonly (readonly [name: string, body: string])[] = [
  [
    'tell_changes',
    `begin
      if exists (select from $schema.live where until > clock_timestamp()) then
        perform pg_notify('bailiwick_live', json_build_object('schema', tg_table_schema,
          'records', json_agg(json_build_array(module, record_id, version)))::text)
        from (
          select module, record_id, version, (row_number() over () - 1) / ${RECORDS_PER_MESSAGE} as part from noted
        ) as one group by part;
      end if;
      return null;
    end`,
  ],
  [
    'tell_comments',
    `begin
      if exists (select from $schema.live where until > clock_timestamp()) then
        perform pg_notify('bailiwick_live', json_build_object('schema', tg_table_schema,
          'comments', json_agg(json_build_array(module, record_id)))::text)
        from (
          select module, record_id, (row_number() over () - 1) / ${RECORDS_PER_MESSAGE} as part from noted
        ) as one group by part;
      end if;
      return null;
    end`,
  ],
  // Told in any case: mails go out to those who aren't here.
  [
    'tell_notifications',
    `begin
      perform pg_notify('bailiwick_live', json_build_object('schema', tg_table_schema,
        'receivers', json_agg(receiver))::text)
      from (
        select receiver, (row_number() over () - 1) / 500 as part from (select distinct receiver from told) as each
      ) as one group by part;
      return null;
    end`,
  ],
  [
    'tell_stamp',
    `begin
      perform pg_notify('bailiwick_live', json_build_object('schema', tg_table_schema, 'stamp', new.stamp)::text);
      return null;
    end`,
  ],
]

const TRIGGERS = [
  sql`create trigger tell_changes after insert on history referencing new table as noted
    for each statement execute function tell_changes()`,
  sql`create trigger tell_comments after insert on comments referencing new table as noted
    for each statement execute function tell_comments()`,
  sql`create trigger tell_notifications after insert on notifications referencing new table as told
    for each statement execute function tell_notifications()`,
  sql`create trigger tell_stamp after update of stamp on head for each row execute function tell_stamp()`,
]

/** A function that tells a record's owner what another changed, for statements that find out on the way whether there is anything to tell. */
export async function tellOwnersOfChanges(owner: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(owner)
  const body = TELL_OF_CHANGE.replaceAll('$schema', rows[0]!.schema)
  await sql`
    create function tell_of_change(
      receiver integer, module text, record_id uuid, actor integer, at timestamptz, changes jsonb
    ) returns boolean language plpgsql as ${sql.lit(body)}`.execute(owner)
}

const TELL_OF_CHANGE = `begin
      insert into $schema.notifications (receiver, kind, module, record_id, actor, at, fields)
      select $1, 'changed', $2, $3, $4, $5, array(select jsonb_object_keys($6))
      where exists (select from $schema.owners where id = $1 and kind = 'user');
      return found;
    end`
