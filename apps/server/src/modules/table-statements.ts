import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import {
  blindIndexColumn,
  columnType,
  fieldColumn,
  foreignKeyName,
  indexName,
  ORDER_INDEXES,
  recordTable,
  sequenceName,
} from './columns.ts'
import { countingTriggers } from './counting-statements.ts'
import type { FieldIndex } from './field-indexes.ts'
import { ruleIndexStatements } from './rule-indexes.ts'
import { leaveTexts, searchStatements } from './searched-texts.ts'
import type { TableChange } from './table-changes.ts'
import type { TableField } from './table-field.ts'
import { undeletedWithin } from './undeleted.ts'

/** The schema that the tables stand in, and the role that works on them without owning them. */
export interface TablePlace {
  readonly schema: string
  readonly role: string
}

export type Statement = RawBuilder<unknown>

/** What six digits and more of a number look like as text: shorter ones get leading zeros, so that they sort. */
const AUTO_NUMBER_FORMAT = 'FM999999999999000000'

/** The statements of one step, in order. Names reach SQL as quoted identifiers only. */
export function tableStatements(place: TablePlace, change: TableChange): Statement[] {
  switch (change.kind) {
    case 'createModule':
      return createModule(place, change.module)
    case 'dropModule':
      return [sql`drop table ${tableOf(place, change.module)}`]
    case 'addField':
      return addField(place, change.module, change.field, change.to)
    case 'dropField':
      return dropField(place, change.module, change.field, change.was)
    case 'convertField':
      return convertField(place, change)
    case 'dropOrders':
      return dropOrders(place, change.module, change.field)
    case 'addIndex':
      return [addIndex(place, change.module, change.index), ...addStatistics(place, change.module, change.index)]
    case 'dropIndex':
      return dropIndex(place, change.index)
    case 'addRuleIndex':
      return ruleIndexStatements(tableOf(place, change.module), sql.id(place.schema, change.index.name), change.index)
    case 'addTexts':
      return searchStatements(place, change.module, change.texts)
    case 'dropTexts':
      return leaveTexts(place, change.module)
    case 'dropRuleIndex':
      return dropExpressions(place, change.index.name)
  }
}

function tableOf(place: TablePlace, module: Key): Statement {
  return sql.id(place.schema, recordTable(module))
}

function createModule(place: TablePlace, module: Key): Statement[] {
  const table = tableOf(place, module)
  const owners = sql.id(place.schema, 'owners')
  return [
    sql`create table ${table} (
      id uuid primary key,
      owner_id integer not null references ${owners} (id),
      bucket integer not null default 0,
      confidential boolean not null default false,
      created_at timestamptz not null,
      created_by integer references ${owners} (id),
      updated_at timestamptz not null,
      updated_by integer references ${owners} (id),
      version integer not null default 1,
      deleted_at timestamptz,
      external_id text,
      shares_count integer not null default 0
    )`,
    ...standingIndexes(module, table),
    sharedIndex(place, module),
    ...bucketing(place, module),
    ...countingTriggers(place, module),
    sql`grant select, insert, update, delete on ${table} to ${sql.id(place.role)}`,
  ]
}

/** Records of a table that has no buckets yet carry bucket 0, until their owners' records are moved to where their owners are. */
export function bucketStatements(place: TablePlace, module: Key): Statement[] {
  return [
    sql`alter table ${tableOf(place, module)} add column bucket integer not null default 0`,
    ...bucketing(place, module),
  ]
}

/**
 * Every record carries its owner's bucket, whoever writes it. The index holds what caps ask for besides, so that a page's records are
 * found without reading others.
 */
function bucketing(place: TablePlace, module: Key): Statement[] {
  const table = tableOf(place, module)
  const name = sql.id(indexName(module, '$bucket', 'i'))
  return [
    sql`create index ${name} on ${table} (bucket, updated_at desc, id desc)
      include (owner_id, confidential, shares_count) where ${undeletedWithin()}`,
    sql`create trigger fill_bucket before insert or update of owner_id on ${table}
      for each row execute function ${sql.id(place.schema, 'fill_bucket')}()`,
  ]
}

