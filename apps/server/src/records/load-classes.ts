import {
  type ClassSide,
  comparisonKey,
  type FieldComparison,
  holds,
  type Key,
  LEVELS,
  type ModulePlan,
  type NeededSide,
  type Policy,
  type PolicyField,
  type ReachCondition,
  type RecordClasses,
  type RecordFacts,
  type ShareFact,
} from '@bailiwick/access'
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { fromStored } from './field-values.ts'
import { type OwnerColumn, ownerColumn, type TellingOwners } from './owner-column.ts'
import { instant, reachToSql } from './reach-to-sql.ts'

/** What is grouped: the policy that the tables follow, its owners, and the moment (epoch ms). */
export interface ClassReading extends TellingOwners {
  readonly database: QueryExecutorProvider
  readonly policy: Policy
  readonly now: number
}

/** Comparisons of one field up to which each makes a bit; with more of them the field's own values are grouped by. */
const MOST_BITS = 12
/** And so they are where there are few: folding a text for each comparison costs more than the grouping. */
const FEW_VALUES = 1_000

/**
 * The undeleted records that a comparison has to look at, grouped by all that it may turn on, in one statement: a row for each class.
 * The plan's conditions must be askable of the tables as they are.
 */
export async function loadClasses(reading: ClassReading, { module, zone, needed }: ModulePlan): Promise<RecordClasses> {
  const few = await fieldsOfFewValues(reading, needed)
  const sides = [...needed].map(([path, side], at) => sideQuery(reading, path, side, at, needed, few))
  const columns = sides.flatMap((side) => side.columns)
  const joins = sides.flatMap((side) => side.join ?? [])
  const { rows } = await sql<ClassRow>`
    select ${sql.join(columns)}, count(*)::int as n
    from (${sql.join(zoneBranches(reading, module, zone), sql` union all `)}) as t ${sql.join(joins, sql` `)}
    group by ${sql.raw(columns.map((_, at) => at + 1).join())}
  `.execute(reading.database)
  const counts = Int32Array.from(rows, (row) => row.n)
  return { module, counts, sides: new Map(sides.map((side) => [side.path, classSide(reading, side, rows)])) }
}

/** The zone's records, in a branch each by owners, by shares, and by all else: one predicate of the three walks the whole table. */
function zoneBranches(reading: ClassReading, module: Key, zone: ReachCondition): RawBuilder<unknown>[] {
  const parts = 'any' in zone ? zone.any : [zone]
  const asked = { snapshot: reading, now: reading.now }
  const owners = parts.flatMap((part) => ('owners' in part ? [...part.owners] : []))
  const ids = owners.flatMap((owner) => reading.owners.idOf(owner) ?? [])
  const grantees = parts.flatMap((part) => ('sharedWith' in part ? [...part.sharedWith] : []))
  const others = parts.filter((part) => !('owners' in part) && !('sharedWith' in part))
  const conditions = [
    ...(ids.length > 0 ? [sql<boolean>`t.owner_id = any(${ids}::int[])`] : []),
    ...(grantees.length > 0 ? [sharedWithAny(grantees)] : []),
    ...(others.length > 0 ? [reachToSql(asked, module, 't', { any: others })] : []),
  ]
  const table = sql.table(recordTable(module))
  const branches = conditions.map((condition, at) => {
    const earlier = conditions.slice(0, at).map((one) => sql`and not ${one}`)
    return sql`select t.* from ${table} as t where t.deleted_at is null and ${condition} ${sql.join(earlier, sql` `)}`
  })
  return branches.length > 0 ? branches : [sql`select t.* from ${table} as t where false`]
}

/** Expired shares and all: a zone may be larger than what changes. */
function sharedWithAny(grantees: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`t.id in (select sh.record_id from shares sh where sh.grantee = any(${grantees}::text[]))`
}

interface ClassRow {
  readonly n: number
  readonly [column: string]: unknown
}

