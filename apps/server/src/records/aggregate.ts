import type { FieldValue, Key, PolicyField, ReachCondition } from '@bailiwick/access'
import { aggregatesAll, bindCondition, GREATEST_NUMBER, isNumberType, reachCondition } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { fieldColumn } from '../modules/columns.ts'
import { invalidInput } from '../problem.ts'
import { checkFilter } from './check-filter.ts'
import { reachedTotal } from './counts/reached-total.ts'
import { fromStored } from './field-values.ts'
import { foldSmallGroups, type Group } from './fold-small-groups.ts'
import { usableField } from './list-query.ts'
import type { RowsQuestion } from './list-shapes/page-rows.ts'
import { reachedRowsOf } from './list-shapes/reached-rows.ts'
import type { MeasureOp } from './measure-op.ts'
import type { RecordsParts } from './parts.ts'
import { type View, viewOf } from './present-record.ts'
import { reachToSql } from './reach-to-sql.ts'
import { withoutBulk } from './records-among-groups.ts'
import { type RememberedQuestion, rememberedRows } from './remembered-statements.ts'
import { reachOf, requireModule } from './require-module.ts'
import { type Reading, stampedRows } from './stamped.ts'

export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]

export type { MeasureOp } from './measure-op.ts'

export interface AggregateQuestion {
  readonly groupBy?: readonly (Key | { readonly field: Key; readonly by: Period })[]
  /** `count` takes no field. Unstated: the count. */
  readonly measures?: readonly { readonly op: MeasureOp; readonly field?: Key }[]
  readonly filter?: unknown
}

export interface AggregateAnswer {
  /** `visible`: over the records that the person reads. `all`: over all records of the module, none of which he gains. */
  readonly over: 'visible' | 'all'
  readonly groups: readonly AnsweredGroup[]
  /** There are more groups than are given. */
  readonly more: boolean
}

export interface AnsweredGroup {
  /** In the order of `groupBy`; absent for what was too small to stand alone. */
  readonly by?: readonly FieldValue[]
  readonly other?: true
  readonly count: number
  /** In the order of `measures`. */
  readonly measures: readonly (number | string | null)[]
}

const MOST_GROUPS = 2_000
const MOST_GROUPINGS = 3
const MOST_MEASURES = 10

interface Grouping {
  readonly field: PolicyField
  readonly by?: Period
}
interface Measure {
  readonly op: MeasureOp
  readonly field?: PolicyField
}
interface Checked {
  readonly view: View
  readonly groupings: readonly Grouping[]
  readonly measures: readonly Measure[]
  readonly isOverAll: boolean
  readonly filter?: ReachCondition
}

/**
 * Counts and sums, by groups. Over what the person reads; or, with `aggregate: all`, over all but the confidential records, where no
 * group of fewer than five is told apart. Law: section 6.
 * @throws Problem 404 for a module that he doesn't read; 422 with everything wrong about the question.
 */
export async function aggregateRecords(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  question: AggregateQuestion,
): Promise<AggregateAnswer> {
  const asked = { current: undefined as Checked | undefined }
  const check = (now: Reading) => {
    asked.current = checkQuestion(now, moduleKey, question)
    return asked.current
  }
  const { rows, reading } = isUsual(question)
    ? await rememberedRows<GroupRow>(parts, actor, (now) => rememberedGroups(check(now), question))
    : await stampedRows<GroupRow>(parts, actor, (now) => groupStatement(now, check(now)))
  if (!asked.current) throw new Error('The statement was not built')
  return answerOf(
    reading,
    asked.current,
    rows.filter((row) => row.n !== null),
  )
}

/** Without a filter the same question is asked again and again; filters are made up. */
function isUsual({ filter }: AggregateQuestion): boolean {
  return filter === undefined
}

/** The statement is made once. Its plan isn't kept: how much is gone through depends on who asks. */
function rememberedGroups(checked: Checked, { groupBy, measures }: AggregateQuestion): RememberedQuestion {
  return {
    name: JSON.stringify(['figures', checked.view.module.key, groupBy, measures]),
    build: (now) => ({ statement: groupStatement(now, checked), keepPlan: false }),
    values: new Map(),
  }
}

type GroupRow = { readonly n: number | null } & { readonly [column: string]: unknown }

