import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * The tables of better-auth (its `user`, `session`, `account` and `verification`), in the columns that it expects: a test compares
 * them with what its own migrator would make. `organizationId` is ours: the organization that the session acts in.
 */
export async function createIdentityTables(owner: QueryExecutorProvider): Promise<void> {
  for (const statement of TABLES) await statement.execute(owner)
}

const TABLES = [
  sql`create table control.identities (
    "id" text primary key,
    "name" text not null,
    "email" text not null unique,
    "emailVerified" boolean not null,
    "image" text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  sql`create table control.sessions (
    "id" text primary key,
    "expiresAt" timestamptz not null,
    "token" text not null unique,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null,
    "ipAddress" text,
    "userAgent" text,
    "userId" text not null references control.identities on delete cascade,
    "organizationId" text
  )`,
  sql`create index "sessions_userId_idx" on control.sessions ("userId")`,
  sql`create table control.credentials (
    "id" text primary key,
    "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references control.identities on delete cascade,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz,
    "scope" text,
    "password" text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null
  )`,
  sql`create index "credentials_userId_idx" on control.credentials ("userId")`,
  sql`create table control.verifications (
    "id" text primary key,
    "identifier" text not null,
    "value" text not null,
    "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  sql`create index "verifications_identifier_idx" on control.verifications ("identifier")`,
  sql`alter table control.memberships
    add foreign key (identity_id) references control.identities on delete cascade`,
]
