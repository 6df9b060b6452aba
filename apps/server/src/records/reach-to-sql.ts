import type { FieldComparison, Key, Level, PolicyField, ReachCondition, Scalar } from '@bailiwick/access'
import { isNumberType, isTextType, rankOf, resolveValue } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import type { Values } from './list-shapes/values.ts'
import type { Slot } from './remembered-statements.ts'

export type SqlCondition = RawBuilder<boolean>

/** What turning a condition into SQL needs to know: the policy it came from, and the moment that is asked about (epoch ms). */
export interface Reading {
  readonly snapshot: Pick<Snapshot, 'policy' | 'owners'>
  readonly now: number
  /** Where values that are named often are handed over once; without, each stands where it is named. */
  readonly values?: Values
  /** Comparisons whose values come later, each where its slot is. */
  readonly slots?: ReadonlyMap<FieldComparison, Slot>
  /** The planner isn't shown those values, so that it makes one plan for all of them and believes no other to be better. */
  readonly areSlotsHidden?: boolean
  /** Rows of whose shares something is known already; see `shared-rows.ts`. */
  readonly shared?: KnownShares
}

/** What is known of the shares of the rows under an alias. */
export interface KnownShares {
  readonly alias: string
  /** With whom they may be shared: these, of whom `level` tells the highest level that an unexpired share gives one; or nobody at all. */
  readonly with?: { readonly principals: ReadonlySet<string>; readonly level: RawBuilder<number> }
}

const TRUE = sql<boolean>`true`
const FALSE = sql<boolean>`false`
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * A reach's condition as SQL on the record table that stands in the statement under `alias`. It says of every row what `holds` says of
 * its facts, and is never null.
 */
export function reachToSql(reading: Reading, module: Key, alias: string, condition: ReachCondition): SqlCondition {
  if ('literal' in condition) return condition.literal ? TRUE : FALSE
  if ('all' in condition) return joined(reading, module, alias, condition.all, 'and')
  if ('any' in condition) return joined(reading, module, alias, condition.any, 'or')
  if ('not' in condition) return sql`not ${reachToSql(reading, module, alias, condition.not)}`
  if ('owners' in condition) return ownedBy(reading, alias, condition.owners)
  if ('sharedWith' in condition) return sharedWith(reading, alias, condition)
  if ('confidential' in condition) return sql`${column(alias, 'confidential')}`
  if ('parent' in condition) return parentHolds(reading, alias, condition.parent)
  return compared(reading, module, alias, condition.compare)
}

function joined(
  reading: Reading,
  module: Key,
  alias: string,
  parts: readonly ReachCondition[],
  word: 'and' | 'or',
): SqlCondition {
  const conditions = parts.map((part) => reachToSql(reading, module, alias, part))
  return sql`(${sql.join(conditions, word === 'and' ? sql` and ` : sql` or `)})`
}

/** A level as the shares table holds it: read 1, edit 2, full 3. */
export function levelNumber(level: Level): number {
  return rankOf(level)
}

/** There are three, and each has its place in a statement: as values they would be read each time and make no fewer texts. */
function atLeastLevel(level: Level): RawBuilder<number> {
  return sql.lit(levelNumber(level))
}

function column(alias: string, name: string): RawBuilder<unknown> {
  return sql.ref(`${alias}.${name}`)
}

/** By buckets, so that ten thousand owners are no longer to name than one: the bucket is quick to find, the owner decides. */
function ownedBy(reading: Reading, alias: string, owners: ReadonlySet<string>): SqlCondition {
  const { buckets, singles, moved } = reading.snapshot.owners.partsOf(owners)
  const owner = column(alias, 'owner_id')
  // An empty list isn't handed over: the server would read it each time, and nothing asks for it.
  const list = (ids: readonly number[]) => given(reading, ids, 'int[]')
  const inBuckets = () => {
    const unmoved = moved.length === 0 ? sql`` : sql` and ${owner} <> all(${list(moved)})`
    return sql<boolean>`(${column(alias, 'bucket')} = any(${list(buckets)})${unmoved})`
  }
  const single = () => sql<boolean>`${owner} = any(${list(singles)})`
  if (buckets.length === 0) return singles.length === 0 ? FALSE : single()
  return singles.length === 0 ? inBuckets() : sql`(${inBuckets()} or ${single()})`
}

/** A value of the statement. */
function given({ values }: Reading, value: unknown, cast: string): RawBuilder<unknown> {
  return values?.placeOf(value, cast) ?? sql`${value}::${sql.raw(cast)}`
}