function checkQuestion(reading: Reading, moduleKey: Key, question: AggregateQuestion): Checked {
  const view = viewOf(reading, requireModule(reading, moduleKey, 'read'))
  const { policy } = reading.snapshot
  const isOverAll = aggregatesAll(policy, reading.actor.user, moduleKey)
  const errors: InputError[] = []
  const groupings = checkGroupings(view, question.groupBy ?? [], errors)
  const measures = checkMeasures(view, question.measures ?? [{ op: 'count' }], isOverAll, errors)
  const filter = question.filter === undefined ? undefined : checkFilter(view, question.filter, errors)
  if (errors.length > 0) throw invalidInput(errors)
  const bound = filter && bindCondition(policy, view.module, filter, policy.users.get(reading.actor.user))
  return { view, groupings, measures, isOverAll, filter: bound }
}

/** The rows `t` that the figures are over. */
function rowsAsked(reading: Reading, { view, isOverAll, filter }: Checked): RowsQuestion {
  const { module } = view
  const reach = isOverAll ? NOT_CONFIDENTIAL : reachCondition(reachOf(reading, module.key, 'read'))
  return { module, reach, also: filter ? [reachToSql(reading, module.key, 't', filter)] : [] }
}

const NOT_CONFIDENTIAL: ReachCondition = { not: { confidential: true } }

/** No column is taken out of a row that no figure is made of. */
function columnsOf(parts: readonly { readonly field?: PolicyField }[]): RawBuilder<unknown> {
  const names = new Set(parts.flatMap(({ field }) => (field ? [fieldColumn(field.key)] : [])))
  return sql.join([...names].map((name) => sql.ref(`t.${name}`)))
}

function checkGroupings(
  view: View,
  groupBy: NonNullable<AggregateQuestion['groupBy']>,
  errors: InputError[],
): Grouping[] {
  if (groupBy.length > MOST_GROUPINGS)
    errors.push({ path: '/groupBy', message: `takes at most ${MOST_GROUPINGS} fields` })
  return groupBy.slice(0, MOST_GROUPINGS).flatMap((one, index) => {
    const path = `/groupBy/${index}`
    const { field: key, by } = typeof one === 'string' ? { field: one, by: undefined } : one
    const field = usableField(view, key, path, 'grouped', errors)
    const isTime = field?.type === 'date' || field?.type === 'dateTime'
    if (field && by !== undefined && !isTime) errors.push({ path, message: `"${key}" is no date, and has no ${by}` })
    return field ? [{ field, by }] : []
  })
}

function checkMeasures(
  view: View,
  measures: NonNullable<AggregateQuestion['measures']>,
  isOverAll: boolean,
  errors: InputError[],
): Measure[] {
  if (measures.length > MOST_MEASURES) errors.push({ path: '/measures', message: `takes at most ${MOST_MEASURES}` })
  return measures.slice(0, MOST_MEASURES).flatMap(({ op, field: key }, index): Measure[] => {
    const path = `/measures/${index}`
    if (op === 'count' && key === undefined) return [{ op }]
    const field = key === undefined ? undefined : usableField(view, key, path, 'measured', errors)
    if (key === undefined) errors.push({ path, message: `"${op}" needs a field` })
    if (field) errors.push(...measureErrors(op, field, path, isOverAll))
    return field ? [{ op, field }] : []
  })
}

/** The least and the greatest are each one record's value: not for who may see figures but no records. */
function measureErrors(op: MeasureOp, field: PolicyField, path: string, isOverAll: boolean): InputError[] {
  if (isOverAll && (op === 'min' || op === 'max'))
    return [{ path, message: `"${op}" shows the value of a single record` }]
  const isOrdered = isNumberType(field.type) || field.type === 'date' || field.type === 'dateTime'
  const fits = op === 'count' || isNumberType(field.type) || (isOrdered && (op === 'min' || op === 'max'))
  return fits ? [] : [{ path, message: `"${op}" doesn't go with "${field.key}", a ${field.type} field` }]
}

function groupStatement(reading: Reading, checked: Checked): RawBuilder<unknown> {
  const { groupings, measures, isOverAll } = checked
  const asked = rowsAsked(reading, checked)
  const isNumberAlone = groupings.length === 0 && measures.every(({ field }) => field === undefined)
  if (isNumberAlone) return numberStatement(reachedTotal(reading, asked).statement, measures)
  const groups = groupings.map(
    (grouping, index) => sql`${groupExpression(reading, grouping)} as ${sql.ref(`g${index}`)}`,
  )
  const figures = measures.map((measure, index) => sql`${measureExpression(measure)} as ${sql.ref(`m${index}`)}`)
  const numbers = groupings.map((_grouping, index) => sql.raw(String(index + 1)))
  // Small groups are folded together here, so all of them must come; the bound holds what one answer may cost.
  const most = isOverAll ? 100_000 : MOST_GROUPS + 1
  return sql`
    select ${sql.join([...groups, sql`count(*) as n`, ...figures, ...(isOverAll ? partsOf(measures) : [])])}
    from (${reachedRowsOf(reading, asked, columnsOf([...groupings, ...measures]))}) as t
    ${groupings.length === 0 ? sql`` : sql`group by ${sql.join(numbers)} order by ${sql.join(numbers)}`} limit ${most}`
}