/** Columns that the database knows to hold few values, as `table column`. */
async function fieldsOfFewValues({ database }: ClassReading, needed: ModulePlan['needed']): Promise<Set<string>> {
  const sides = [...needed.values()]
  const tables = sides.map(({ module }) => recordTable(module))
  const columns = sides.flatMap(({ comparisons }) => [...comparisons.values()].map(({ field }) => fieldColumn(field)))
  if (columns.length === 0) return new Set()
  const { rows } = await sql<{ name: string }>`
    select tablename || ' ' || attname as name from pg_stats
    where schemaname = current_schema() and tablename = any(${tables}::text[]) and attname = any(${columns}::text[])
      and n_distinct between 0 and ${FEW_VALUES}
  `.execute(database)
  return new Set(rows.map(({ name }) => name))
}

interface SideQuery {
  readonly path: string
  readonly owners: OwnerColumn
  readonly at: number
  readonly module: Key
  readonly isParent: boolean
  readonly columns: readonly RawBuilder<unknown>[]
  readonly join?: RawBuilder<unknown>
  /** In the order of their bits. */
  readonly bits: readonly FieldComparison[]
  /** Fields whose values themselves are told apart. */
  readonly fields: readonly PolicyField[]
}

function sideQuery(
  reading: ClassReading,
  path: string,
  side: NeededSide,
  at: number,
  needed: ModulePlan['needed'],
  few: ReadonlySet<string>,
): SideQuery {
  const { module, from, comparisons } = side
  const alias = aliasOf(path, needed)
  const owners = ownerColumn(reading, alias, side)
  const byField = Map.groupBy(comparisons.values(), (comparison) => comparison.field)
  const fields = [...byField].flatMap(([key, list]) => {
    const isByValue = list.length > MOST_BITS || few.has(`${recordTable(module)} ${fieldColumn(key)}`)
    return isByValue ? groupable(reading, module, key) : []
  })
  const bits = [...comparisons.values()].filter(({ field }) => !fields.some(({ key }) => key === field))
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const columns = [
    ...(from ? [sql`${column('id')} is not null as ${sql.id(`t${at}`)}`] : []),
    sql`${owners.query} as ${sql.id(`o${at}`)}`,
    sql`${column('confidential')} as ${sql.id(`c${at}`)}`,
    sql`${sharesOf(reading, alias, side)} as ${sql.id(`s${at}`)}`,
    sql`${bitsOf(reading, module, alias, bits)} as ${sql.id(`b${at}`)}`,
    ...fields.map((field, index) => sql`${column(fieldColumn(field.key))} as ${sql.id(`f${at}_${index}`)}`),
  ]
  const join = from && joinOf(module, alias, from, needed)
  return { path, owners, at, module, isParent: from !== undefined, columns, join, bits, fields }
}

function aliasOf(path: string, needed: ModulePlan['needed']): string {
  return path === '' ? 't' : `p${[...needed.keys()].indexOf(path)}`
}

function joinOf(
  module: Key,
  alias: string,
  from: { readonly path: string; readonly field: Key },
  needed: ModulePlan['needed'],
): RawBuilder<unknown> {
  const lookup = sql.ref(`${aliasOf(from.path, needed)}.${fieldColumn(from.field)}`)
  return sql`left join ${sql.table(recordTable(module))} as ${sql.ref(alias)}
    on ${sql.ref(`${alias}.id`)} = ${lookup} and ${sql.ref(`${alias}.deleted_at`)} is null`
}

function groupable({ policy }: ClassReading, module: Key, key: Key): PolicyField[] {
  const field = policy.modules.get(module)?.fields.get(key)
  return field && !field.encrypted ? [field] : []
}

/** Of more, to ask each share whether it is theirs costs more than the classes that are spared: 2 s of a move of 1,000 people. */
const MOST_GRANTEES = 100

