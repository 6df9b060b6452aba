import type { ClientConfig } from 'pg'
import { runAsOwner } from '../../data-set/run-as-owner.ts'
import { PAGE_COLUMNS } from './plain-tables.ts'
import { READER } from './row-security.ts'

/**
 * The plain tables with what they lack beside a CRM's: the lookups and dates that a deal has, an index for each order that its lists may be
 * asked for in (everybody's and, of names, each owner's and role's), one for parts of its texts, a history with what was before, and what an
 * owner is told. What spares a page under row security nothing isn't there.
 */
const STATEMENTS = `
alter table deals
  add column account uuid, add column contact uuid, add column product uuid, add column campaign uuid, add column close_date date,
  add column created_at timestamptz not null default now();
create index on deals (created_at desc, id desc);
create index on deals (lower(name), id);
create index on deals (owner, lower(name), id);
create index on deals (owner_role, lower(name), id);
create index on deals (lower(stage), id);
create index on deals (amount, id);
create index on deals (close_date, id);
create index on deals (account, updated_at desc, id desc);
create index on deals (contact, updated_at desc, id desc);
create index on deals (product, updated_at desc, id desc);
create index on deals (campaign, updated_at desc, id desc);
create extension pg_trgm;
create index on deals using gin (lower(name) gin_trgm_ops, lower(stage) gin_trgm_ops, lower(next_step) gin_trgm_ops)
  with (gin_pending_list_limit = 256);

create table history (
  id bigint generated always as identity primary key, deal uuid not null, version integer not null, at timestamptz not null,
  person uuid, action text not null, changes jsonb not null
);
create index on history (deal, at, id);
create index on history (at, id);
create index on history (person, at, id);
create table notifications (
  id bigint generated always as identity primary key, receiver uuid not null, kind text not null, deal uuid not null, person uuid,
  at timestamptz not null, read_at timestamptz, fields text[] not null
);
create index on notifications (receiver, id desc);
create index on notifications (receiver, id desc) where read_at is null;
grant insert on history, notifications to ${READER};
`

/** On tables that are filled and have their row security. */
export async function addWork(address: ClientConfig): Promise<void> {
  await runAsOwner(address, 'public', [STATEMENTS, 'vacuum analyze'])
}

/** A change with its history, of which the owner is told. */
export const WORKED_UPDATE = `with was as (
    select id, next_step from deals where id = $1
  ), changed as (
    update deals set next_step = $2, updated_at = now(), version = version + 1 from was where deals.id = was.id
    returning deals.*, was.next_step as before
  ), noted as (
    insert into history (deal, version, at, person, action, changes)
    select id, version, now(), app.person(), 'update', jsonb_build_object('next_step', jsonb_build_array(before, next_step)) from changed
  ), told as (
    insert into notifications (receiver, kind, deal, person, at, fields)
    select owner, 'changed', id, app.person(), now(), '{next_step}' from changed where owner <> app.person()
  ) select ${PAGE_COLUMNS} from changed`