function numberStatement(total: RawBuilder<unknown>, measures: readonly Measure[]): RawBuilder<unknown> {
  const figures = measures.map((_count, index) => sql`counted.total as ${sql.ref(`m${index}`)}`)
  return sql`select ${sql.join([sql`counted.total as n`, ...figures])} from (${total}) as counted`
}

/** Averages are folded by their sums and the number of values behind them. */
function partsOf(measures: readonly Measure[]): RawBuilder<unknown>[] {
  return measures.flatMap(({ field }, index) => {
    if (!field || !isNumberType(field.type)) return []
    return [
      sql`sum(${summand(field)})::double precision as ${sql.ref(`s${index}`)}`,
      sql`count(${sql.ref(`t.${fieldColumn(field.key)}`)}) as ${sql.ref(`c${index}`)}`,
    ]
  })
}

function groupExpression(reading: Reading, { field, by }: Grouping): RawBuilder<unknown> {
  const column = sql.ref(`t.${fieldColumn(field.key)}`)
  if (by === undefined) return field.key === 'id' ? sql`${column}::text` : sql`${column}`
  const local =
    field.type === 'date'
      ? sql`${column}::timestamp`
      : sql`(${column} at time zone ${reading.snapshot.policy.timeZone})`
  return sql`date_trunc(${sql.lit(by)}, ${local})::date`
}

function measureExpression({ op, field }: Measure): RawBuilder<unknown> {
  if (!field) return sql`count(*)`
  const isSummed = op === 'sum' || op === 'avg'
  return sql`${sql.raw(op)}(${isSummed ? summand(field) : sql.ref(`t.${fieldColumn(field.key)}`)})`
}

/**
 * A field's value as it is summed. Doubles overflow; what is written since numbers have a bound cannot come to that, and what was
 * written before counts as the bound. The other types sum as `numeric`, which has room.
 */
function summand({ key, type }: PolicyField): RawBuilder<unknown> {
  const column = sql.ref(`t.${fieldColumn(key)}`)
  if (type !== 'number' && type !== 'percent') return column
  const most = sql`${sql.lit(GREATEST_NUMBER)}::double precision`
  return sql`case when abs(${column}) <= ${most} then ${column} else sign(${column}) * ${most} end`
}

function answerOf(reading: Reading, checked: Checked, rows: readonly GroupRow[]): AggregateAnswer {
  const groups = rows.map((row) => groupOf(reading, checked, row))
  const { kept: told, isCut } = toldGroups(reading, checked, groups)
  const isTold = checked.groupings.length > 0 || told.length > 0
  return {
    over: checked.isOverAll ? 'all' : 'visible',
    groups: isTold ? told.slice(0, MOST_GROUPS).map(answeredGroup) : [],
    more: isCut || told.length > MOST_GROUPS,
  }
}

function toldGroups(reading: Reading, { view, groupings, measures, isOverAll }: Checked, groups: readonly Group[]) {
  const ops = measures.map(({ op }) => op)
  if (isOverAll) return { kept: foldSmallGroups(groups, ops), isCut: false }
  const mayExport = reachOf(reading, view.module.key, 'export').kind !== 'never'
  return groupings.length === 0 || mayExport ? { kept: groups, isCut: false } : withoutBulk(groups)
}

function groupOf(reading: Reading, { groupings, measures }: Checked, row: GroupRow): Group {
  return {
    by: groupings.map(({ field, by }, index) => {
      const value = row[`g${index}`]
      return by === undefined ? fromStored(field, value, reading.snapshot) : ((value as string | null) ?? null)
    }),
    count: Number(row.n),
    measures: measures.map((_measure, index) => (row[`m${index}`] as number | string | null) ?? null),
    sums: measures.map((_measure, index) => ({
      sum: Number(row[`s${index}`] ?? 0),
      of: Number(row[`c${index}`] ?? 0),
    })),
  }
}

function answeredGroup({ by, count, measures }: Group): AnsweredGroup {
  return by === undefined ? { other: true, count, measures } : { by, count, measures }
}
