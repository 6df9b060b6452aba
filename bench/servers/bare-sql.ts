import { BUILT_IN_MODULES, isTextType } from '@bailiwick/access'
import { fieldColumn, recordTable, searchTable } from '../../apps/server/src/modules/columns.ts'

export type BenchModule = 'accounts' | 'deals'
/** What a page may be about; absent: the newest of all. */
export interface BarePage {
  readonly sort?: keyof typeof ORDERS
  readonly filter?: { readonly field: string; readonly value: string }
  /** The value or the word is rare, which whoever writes for it knows: its rows first, then their order. */
  readonly rare?: boolean
  readonly word?: string
  readonly limit?: number
}
export interface BareStatement {
  /** Kept prepared under this name; absent where the best plan depends on the values. */
  readonly name?: string
  readonly text: string
  readonly values: readonly unknown[]
}

const ORDERS = {
  newest: 'updated_at desc, id desc',
  name: '(control.fold(f_name) collate "C"), id',
  revenue: 'f_revenue, id',
}

const FRAME = [
  ...['id', 'version', 'owner_id as owner', 'confidential', 'created_at as "createdAt"', 'created_by as "createdBy"'],
  ...['updated_at as "updatedAt"', 'updated_by as "updatedBy"', 'external_id as "externalId"'],
].join(', ')

/** Written by hand for the tables as they are, with no thought of who asks: the limit that ours is held against. */
export function barePage(module: BenchModule, page: BarePage): BareStatement {
  const { sort = 'newest', filter, rare = false, word, limit = 51 } = page
  const values: unknown[] = [limit]
  const conditions = ['deleted_at is null']
  if (filter) {
    values.push(filter.value.toLowerCase())
    conditions.push(`(control.fold(${fieldColumn(filter.field)}) collate "C") = $${values.length}`)
  }
  if (word !== undefined) {
    values.push(rare ? `%${word.toLowerCase()}%` : word.toLowerCase())
    conditions.push(rare ? wordIndexed(module, values.length) : `(${wordFound(module, values.length)})`)
  }
  const name = filter || word !== undefined ? undefined : `page ${module} ${sort}`
  const found = `select * from ${tableOf(module)} where ${conditions.join(' and ')}`
  const from = rare ? `with found as materialized (${found})` : `with found as (${found})`
  return { name, text: `${from} select ${columnsOf(module)} from found order by ${ORDERS[sort]} limit $1`, values }
}

export function bareRecord(module: BenchModule, id: string): BareStatement {
  const text = `select ${columnsOf(module)} from ${tableOf(module)} where id = $1 and deleted_at is null`
  return { name: `read ${module}`, text, values: [id] }
}

/** A change with a row of audit in the same statement. */
export function bareUpdate(module: BenchModule, id: string, phone: string): BareStatement {
  const text = `with changed as (
      update ${tableOf(module)} set f_phone = $2, updated_at = now(), version = version + 1 where id = $1 returning *
    ), noted as (
      insert into bare.audit (at, record_id, action, changes)
      select now(), id, 'update', jsonb_build_object('phone', $2::text) from changed
    ) select ${columnsOf(module)} from changed`
  return { name: `update ${module}`, text, values: [id, phone] }
}

export function bareCreate(module: BenchModule, id: string, owner: number, name: string): BareStatement {
  const text = `with made as (
      insert into ${tableOf(module)} (id, owner_id, created_at, created_by, updated_at, updated_by, f_name)
      values ($1, $2, now(), $2, now(), $2, $3) returning *
    ), noted as (
      insert into bare.audit (at, record_id, action, changes)
      select now(), id, 'create', jsonb_build_object('name', $3::text) from made
    ) select ${columnsOf(module)} from made`
  return { name: `create ${module}`, text, values: [id, owner, name] }
}

export function bareCount(module: BenchModule, most?: number): BareStatement {
  const rows = `select from ${tableOf(module)} where deleted_at is null`
  if (most === undefined)
    return {
      name: `count ${module}`,
      text: `select count(*) as total from ${tableOf(module)} where deleted_at is null`,
      values: [],
    }
  return { name: `capped ${module}`, text: `select count(*) as total from (${rows} limit $1) one`, values: [most] }
}

/** Sums of amounts by stage over what isn't confidential; with owners: over their records alone. */
export function bareSum(owners?: readonly number[]): BareStatement {
  const of = owners === undefined ? '' : 'and owner_id = any($1)'
  const text = `select f_stage as stage, count(*) as n, sum(f_amount) as amount from r_deals
    where deleted_at is null and not confidential ${of} group by 1 order by 1`
  // Without a name: a plan that is kept searches the list of owners from its beginning for every row.
  return owners === undefined ? { name: 'sum', text, values: [] } : { text, values: [owners] }
}

function tableOf(module: BenchModule): string {
  return recordTable(module)
}

function fieldsOf(module: BenchModule) {
  return Object.entries(BUILT_IN_MODULES[module]?.fields ?? {})
}

/** All that a person who may see everything gets. */
function columnsOf(module: BenchModule): string {
  return [FRAME, ...fieldsOf(module).map(([key]) => `"${fieldColumn(key)}" as "${key}"`)].join(', ')
}

function wordFound(module: BenchModule, parameter: number): string {
  return textColumns(module)
    .map((column) => `position($${parameter} in (control.fold("${column}") collate "C")) > 0`)
    .join(' or ')
}

/** By the index of words that is there. */
function wordIndexed(module: BenchModule, parameter: number): string {
  const found = textColumns(module).map((column) => `"${column}" like $${parameter}`)
  return `id in (select id from ${searchTable(module)} where ${found.join(' or ')})`
}

function textColumns(module: BenchModule): string[] {
  return fieldsOf(module)
    .filter(([, { type }]) => isTextType(type) && type !== 'choices' && type !== 'file')
    .map(([key]) => fieldColumn(key))
}
