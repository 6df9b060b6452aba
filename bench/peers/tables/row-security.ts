import { Client, type ClientConfig } from 'pg'
import { runAsOwner } from '../../data-set/run-as-owner.ts'
import { CLOSED_STAGES, HEAD_ROLE, RULES, type RuleLevel, rolesIn } from '../world/organization.ts'
import type { AskedAction } from '../world/questions.ts'

/**
 * PostgreSQL's row security as its users have learned to write it: everything about the person in functions that are called once a
 * statement (`(select …)`), arrays instead of subqueries per row, and no join in a policy.
 */
export const READER = 'peers_reader'

const FUNCTIONS = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${READER}') then create role ${READER}; end if;
end $$;
create schema app;
grant usage on schema app to ${READER};
grant select, update, delete on deals to ${READER};
grant insert on audit to ${READER};

create function app.person() returns uuid language sql stable
  return nullif(current_setting('app.person', true), '')::uuid;
create function app.role() returns text language sql stable security definer set search_path = public
  return (select role from people where id = app.person());
create function app.is_of(wanted text) returns boolean language sql stable security definer set search_path = public
  return exists (select from people where id = app.person() and profile = wanted);
create function app.roles_below() returns text[] language sql stable security definer set search_path = public
  return array(select role from role_above where above = app.role());
create function app.gains_by(wanted text) returns boolean language sql stable security definer set search_path = public
  return exists (select from rule_audience where rule = wanted and role = app.role());
create function app.shared(levels text[]) returns uuid[] language sql stable security definer set search_path = public
  return array(
    select deal from deal_shares where person = app.person() and level = any(levels)
    union select deal from deal_shares where role = app.role() and level = any(levels)
  );
`

const OWN = 'owner = (select app.person())'
const BELOW = 'owner_role = any ((select app.roles_below())::text[])'
const SHARED = `id = any ((select app.shared('{read,edit}'))::uuid[])`
const SHARED_TO_EDIT = `id = any ((select app.shared('{edit}'))::uuid[])`
const SHOWN = `(not confidential or ${OWN} or ${SHARED})`
const OPEN = `(stage <> all ('{${CLOSED_STAGES.join(',')}}') or (select app.role()) = '${HEAD_ROLE}')`

function policies(): string {
  const read = [OWN, BELOW, `(select app.is_of('audit'))`, SHARED, ...rules(['read', 'edit'])].join(' or ')
  const edit = [OWN, BELOW, SHARED_TO_EDIT, ...rules(['edit'])].join(' or ')
  return `
    create policy reads on deals for select to ${READER} using ((${read}) and ${SHOWN});
    create policy edits on deals for update to ${READER}
      using ((${edit}) and ${SHOWN} and ${OPEN} and not (select app.is_of('audit')));
    create policy deletes on deals for delete to ${READER}
      using ((${OWN} or ${BELOW}) and ${SHOWN} and ${OPEN} and (select app.is_of('management')));
    alter table deals enable row level security;`
}

function rules(levels: readonly RuleLevel[]): string[] {
  return RULES.filter(({ level }) => levels.includes(level)).map(({ key, ownedBy, stage, amountFrom }) => {
    const parts = [
      `(select app.gains_by('${key}'))`,
      ...(ownedBy === undefined ? [] : [`owner_role = any ('{${[...rolesIn(ownedBy)].join(',')}}')`]),
      ...(stage === undefined ? [] : [`stage = '${stage}'`]),
      ...(amountFrom === undefined ? [] : [`amount >= ${amountFrom}`]),
    ]
    return `(${parts.join(' and ')})`
  })
}

/** On tables that are filled. The role lasts as long as the database server, which must be the run's own. */
export async function addRowSecurity(address: ClientConfig): Promise<void> {
  await runAsOwner(address, 'public', [FUNCTIONS, policies()])
}

/** A connection that sees what somebody may see. */
export class SecuredConnection {
  readonly #client: Client

  constructor(address: ClientConfig) {
    this.#client = new Client({ ...address, options: `-c role=${READER} -c jit=off` })
  }

  async connect(): Promise<void> {
    await this.#client.connect()
  }

  async become(person: { readonly id: string }): Promise<void> {
    await this.#client.query(`select set_config('app.person', $1, false)`, [person.id])
  }

  /** Of these deals, which he may do the action to: by trying, and taking it back. */
  async findAllowed(action: AskedAction, ids: readonly string[]): Promise<Set<string>> {
    const tries: { readonly [action in AskedAction]: string } = {
      read: 'select id from deals where id = any($1)',
      update: 'update deals set version = version where id = any($1) returning id',
      delete: 'delete from deals where id = any($1) returning id',
    }
    await this.#client.query('begin')
    const { rows } = await this.#client.query<{ id: string }>(tries[action], [ids])
    await this.#client.query('rollback')
    return new Set(rows.map(({ id }) => id))
  }

  /** One check by the deal's key, prepared. */
  async mayRead(id: string): Promise<boolean> {
    const { rowCount } = await this.#client.query({
      name: 'check',
      text: 'select from deals where id = $1',
      values: [id],
    })
    return rowCount === 1
  }

  async readIds(text: string): Promise<string[]> {
    const { rows } = await this.#client.query<{ id: string }>({ name: 'page', text })
    return rows.map(({ id }) => id)
  }

  close(): Promise<void> {
    return this.#client.end()
  }
}
