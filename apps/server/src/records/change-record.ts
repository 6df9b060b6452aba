import { binReach, type Key, NEEDED_LEVEL, type PolicyModule, rankOf, reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { notFound, notPermitted } from '../problem.ts'
import { isRefused, type NewValues, type Plan, planOf, type RecordChange } from './change-plan.ts'
import { actorId, columnFillings, columnSlot } from './column-values.ts'
import { readRecord, requireVersion } from './find-record.ts'
import { changesSql, lineOfHistory } from './history.ts'
import { levelConditions, levelSql } from './level-sql.ts'
import { type LevelGround, levelGround, lockedParents, type ParentStep, parentLocks } from './levels-rest-on.ts'
import { Values } from './list-shapes/values.ts'
import { requireFound, targetFillings, targetSteps, targetsFound } from './lookups.ts'
import { assignedFillings, tellOfChange, toldOfAssignment } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecord, type RecordItem, type RecordRow, viewOf } from './present-record.ts'
import { instant, reachToSql } from './reach-to-sql.ts'
import { type RememberedQuestion, Slot } from './remembered-statements.ts'
import { missingLevel, reachedRows, reachOf } from './require-module.ts'
import { withShared } from './shared-rows.ts'
import type { Reading } from './stamped.ts'
import { HEAD, inForce, stampedWrite } from './stamped-write.ts'

/** A change that was made; the record as it is now, where whoever made it still reads it. */
export interface Changed {
  readonly id: string
  readonly version: number
  readonly item?: RecordItem
}

/**
 * Changes one record: looks whether the person may, writes, notes it in the history and reads what is presented, all in one statement.
 * An update to what is there already writes nothing.
 * @param valuesOf makes the new values under a policy; it may throw a problem, which is told only to who may change the record
 * @throws Problem 404 where he doesn't read the record, 403 where he may not, 412, 409, 422
 */
export async function changeRecord(
  parts: RecordsParts,
  actor: Actor,
  change: RecordChange,
  valuesOf: (reading: Reading, module: PolicyModule) => Promise<NewValues>,
): Promise<Changed> {
  const plan = { current: undefined as Plan | undefined }
  const build = async (reading: Reading) => {
    const made = await planOf(reading, change, valuesOf)
    plan.current = made
    return { module: made.module, statement: questionOf(made), locks: () => locksOf(reading, made) }
  }
  const settle = (row: ChangedRow, reading: Reading) => {
    if (!plan.current) throw new Error('The statement was not built.')
    return outcomeOf(parts, reading, plan.current, row)
  }
  return stampedWrite(parts, actor, build, settle)
}

function locksOf(reading: Reading, { module, id }: Plan): RawBuilder<unknown>[] {
  const record = sql`t.id = ${id}::uuid`
  const own = sql`select t.id from ${sql.table(recordTable(module.key))} as t where ${record} for update of t`
  return [own, ...parentLocks(levelGround(reading, module).parents, module.key, record)]
}

const [ID, VERSION] = [new Slot('id'), new Slot('version')]

function questionOf(plan: Plan): RememberedQuestion {
  const { columns, fields, targets = [], dropsShares, assigned } = plan.values
  const [written, looked] = [columns.map(({ column }) => column), targets.map(({ field }) => field.key)]
  const kind = `${plan.history}${isRefused(plan) ? ' of nothing' : ''}${dropsShares ? ' without shares' : ''}${assigned ? ' to somebody' : ''}`
  return {
    name: `${kind} ${plan.module.key} ${written.join()} ${fields.join()} ${looked.join()}`,
    build: (reading) => statementOf(reading, plan),
    values: new Map<Slot, unknown>([
      [ID, plan.id],
      [VERSION, plan.version ?? null],
      ...columnFillings(columns),
      ...targetFillings(targets),
      ...assignedFillings(assigned),
    ]),
  }
}

