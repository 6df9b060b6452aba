import type { ClientConfig } from 'pg'
import type { Cell } from '../../../apps/server/src/records/copy-rows.ts'
import { loadTable } from '../../data-set/load-rows.ts'
import { runAsOwner } from '../../data-set/run-as-owner.ts'
import type { Deal } from '../world/deals.ts'
import { PERSONS, ROLES, RULES, rolePath, rolesIn } from '../world/organization.ts'

/**
 * The deals as a program without Bailiwick would keep them: for row security, for Directus, and for what is read with no access control at
 * all. Deals carry their owner's role besides him, which spares the peers a join that they couldn't index.
 */
const TABLES = `
drop table if exists audit, deal_shares, deals, rule_audience, role_above, people cascade;
create table people (id uuid primary key, key text not null unique, role text, profile text not null);
create table role_above (role text not null, above text not null, primary key (above, role));
create table rule_audience (rule text not null, role text not null, primary key (rule, role));
create table deals (
  id uuid primary key, name text not null, stage text not null, amount numeric(19,4), next_step text,
  owner uuid not null references people (id), owner_role text not null, confidential boolean not null,
  updated_at timestamptz not null, version integer not null default 1
);
create table deal_shares (
  id integer generated always as identity primary key, deal uuid not null references deals (id) on delete cascade,
  person uuid references people (id), role text, level text not null
);
create table audit (
  id bigint generated always as identity primary key, at timestamptz not null default now(), deal uuid not null, changes jsonb not null
);
create index on deals (updated_at desc, id desc);
create index on deals (owner, updated_at desc, id desc);
create index on deals (owner_role, updated_at desc, id desc);
create index on deal_shares (deal);
create index on deal_shares (person);
create index on deal_shares (role);
`

/** Anew, with what hangs on them, where they are there already. */
export async function makePlainTables(address: ClientConfig, deals: readonly Deal[]): Promise<void> {
  await runAsOwner(address, 'public', [TABLES])
  const load = (table: string, columns: readonly string[], rows: readonly Cell[][]) =>
    loadTable(address, 'public', { table, columns, rows })
  await load(
    'people',
    ['id', 'key', 'role', 'profile'],
    PERSONS.map(({ id, key, role, profile }) => [id, key, role ?? null, profile]),
  )
  await load(
    'role_above',
    ['role', 'above'],
    ROLES.flatMap(({ key, parent }) => rolePath(parent).map((above) => [key, above])),
  )
  await load(
    'rule_audience',
    ['rule', 'role'],
    RULES.flatMap((rule) => [...rolesIn(rule.with)].map((role) => [rule.key, role])),
  )
  await load('deals', DEAL_COLUMNS, deals.map(dealRow))
  await load('deal_shares', ['deal', 'person', 'role', 'level'], deals.flatMap(shareRows))
  await runAsOwner(address, 'public', ['vacuum analyze'])
}

const DEAL_COLUMNS = ['id', 'name', 'stage', 'amount', 'owner', 'owner_role', 'confidential', 'updated_at']

function dealRow({ id, name, stage, amount, owner, confidential, updatedAt }: Deal): Cell[] {
  return [id, name, stage, amount, owner.id, owner.role ?? '', confidential, updatedAt]
}

function shareRows({ id, shares }: Deal): Cell[][] {
  return shares.map(({ person, role, level }) => [id, person?.id ?? null, role ?? null, level])
}

/** What a page shows, of a deal. */
export const PAGE_COLUMNS = 'id, name, stage, amount, next_step, owner, updated_at, version'
export const PAGE_SQL = `select ${PAGE_COLUMNS} from deals order by updated_at desc, id desc limit 50`
