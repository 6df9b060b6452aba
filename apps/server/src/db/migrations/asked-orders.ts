import { type QueryExecutorProvider, sql } from 'kysely'

/** In which orders without an index lists were asked for, and when last: see docs/decisions/0022-orders-that-are-asked-for.md. */
export async function noteAskedOrders(owner: QueryExecutorProvider, role: string): Promise<void> {
  await sql`create table asked_orders (
    module text not null,
    sort text not null,
    asked_at timestamptz not null,
    is_unfit boolean not null default false,
    primary key (module, sort)
  )`.execute(owner)
  await sql`grant select, insert, update, delete on asked_orders to ${sql.id(role)}`.execute(owner)
}