/** The index by which shared records are found. */
export function sharedIndexName(module: Key): string {
  return indexName(module, '$shared', 'i')
}

/**
 * The few records that somebody shared by hand, with what a list of the newest and caps ask for: whoever sees many of them has their
 * keys from some pages that lie together, and then needs to fetch only those of his page.
 */
export function sharedIndex(place: TablePlace, module: Key): Statement {
  return sql`create index ${sql.id(sharedIndexName(module))} on ${tableOf(place, module)} (id)
    include (updated_at, owner_id, bucket, confidential) where shares_count > 0 and deleted_at is null`
}

/**
 * What every list needs: an owner's records and everybody's by newest, the recycle bin, and records by their outside name (to the letter
 * for imports, folded for filters; a record in the bin keeps its name, so that restoring it can't collide).
 */
function standingIndexes(module: Key, table: Statement): Statement[] {
  const name = (of: string, kind: 'i' | 'u' = 'i') => sql.id(indexName(module, `$${of}`, kind))
  return [
    sql`create index ${name('owner')} on ${table} (owner_id, updated_at desc, id desc)`,
    sql`create index ${name('updated')} on ${table} (updated_at desc, id desc) where deleted_at is null`,
    sql`create index ${name('created')} on ${table} (created_at desc, id desc) where deleted_at is null`,
    sql`create index ${name('deleted')} on ${table} (deleted_at desc, id desc) where deleted_at is not null`,
    sql`create unique index ${name('external', 'u')} on ${table} (external_id) where external_id is not null`,
    sql`create index ${name('external')} on ${table} (${folded('external_id')}) where external_id is not null`,
  ]
}

function addField(place: TablePlace, module: Key, field: Key, shape: TableField): Statement[] {
  const table = tableOf(place, module)
  const add = sql`alter table ${table} add column ${sql.id(fieldColumn(field))} ${sql.raw(columnType(shape))}`
  if (shape.encrypted) return [sql`${add}, add column ${sql.id(blindIndexColumn(field))} text`]
  if (shape.type === 'autoNumber') return addNumbered(place, module, field, add)
  const target = targetOf(place, shape)
  if (!target) return [add]
  return [sql`${add} constraint ${sql.id(foreignKeyName(module, field))} ${target}`]
}

/** Records that are there already get their numbers at once. */
function addNumbered(place: TablePlace, module: Key, field: Key, add: Statement): Statement[] {
  const sequence = sql.id(place.schema, sequenceName(module, field))
  const column = sql.id(place.schema, recordTable(module), fieldColumn(field))
  const quoted = `"${place.schema}"."${sequenceName(module, field)}"`
  return [
    sql`create sequence ${sequence}`,
    sql`${add} default to_char(nextval(${sql.lit(quoted)}::regclass), ${sql.lit(AUTO_NUMBER_FORMAT)})`,
    sql`alter sequence ${sequence} owned by ${column}`,
    sql`grant usage on sequence ${sequence} to ${sql.id(place.role)}`,
  ]
}

/** A purged record leaves its lookups empty; owners are never deleted. */
function targetOf(place: TablePlace, shape: TableField): Statement | undefined {
  if (shape.type === 'user') return sql`references ${sql.id(place.schema, 'owners')} (id)`
  if (shape.type !== 'lookup' || shape.module === undefined) return undefined
  return sql`references ${tableOf(place, shape.module)} (id) on delete set null`
}

function dropField(place: TablePlace, module: Key, field: Key, shape: TableField): Statement[] {
  const drop = sql`alter table ${tableOf(place, module)} drop column ${sql.id(fieldColumn(field))}`
  return [shape.encrypted ? sql`${drop}, drop column ${sql.id(blindIndexColumn(field))}` : drop]
}