/** The unexpired shares that are asked about, as a text; nothing for the many records that nobody shared. */
function sharesOf({ now }: ClassReading, alias: string, { grantees }: NeededSide): RawBuilder<string | null> {
  if (grantees.size === 0) return sql`null::text`
  return sql`case when ${sql.ref(`${alias}.shares_count`)} > 0 then (
    select string_agg(sh.grantee || ' ' || sh.level, ',' order by sh.grantee, sh.level) from shares sh
    where sh.record_id = ${sql.ref(`${alias}.id`)} and (sh.expires_at is null or sh.expires_at > ${instant(now)})
      ${grantees.size > MOST_GRANTEES ? sql`` : sql`and sh.grantee = any(${[...grantees]}::text[])`}) end`
}

function bitsOf(
  reading: ClassReading,
  module: Key,
  alias: string,
  comparisons: readonly FieldComparison[],
): RawBuilder<string> {
  const asked = { snapshot: reading, now: reading.now }
  const bits = comparisons.map((compare) => sql`(${reachToSql(asked, module, alias, { compare })})::int`)
  return bits.length === 0 ? sql`null::text` : sql`concat(${sql.join(bits)})`
}

function classSide(reading: ClassReading, side: SideQuery, rows: readonly ClassRow[]): ClassSide {
  const { at, isParent } = side
  const truths = new Map<string, Uint8Array>()
  const shares = new Map<unknown, readonly ShareFact[]>([[null, []]])
  const column = (letter: string) => rows.map((row) => row[`${letter}${at}`])
  return {
    ...(isParent ? { isThere: column('t').map(Boolean) } : {}),
    owners: column('o').map((value) => side.owners.refOf(Number(value ?? 0))),
    confidential: column('c').map(Boolean),
    shares: column('s').map((text) => keep(shares, text, () => parseShares(String(text)))),
    truths: (comparison) => keep(truths, comparisonKey(comparison), () => truthsOf(reading, side, rows, comparison)),
  }
}

function keep<Name, Value>(kept: Map<Name, Value>, name: Name, make: () => Value): Value {
  const value = kept.get(name) ?? make()
  kept.set(name, value)
  return value
}

function parseShares(text: string): ShareFact[] {
  return text.split(',').map((share) => {
    const [grantee = '', level] = share.split(' ')
    return { with: grantee, level: LEVELS[Number(level)] ?? 'none' }
  })
}

function truthsOf(
  reading: ClassReading,
  side: SideQuery,
  rows: readonly ClassRow[],
  comparison: FieldComparison,
): Uint8Array {
  const bit = side.bits.findIndex((one) => comparisonKey(one) === comparisonKey(comparison))
  const bits = `b${side.at}`
  if (bit >= 0) return Uint8Array.from(rows, (row) => (String(row[bits])[bit] === '1' ? 1 : 0))
  const index = side.fields.findIndex(({ key }) => key === comparison.field)
  const field = side.fields[index]
  if (!field) throw new Error(`Nothing was asked of ${comparison.field} of ${side.module}.`)
  return valueTruths(reading, side.module, field, comparison, rows, `f${side.at}_${index}`)
}

function valueTruths(
  reading: ClassReading,
  module: Key,
  field: PolicyField,
  comparison: FieldComparison,
  rows: readonly ClassRow[],
  column: string,
): Uint8Array {
  const known = new Map<unknown, number>()
  const moment = { now: reading.now, timeZone: reading.policy.timeZone }
  const ask = (stored: unknown) =>
    holds({ compare: comparison }, factsWith(reading, module, field, stored), moment) ? 1 : 0
  return Uint8Array.from(rows, (row) => {
    const stored = row[column]
    return keep(known, Array.isArray(stored) ? stored.join('\n') : stored, () => ask(stored))
  })
}

/** A record of which nothing is known but one field. */
function factsWith({ owners }: ClassReading, module: Key, field: PolicyField, stored: unknown): RecordFacts {
  const value = fromStored(field, stored, { owners })
  const nothing = { module, owner: '', confidential: false, values: { [field.key]: value }, shares: [] }
  return field.system ? { ...nothing, [field.key]: value ?? undefined } : nothing
}