function statementOf(reading: Reading, plan: Plan): RawBuilder<unknown> {
  const { module } = plan
  const { targets = [], dropsShares, assigned } = plan.values
  const ground = levelGround(reading, module)
  const { parents } = ground
  const view = viewOf(reading, module)
  const shown = new Set(['id', 'version', ...view.visible.map((field) => field.key)])
  const steps = [
    HEAD,
    sql`was as materialized (${recordBefore(reading, plan, parents)})`,
    ...parents.map((step, at) => sql`${parentName(at)} as materialized (${parentOf(plan, step, at)})`),
    ...targetSteps(reading, targets),
    sql`changed as (${update(reading, plan, parents)})`,
    ...(dropsShares ? [sql`dropped as (delete from shares using changed where shares.record_id = changed.id)`] : []),
    sql`noted as (${note(reading, plan)})`,
    ...(assigned
      ? [sql`assigned as (${toldOfAssignment(reading, module.key, 'changed', sql`changed.changes <> '{}'`)})`]
      : []),
  ]
  const found = targetsFound(targets)
  return sql`
    with ${sql.join(steps)}
    select h.stamp, was.version as was_version, was.level as was_level, array[${sql.join(found)}]::boolean[] as found,
      exists (select from changed) as written, r.*
    from h left join was on true left join lateral (
      select ${sql.join([...shown].map((key) => sql.ref(`t.${fieldColumn(key)}`)))}, ${levelAfter(reading, plan, ground)} as level
      from changed as t where ${isReadAfter(reading, plan, ground)}
    ) as r on true`
}

/** The record as the person finds it, with his level on it; none where he doesn't read it. */
function recordBefore(reading: Reading, plan: Plan, parents: readonly ParentStep[]): RawBuilder<unknown> {
  const { module, action } = plan
  const columns = columnsBefore(plan, parents)
  const from = sql`from ${sql.table(recordTable(module.key))} as t where t.id = ${ID}::uuid and ${inForce(reading)}`
  if (action !== 'restore') {
    const values = new Values()
    const { reading: shared, rows } = withShared(
      { ...reading, values },
      sql`select t.* ${from} and t.deleted_at is null`,
      [reachCondition(reachOf(reading, module.key, 'read')), ...levelConditions(reading, module.key)],
    )
    const level = levelSql(shared, module.key, 't')
    const reached = reachedRows(shared, module.key, 'read', 't')
    return sql`
      select ${columns} from ${values.row('shown')} cross join lateral (
        select t.*, ${level} as level from ${rows} where ${reached}) as one`
  }
  const seen = reachCondition(binReach(reading.snapshot.policy, reading.actor.user, module.key, reading.actor.asking))
  return sql`
    select ${columns} from (select t.*, ${FULL}::int as level ${from} and t.deleted_at is not null and ${reachToSql(reading, module.key, 't', seen)}) as one`
}

/** Of the row before: whose it was, what is changed, and where the parents begin. To carry all of it through the statement costs more than to find it. */
function columnsBefore({ values }: Plan, parents: readonly ParentStep[]): RawBuilder<unknown> {
  const fields = new Set(['id', 'version', 'owner', ...values.fields, ...parents.slice(0, 1).map(({ field }) => field)])
  const columns = [...fields].map((field) => sql.ref(`one.${fieldColumn(field)}`))
  return sql.join([...columns, sql`one.level`])
}

const FULL = sql.lit(rankOf('full'))

function neededRank(action: Plan['action']): number {
  return rankOf(action === 'restore' ? 'full' : (NEEDED_LEVEL[action] ?? 'full'))
}

/** Whether the row of `was` may be changed, and as whom the caller saw it. */
function isAllowed(plan: Plan): RawBuilder<unknown> {
  if (isRefused(plan)) return sql`false`
  const { action } = plan
  return sql`was.level >= ${sql.lit(neededRank(action))} and coalesce(was.version = ${VERSION}::int, true)`
}

function parentOf(plan: Plan, step: ParentStep, at: number): RawBuilder<unknown> {
  const column = fieldColumn(step.field)
  if (at === 0) return lockedParents(step, sql`select ${sql.ref(`was.${column}`)} from was where ${isAllowed(plan)}`)
  const below = parentName(at - 1)
  return lockedParents(step, sql`select ${below}.${sql.ref(column)} from ${below}`)
}

function parentName(at: number): RawBuilder<unknown> {
  return sql.ref(`p${at}`)
}