function convertField(place: TablePlace, change: TableChange & { kind: 'convertField' }): Statement[] {
  const table = tableOf(place, change.module)
  const column = sql.id(fieldColumn(change.field))
  if (change.from.type === 'autoNumber') {
    const sequence = sql.id(place.schema, sequenceName(change.module, change.field))
    return [sql`alter table ${table} alter column ${column} drop default`, sql`drop sequence ${sequence}`]
  }
  const type = sql.raw(columnType(change.to))
  const value =
    change.to.type === 'choices'
      ? sql`case when ${column} is not null then array[${column}] end`
      : sql`${column}::${type}`
  return [sql`alter table ${table} alter column ${column} type ${type} using ${value}`]
}

function addIndex(place: TablePlace, module: Key, index: FieldIndex): Statement {
  const table = tableOf(place, module)
  const name = sql.id(index.name)
  const column = sql.id(index.column)
  const value = index.by === 'folded' ? folded(index.column) : column
  if (index.unique) return sql`create unique index ${name} on ${table} (${value}) where deleted_at is null`
  if (index.by === 'bucketed') {
    return sql`create index ${name} on ${table} (bucket, ${folded(index.column)}, id)
      include (owner_id, confidential, shares_count) where ${undeletedWithin()}`
  }
  if (index.by === 'owned') {
    return sql`create index ${name} on ${table} (owner_id, ${folded(index.column)}, id) where ${undeletedWithin()}`
  }
  if (index.by === 'members') return sql`create index ${name} on ${table} using gin (${column})`
  if (index.by === 'related') return sql`create index ${name} on ${table} (${column}, updated_at desc, id desc)`
  return sql`create index ${name} on ${table} (${value}, id) where deleted_at is null`
}

/**
 * How often values come, under the index's name: an index over a part of the table tells the planner nothing about an expression, and a
 * value that it takes to be common when it is rare is looked for through all of a list.
 */
function addStatistics(place: TablePlace, module: Key, { name, by, column }: FieldIndex): Statement[] {
  if (by !== 'folded') return []
  return [sql`create statistics ${sql.id(place.schema, name)} on ${folded(column)} from ${tableOf(place, module)}`]
}

function dropIndex(place: TablePlace, { name, by }: FieldIndex): Statement[] {
  return by === 'folded' ? dropExpressions(place, name) : [sql`drop index ${sql.id(place.schema, name)}`]
}

/** Whatever came of lists that were sorted by the field, among others perhaps. */
function dropOrders(place: TablePlace, module: Key, field: Key): Statement[] {
  const named = (name: string) => `'${name.replaceAll("'", "''")}'`
  const body = `
    declare one record;
    begin
      for one in
        select index.oid::regclass as name from pg_attribute
        join pg_depend on refclassid = 'pg_class'::regclass and refobjid = attrelid and refobjsubid = attnum and classid = 'pg_class'::regclass
        join pg_class as index on index.oid = objid and starts_with(index.relname, ${named(ORDER_INDEXES)})
        where attrelid = (quote_ident(${named(place.schema)}) || '.' || quote_ident(${named(recordTable(module))}))::regclass
          and attname = ${named(fieldColumn(field))}
      loop execute format('drop index %s', one.name); end loop;
    end`
  const statistics = sql`drop statistics if exists ${sql.id(place.schema, indexName(module, field, 'l'))}`
  return [sql`do ${sql.lit(body)}`, statistics]
}

/** An index, and what is told of its expressions under the same name. */
function dropExpressions(place: TablePlace, name: string): Statement[] {
  return [
    sql`drop index if exists ${sql.id(place.schema, name)}`,
    sql`drop statistics if exists ${sql.id(place.schema, name)}`,
  ]
}

/** The one form in which text is compared and sorted, as an index expression. */
function folded(column: string): Statement {
  return sql`(control.fold(${sql.id(column)}) collate "C")`
}
