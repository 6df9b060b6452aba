import { type QueryExecutorProvider, sql } from 'kysely'
import { createFold } from '../fold.ts'
import { createRole, createRoleGroup } from '../roles.ts'
import { createIdentityTables } from './identity.ts'
import { keepInvitations } from './invitations.ts'
import { createLiveOutbox } from './live-outbox.ts'
import { keepMasterKeyFingerprint } from './master-key.ts'
import type { Migration } from './migration.ts'
import { createSearchFunctions } from './searched-texts.ts'
import { rememberThrownAway, rememberWhichWasThrownAway } from './thrown-away.ts'

/**
 * Schema `control`, in steps. A step that has been released is never edited: a change is another step at the end.
 * The default privileges of the first step open the tables of later ones to the program's role.
 */
export const CONTROL_MIGRATIONS: readonly Migration[] = [
  { name: 'organizations, licences, keys, memberships', up: begin },
  { name: 'identities, sessions', up: createIdentityTables },
  { name: 'demonstrations', up: keepDemonstrations },
  { name: 'fingerprint of the master key', up: keepMasterKeyFingerprint },
  { name: 'invitations', up: keepInvitations },
  { name: 'demonstrations that were thrown away', up: rememberThrownAway },
  { name: 'which organizations were thrown away', up: rememberWhichWasThrownAway },
  { name: 'texts that are searched', up: createSearchFunctions },
  { name: 'live messages wait in an outbox', up: createLiveOutbox },
]

async function begin(owner: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ version: number; suffix: string }>`
    select current_setting('server_version_num')::int as version, substr(md5(gen_random_uuid()::text), 1, 8) as suffix`.execute(
    owner,
  )
  await createFold(rows[0]!.version).execute(owner)
  for (const table of TABLES) await table.execute(owner)
  // Roles belong to the server, not to the database: the names must not meet another installation's.
  const [role, group] = [`bailiwick_control_${rows[0]!.suffix}`, `bailiwick_roles_${rows[0]!.suffix}`]
  await createRoleGroup(owner, group)
  await createRole(owner, role, group)
  await sql`insert into control.installation (control_role, role_group) values (${role}, ${group})`.execute(owner)
  for (const grant of grantsTo(role)) await grant.execute(owner)
}

const TABLES = [
  sql`create table control.installation (
    singleton boolean primary key default true check (singleton),
    control_role text not null,
    role_group text not null
  )`,
  sql`create table control.organizations (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{0,49}$'),
    name text not null,
    schema text not null unique,
    role text not null unique,
    created_at timestamptz not null,
    placement text
  )`,
  sql`create table control.licences (
    organization_id uuid not null references control.organizations on delete cascade,
    module text not null,
    primary key (organization_id, module)
  )`,
  sql`create table control.api_keys (
    id uuid primary key,
    organization_id uuid not null references control.organizations on delete cascade,
    owner_id integer not null,
    name text not null,
    hash bytea not null unique,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  sql`create index api_keys_owner on control.api_keys (organization_id, owner_id)`,
  sql`create table control.memberships (
    identity_id text not null,
    organization_id uuid not null references control.organizations on delete cascade,
    user_key text not null,
    primary key (identity_id, organization_id),
    unique (organization_id, user_key)
  )`,
]

/** Organizations come and go with schemas and roles, which only the login role makes; the rest is the running program's. */
function grantsTo(role: string) {
  const id = sql.id(role)
  return [
    sql`grant select on control.installation, control.organizations to ${id}`,
    sql`grant update (name) on control.organizations to ${id}`,
    sql`grant select, insert, delete on control.licences to ${id}`,
    sql`grant select, insert, update on control.api_keys to ${id}`,
    sql`grant select, insert, update, delete on control.memberships to ${id}`,
    sql`alter default privileges in schema control grant select, insert, update, delete on tables to ${id}`,
    sql`alter default privileges in schema control grant usage on sequences to ${id}`,
  ]
}

/** A demonstration that isn't complete was begun and broken off: it is dropped and made again. */
async function keepDemonstrations(owner: QueryExecutorProvider): Promise<void> {
  await sql`create table control.demonstrations (
    organization_id uuid primary key references control.organizations on delete cascade,
    complete boolean not null default false
  )`.execute(owner)
}
