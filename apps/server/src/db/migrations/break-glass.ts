import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * A share that came of breaking the glass stands beside the other that its holder may have, which it must not take with it when it ends.
 * And of what people are told: that somebody broke the glass, and that a change of the policy waits, which is about no record.
 */
export async function breakGlassBeside(owner: QueryExecutorProvider): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(owner)
}

const STATEMENTS = [
  sql`alter table shares
    add column broken_glass boolean not null default false,
    drop constraint shares_pkey,
    add primary key (record_id, grantee, broken_glass)`,
  sql`alter table notifications
    drop constraint notifications_kind_check,
    add check (kind in ('changed', 'mentioned', 'assigned', 'shared', 'commented', 'due', 'breakGlass', 'approval')),
    alter column module drop not null,
    alter column record_id drop not null`,
]