/**
 * `shares_count` spares the look-up for the many records that nobody shared by hand. A record's shares are few: `is true` keeps the
 * database from looking for each of the principals, and from taking a plan to be better for being made for just so many of them;
 * `offset 0` keeps it from collecting all shares there are for a page of fifty records.
 */
function sharedWith(reading: Reading, alias: string, { sharedWith: principals, atLeast }: Shared): SqlCondition {
  const { shared } = reading
  if (shared?.alias === alias) {
    if (!shared.with) return FALSE
    if (shared.with.principals === principals) {
      return sql`${shared.with.level} >= ${atLeastLevel(atLeast)}`
    }
  }
  return sql`(${column(alias, 'shares_count')} > 0 and exists (
    select from shares sh where sh.record_id = ${column(alias, 'id')}
      and (sh.grantee = any(${principalList(reading, principals)})) is true and ${shareCounts(reading, atLeast)}
    offset 0))`
}

type Shared = Extract<ReachCondition, { readonly sharedWith: unknown }>

/** The ids of a module's records of which an unexpired share names one of the principals, with the level at least. */
export function sharedIds(reading: Reading, module: Key, { sharedWith: principals, atLeast }: Shared) {
  return sql<string[]>`array(
    select sh.record_id from shares sh
    where sh.module = ${module} and sh.grantee = any(array(select unnest(${principalList(reading, principals)})))
      and ${shareCounts(reading, atLeast)})`
}

/** Whether the share `sh` gives the level at least, and isn't expired. */
function shareCounts(reading: Reading, atLeast: Level): SqlCondition {
  return sql`sh.level >= ${atLeastLevel(atLeast)}
    and ${isUnexpired(reading)}`
}

function isUnexpired(reading: Reading): SqlCondition {
  return sql`(sh.expires_at is null or sh.expires_at > ${given(reading, momentOf(reading), 'timestamptz')})`
}

/** The highest level that an unexpired share of the row under the alias gives one of the principals; null without any. */
export function sharedLevel(
  reading: Reading,
  alias: string,
  principals: ReadonlySet<string>,
): RawBuilder<number | null> {
  return sql`select max(sh.level) as level from shares sh where sh.record_id = ${column(alias, 'id')}
      and (sh.grantee = any(${principalList(reading, principals)})) is true and ${isUnexpired(reading)}`
}

function principalList(reading: Reading, principals: ReadonlySet<string>): RawBuilder<unknown> {
  return given(reading, listOf(principals), 'text[]')
}

const lists = new WeakMap<ReadonlySet<string>, readonly string[]>()

/** The same list for the same set, which is what tells that a value is the same. */
function listOf(set: ReadonlySet<string>): readonly string[] {
  const list = lists.get(set) ?? [...set]
  lists.set(set, list)
  return list
}

function momentOf({ now }: Reading): string {
  return new Date(now).toISOString()
}

function parentHolds(
  reading: Reading,
  alias: string,
  parent: { readonly field: Key; readonly module: Key; readonly condition: ReachCondition },
): SqlCondition {
  const inner = `${alias}p`
  return sql`exists (
    select from ${sql.table(recordTable(parent.module))} as ${sql.ref(inner)}
    where ${column(inner, 'id')} = ${column(alias, fieldColumn(parent.field))} and ${column(inner, 'deleted_at')} is null
      and ${reachToSql(reading, parent.module, inner, parent.condition)})`
}

/** An instant (epoch ms) as a parameter. */
export function instant(epochMs: number): RawBuilder<string> {
  return sql`${new Date(epochMs).toISOString()}::timestamptz`
}

function compared(reading: Reading, module: Key, alias: string, comparison: FieldComparison): SqlCondition {
  const field = reading.snapshot.policy.modules.get(module)?.fields.get(comparison.field)
  if (!field || field.encrypted) return FALSE
  const place = column(alias, fieldColumn(field.key))
  if (comparison.op === 'isEmpty') return sql`${place} is null`
  if (comparison.op === 'isNotEmpty') return sql`${place} is not null`
  const value = reading.slots?.get(comparison) ?? storedOf(reading, module, comparison)
  const isUnequal = comparison.op === 'ne' && comparison.value !== undefined
  if (value === undefined) return isUnequal ? sql`${place} is not null` : FALSE
  return sql`(${place} is not null and ${comparisonTest(reading, kindOf(field), place, comparison, value)})`
}

type Stored = string | number | boolean