function update(reading: Reading, plan: Plan, parents: readonly ParentStep[]): RawBuilder<unknown> {
  const { module, values } = plan
  const set = [
    ...values.columns.map((value, at) => sql`${sql.ref(value.column)} = ${columnSlot(value, at)}`),
    sql`updated_at = ${instant(reading.now)}`,
    sql`updated_by = ${actorId(reading)}::int`,
    sql`version = t.version + 1`,
  ]
  const conditions = [
    isAllowed(plan),
    ...targetsFound(values.targets ?? []),
    ...(keepsSame(plan) ? [isOther(values)] : []),
    // Always true; asked so that the parents are locked.
    ...(parents.length > 0 ? [sql`(select count(*) from ${parentName(parents.length - 1)}) >= 0`] : []),
  ]
  return sql`
    update ${sql.table(recordTable(module.key))} as t set ${sql.join(set)} from was
    where t.id = was.id and ${sql.join(conditions, sql` and `)} returning t.*, ${changesSql(values.fields, 'was', 't')} as changes`
}

/** Whether values that the record has already leave it as it is; whatever else is done to a record is noted even so. */
function keepsSame({ history }: Plan): boolean {
  return history === 'update'
}

/** Whether any field gets another value than it has. An encrypted one's token is never the same twice: it counts as another. */
function isOther({ columns, fields }: NewValues): RawBuilder<unknown> {
  const compared = new Set(fields.map(fieldColumn))
  const other = columns.flatMap((value, at) =>
    compared.has(value.column)
      ? [sql`${sql.ref(`was.${value.column}`)} is distinct from ${columnSlot(value, at)}`]
      : [],
  )
  return other.length === 0 ? sql`false` : sql`(${sql.join(other, sql` or `)})`
}

/** Writes the change down, and tells the record's owner where it is somebody else's. */
function note(reading: Reading, { module, history }: Plan): RawBuilder<unknown> {
  const line = sql`
    select ${module.key}, changed.id, changed.version, ${instant(reading.now)}, ${actorId(reading)}::int, ${history}, changed.changes
    from changed`
  return lineOfHistory(line, tellOfChange(sql`(select owner_id from was)`))
}

/** Fields that every change changes. */
const TOUCHED: readonly Key[] = ['updatedAt', 'updatedBy', 'version']

/** Whether the person's level on the record may be another one after the change. */
function mayMoveLevel({ action, values }: Plan, ground: LevelGround): boolean {
  const changed = [...values.fields, ...TOUCHED, ...(values.dropsShares ? ['shares'] : [])]
  return action === 'restore' || changed.some((field) => ground.fields.has(field))
}

function levelAfter(reading: Reading, plan: Plan, ground: LevelGround): RawBuilder<unknown> {
  return mayMoveLevel(plan, ground) ? levelSql(reading, plan.module.key, 't') : sql`was.level`
}

function isReadAfter(reading: Reading, plan: Plan, ground: LevelGround): RawBuilder<unknown> {
  if (plan.history === 'delete') return sql`false`
  return mayMoveLevel(plan, ground) ? reachedRows(reading, plan.module.key, 'read', 't') : sql`true`
}

interface ChangedRow {
  readonly was_version: number | null
  readonly was_level: number | null
  readonly found: readonly boolean[]
  readonly written: boolean
  readonly id: string | null
  readonly level: number | null
  readonly [column: string]: unknown
}

async function outcomeOf(parts: RecordsParts, reading: Reading, plan: Plan, row: ChangedRow): Promise<Changed> {
  const { was_version: version, was_level: level, id } = row
  if (version === null || level === null) throw notFound()
  if (plan.refusal) throw plan.refusal
  if (level < neededRank(plan.action))
    throw notPermitted(missingLevel(plan.action === 'restore' ? 'delete' : plan.action))
  requireVersion(version, plan.version)
  if (plan.problem) throw plan.problem
  requireFound(plan.values.targets ?? [], row.found)
  if (!row.written) return unchanged(parts, reading, plan)
  const item =
    id === null ? undefined : await presentRecord(parts, reading, viewOf(reading, plan.module), asRow(row, id))
  return { id: plan.id, version: version + 1, item }
}

/** The record as it is by now, which may have moved on since nothing was found to be changed. @throws Problem 404 where it is gone */
async function unchanged(parts: RecordsParts, reading: Reading, plan: Plan): Promise<Changed> {
  if (!keepsSame(plan)) throw new Error('A change that was allowed was not made.')
  const item = await readRecord(parts, reading.actor, plan.module.key, plan.id)
  return { id: plan.id, version: item.version, item }
}

function asRow(row: ChangedRow, id: string): RecordRow {
  return { ...row, id, level: row.level ?? 0 }
}
