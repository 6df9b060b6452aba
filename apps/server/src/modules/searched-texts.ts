import type { Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn, hasOwnColumn, isFoldedText, recordTable, type StoredField, searchTable } from './columns.ts'
import type { TableField, TableModule } from './table-field.ts'

/** The schema that the tables stand in, and the role that works on them. */
interface Place {
  readonly schema: string
  readonly role: string
}

/** What is searched for words has its texts, folded and spelled in ASCII (`control.spelled`), in a table of its own beside the records'. */
export interface SearchedTexts {
  /** The columns, which have the same names in both tables. */
  readonly columns: readonly string[]
  /** Those that were there before, with the same texts in them; without: all are filled. */
  readonly kept?: readonly string[]
}

type Statement = RawBuilder<unknown>

/** Whether a search goes through the field, for whoever reads it in clear. */
export function isSearchedField(key: Key, field: StoredField): boolean {
  return isFoldedText(field) && (key === 'externalId' || !hasOwnColumn(key))
}

export function searchedColumns({ fields }: TableModule): string[] {
  const keys = [...fields].filter(([key, field]) => isSearchedField(key, field)).map(([key]) => key)
  return [...new Set(['externalId', ...keys])].map(fieldColumn).sort()
}

/** What has to be done where a module's fields change; nothing where its texts stay as they are. */
export function changedTexts(before: TableModule, after: TableModule, isKept: IsKept): SearchedTexts | undefined {
  const [old, columns] = [searchedColumns(before), searchedColumns(after)]
  const gone = old.filter((column) => !columns.includes(column))
  const fresh = columns.filter((column) => !old.includes(column))
  const isAnew = gone.length > 0 || [...after.fields].some(([key, field]) => isMadeAnew(key, before, field, isKept))
  if (isAnew) return { columns }
  return fresh.length > 0 ? { columns, kept: old } : undefined
}

/** Whether the field's column stays as it is when the field becomes another. */
type IsKept = (from: TableField, to: TableField) => boolean

/** Whether a column of that name goes and comes, or comes with texts in it that nobody wrote: numbers. */
function isMadeAnew(key: Key, before: TableModule, field: TableField, isKept: IsKept): boolean {
  if (!isSearchedField(key, field)) return false
  const was = before.fields.get(key)
  return was && isSearchedField(key, was) ? !isKept(was, field) : field.type === 'autoNumber'
}

/** By which it is known what the table of searched texts has. */
export function toldColumns(columns: readonly string[]): string {
  return columns.join(' ')
}

/** To be done before any of the columns goes. */
export function leaveTexts({ schema }: Place, module: Key): Statement[] {
  const records = sql.id(schema, recordTable(module))
  return [
    ...TRIGGERS.map((name) => sql`drop trigger if exists ${sql.id(name)} on ${records}`),
    sql`drop table if exists ${sql.id(schema, searchTable(module))}`,
    sql`drop function if exists ${sql.id(schema, searchTable(module))}()`,
  ]
}

const TRIGGERS = ['search_made', 'search_changed', 'search_gone', 'search_emptied']

/** The statements that make them, in order. The triggers come before the records that are there are read. */
export function searchStatements(place: Place, module: Key, { columns, kept }: SearchedTexts): Statement[] {
  const table = sql.id(place.schema, searchTable(module))
  const fresh = columns.filter((column) => !kept?.includes(column))
  const added = fresh.map((column) => sql`${sql.id(column)} text collate "C"`)
  const begun = kept
    ? [
        sql`drop trigger search_changed on ${sql.id(place.schema, recordTable(module))}`,
        sql`alter table ${table} ${sql.join(added.map((column) => sql`add column ${column}`))}`,
        textsFunction(place, module, columns),
      ]
    : [
        sql`create table ${table} (id uuid primary key, ${sql.join(added)})`,
        sql`grant select, insert, update, delete on ${table} to ${sql.id(place.role)}`,
        textsFunction(place, module, columns),
        ...standingTriggers(place, module),
      ]
  const filled = kept ? [] : [fillStatement(place, module, columns)]
  return [
    ...begun,
    changedTrigger(place, module, columns),
    ...filled,
    sql`select control.index_searched(${sql.lit(named(place.schema, searchTable(module)))}::regclass)`,
    ...(kept ? [] : [sql`analyze ${table}`]),
    sql`comment on table ${table} is ${sql.lit(toldColumns(columns))}`,
  ]
}

function fillStatement({ schema }: Place, module: Key, columns: readonly string[]): Statement {
  return sql.raw(insertFrom(schema, module, columns, named(schema, recordTable(module))))
}

function standingTriggers({ schema }: Place, module: Key): Statement[] {
  const records = sql.id(schema, recordTable(module))
  const call = sql`execute function ${sql.id(schema, searchTable(module))}()`
  return [
    sql`create trigger search_made after insert on ${records} referencing new table as made for each statement ${call}`,
    sql`create trigger search_gone after delete on ${records} referencing old table as gone for each statement ${call}`,
    sql`create trigger search_emptied after truncate on ${records} for each statement ${call}`,
  ]
}

/** A record whose texts stay is hardly looked at. */
function changedTrigger({ schema }: Place, module: Key, columns: readonly string[]): Statement {
  const listed = sql.join(columns.map((column) => sql.id(column)))
  const of = (row: string) => sql`row(${sql.join(columns.map((column) => sql`${sql.raw(row)}.${sql.id(column)}`))})`
  return sql`
    create trigger search_changed after update of ${listed} on ${sql.id(schema, recordTable(module))} for each row
    when (${of('old')} is distinct from ${of('new')}) execute function ${sql.id(schema, searchTable(module))}()`
}

/** All tables are named with their schema: whoever writes a record may have another search_path. */
function textsFunction({ schema }: Place, module: Key, columns: readonly string[]): Statement {
  const table = named(schema, searchTable(module))
  const changed = columns.map(quoted).map((column) => {
    const [is, was] = [`new.${column}`, `old.${column}`]
    return `${column} = case when ${is} is distinct from ${was} then ${spelled(is)} else w.${column} end`
  })
  const body = `begin
    if tg_op = 'INSERT' then
      ${insertFrom(schema, module, columns, 'made')};
    elsif tg_op = 'UPDATE' then
      update ${table} as w set ${changed.join(', ')} where w.id = new.id;
    elsif tg_op = 'DELETE' then
      delete from ${table} as w using gone where w.id = gone.id;
    else
      truncate ${table};
    end if;
    return null;
  end`
  const name = sql.id(schema, searchTable(module))
  return sql`create or replace function ${name}() returns trigger language plpgsql as ${sql.lit(body)}`
}

function insertFrom(schema: string, module: Key, columns: readonly string[], from: string): string {
  const names = columns.map(quoted)
  return `insert into ${named(schema, searchTable(module))} (id, ${names.join(', ')})
      select id, ${names.map(spelled).join(', ')} from ${from}`
}

function named(schema: string, name: string): string {
  return `${quoted(schema)}.${quoted(name)}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function spelled(place: string): string {
  return `control.spelled(control.fold(${place}))`
}