/** A comparison's value as the database has it; nothing where there is none, or where no row can have it. */
export function storedOf(
  reading: Reading,
  module: Key,
  comparison: FieldComparison,
): Stored | readonly Stored[] | undefined {
  const { policy } = reading.snapshot
  const field = policy.modules.get(module)?.fields.get(comparison.field)
  const value = resolveValue(comparison.value, comparison.type, { now: reading.now, timeZone: policy.timeZone })
  if (value === undefined || !field || field.encrypted) return undefined
  const kind = kindOf(field)
  return Array.isArray(value)
    ? value.flatMap((one: Scalar) => kind.stored(reading, one) ?? [])
    : kind.stored(reading, value as Scalar)
}

function comparisonTest(
  reading: Reading,
  kind: Kind,
  place: RawBuilder<unknown>,
  { op, type, value }: FieldComparison,
  stored: Slot | Stored | readonly Stored[],
): SqlCondition {
  if (type === 'choices') return hasChoice(place, asked(reading, stored, 'text'))
  if (!Array.isArray(value)) return binaryTest(kind, place, op, asked(reading, stored, kind.cast))
  const listed = sql<boolean>`${kind.subject(place)} = any(${asked(reading, stored, `${kind.cast}[]`)})`
  return op === 'in' ? listed : sql`not ${listed}`
}

/** What is compared with. A value from a subquery of its own is one that the planner doesn't know. */
function asked(reading: Reading, value: unknown, cast: string): RawBuilder<unknown> {
  const place = given(reading, value, cast)
  if (!reading.areSlotsHidden) return place
  return cast.endsWith('[]') ? sql`array(select unnest(${place}))` : sql`(select ${place})`
}

function hasChoice(place: RawBuilder<unknown>, value: RawBuilder<unknown>): SqlCondition {
  return sql`exists (select from unnest(${place}) choice where control.fold(choice) = ${value})`
}

function binaryTest(kind: Kind, place: RawBuilder<unknown>, op: string, value: RawBuilder<unknown>): SqlCondition {
  const subject = kind.subject(place)
  if (op === 'contains') return sql`position(${value} in ${subject}) > 0`
  if (op === 'startsWith') return sql`starts_with(${subject}, ${value})`
  const sign = SIGNS[op]
  return sign ? sql`${subject} ${sql.raw(sign)} ${value}` : FALSE
}

const SIGNS: { readonly [op: string]: string } = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** How values of a type stand in the database: what is compared, as what, and a value's own form (nothing where no row can have it). */
interface Kind {
  readonly cast: string
  subject(place: RawBuilder<unknown>): RawBuilder<unknown>
  stored(reading: Reading, value: Scalar): string | number | boolean | undefined
}

const asIs = (place: RawBuilder<unknown>) => place

const TEXT_KIND: Kind = { cast: 'text', subject: foldedText, stored: (_reading, value) => String(value) }
const NUMBER_KIND: Kind = { cast: 'double precision', subject: asIs, stored: (_reading, value) => Number(value) }
/** Whole numbers and money are exact: a literal with a fraction is compared as it is, not rounded. */
const EXACT_KIND: Kind = { cast: 'numeric', subject: asIs, stored: (_reading, value) => String(value) }
const BOOLEAN_KIND: Kind = { cast: 'boolean', subject: asIs, stored: (_reading, value) => value === true }
const DATE_KIND: Kind = { cast: 'date', subject: asIs, stored: (_reading, value) => String(value) }
const INSTANT_KIND: Kind = {
  cast: 'timestamptz',
  subject: asIs,
  stored: (_reading, value) => new Date(Number(value)).toISOString(),
}
const USER_KIND: Kind = {
  cast: 'int',
  subject: asIs,
  stored: ({ snapshot }, value) => snapshot.owners.idOf(String(value)),
}
const LOOKUP_KIND: Kind = {
  cast: 'uuid',
  subject: asIs,
  stored: (_reading, value) => (UUID.test(String(value)) ? String(value) : undefined),
}
const ID_KIND: Kind = { ...TEXT_KIND, subject: (place) => sql`${place}::text` }

function kindOf({ key, type }: PolicyField): Kind {
  if (key === 'id') return ID_KIND
  if (type === 'number' || type === 'percent') return NUMBER_KIND
  if (isNumberType(type)) return EXACT_KIND
  if (isTextType(type)) return TEXT_KIND
  if (type === 'boolean') return BOOLEAN_KIND
  if (type === 'date') return DATE_KIND
  if (type === 'dateTime') return INSTANT_KIND
  return type === 'user' ? USER_KIND : LOOKUP_KIND
}

/** Text as it compares and sorts: folded, by code point. */
export function foldedText(place: RawBuilder<unknown>): RawBuilder<string> {
  return sql`(control.fold(${place}) collate "C")`
}
