import { type QueryExecutorProvider, sql } from 'kysely'

/** Lines of quotes and orders: part of their record, and reached through it alone. Figures are exact; what is computed of them is never stored. */
export async function createRecordLines(owner: QueryExecutorProvider, role: string): Promise<void> {
  await sql`create table record_lines (
    module text not null,
    record_id uuid not null,
    position integer not null check (position > 0),
    product_id uuid,
    name text not null,
    description text,
    quantity numeric(19,4) not null,
    unit_price numeric(19,4) not null,
    discount_percent numeric(7,4) not null default 0 check (discount_percent between 0 and 100),
    tax_percent numeric(7,4) not null default 0 check (tax_percent between 0 and 100),
    primary key (record_id, position)
  )`.execute(owner)
  await sql`grant select, insert, update, delete on record_lines to ${sql.id(role)}`.execute(owner)
}
