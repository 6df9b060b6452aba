import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Reading } from '../records/stamped.ts'

/** A line as it stands in the table. */
export interface StoredLine {
  readonly product: string | null
  readonly name: string
  readonly description: string | null
  readonly quantity: number
  readonly unitPrice: number
  readonly discountPercent: number
  readonly taxPercent: number
}

/** With what is computed of it, in the currency's own decimals. */
export interface Line extends StoredLine {
  readonly subtotal: number
  readonly discount: number
  readonly tax: number
  readonly total: number
}

export interface LineTotals {
  readonly subtotal: number
  readonly discount: number
  readonly net: number
  readonly tax: number
  /** The discount as a share of the subtotal, in percent; nothing where that is nothing. */
  readonly discountPercent: number
}

/** Puts lines in the place of those that the record has. */
export async function replaceLines(
  { database }: Reading,
  module: Key,
  record: string,
  lines: readonly StoredLine[],
): Promise<void> {
  await sql`delete from record_lines where module = ${module} and record_id = ${record}::uuid`.execute(database)
  const rows = lines.map((line, at) => ({ ...line, position: at + 1 }))
  await sql`
    insert into record_lines (module, record_id, position, product_id, name, description, quantity, unit_price, discount_percent, tax_percent)
    select ${module}, ${record}::uuid, position, product, name, description, quantity, "unitPrice", "discountPercent", "taxPercent"
    from json_to_recordset(${JSON.stringify(rows)}::json) as line (position integer, product uuid, name text, description text,
      quantity numeric, "unitPrice" numeric, "discountPercent" numeric, "taxPercent" numeric)
  `.execute(database)
}

/** A record's lines in order. @param decimals of the currency's amounts */
export async function selectLines(
  { database }: Reading,
  module: Key,
  record: string,
  decimals: number,
): Promise<Line[]> {
  const { rows } = await sql<Line & { position: number }>`
    select * from (${computed(module, record, decimals)}) as line order by position`.execute(database)
  return rows.map(({ position: _position, ...line }) => line)
}

export async function selectTotals(
  { database }: Reading,
  module: Key,
  record: string,
  decimals: number,
): Promise<LineTotals> {
  const { rows } = await sql<LineTotals>`
    select sums.*, sums.subtotal - sums.discount as net,
      case when sums.subtotal = 0 then 0 else round(sums.discount * 100 / sums.subtotal, 4) end as "discountPercent"
    from (
      select coalesce(sum(subtotal), 0) as subtotal, coalesce(sum(discount), 0) as discount, coalesce(sum(tax), 0) as tax
      from (${computed(module, record, decimals)}) as line
    ) as sums`.execute(database)
  const [totals] = rows
  if (!totals) throw new Error('A sum of nothing is a row all the same.')
  return totals
}

/** Each step of each line is rounded, half away from zero, as `round` does with numerics; sums of such need no rounding. */
function computed(module: Key, record: string, decimals: number): RawBuilder<unknown> {
  const digits = sql`${decimals}::int`
  return sql`
    select l.position, l.product_id as product, l.name, l.description, l.quantity, l.unit_price as "unitPrice",
      l.discount_percent as "discountPercent", l.tax_percent as "taxPercent",
      a.subtotal, b.discount, c.tax, a.subtotal - b.discount + c.tax as total
    from record_lines as l
    cross join lateral (select round(l.quantity * l.unit_price, ${digits}) as subtotal) as a
    cross join lateral (select round(a.subtotal * l.discount_percent * 0.01, ${digits}) as discount) as b
    cross join lateral (select round((a.subtotal - b.discount) * l.tax_percent * 0.01, ${digits}) as tax) as c
    where l.module = ${module} and l.record_id = ${record}::uuid`
}
