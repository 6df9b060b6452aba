import { type Key, type Level, levelReach, type ReachCondition, rankOf, reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { Values } from './list-shapes/values.ts'
import type { RecordsParts } from './parts.ts'
import { type Reading as ConditionReading, levelNumber, reachToSql } from './reach-to-sql.ts'
import { type RememberedQuestion, rememberedStatement, Slot } from './remembered-statements.ts'
import { withShared } from './shared-rows.ts'
import { PolicyMoved, type Reading, runStatement, withSnapshot } from './stamped.ts'

type GrantedLevel = Exclude<Level, 'none'>

/** Whether a person has a level on a record. The module must be one of the policy's. */
export interface LevelQuestion {
  readonly user: Key
  readonly module: Key
  /** The record's id, or its external id where `byExternalId` lets that count. An id goes first, even that of a record in the bin. */
  readonly id: string
  readonly byExternalId: boolean
  readonly needs: GrantedLevel
  /** Epoch ms: the moment that shares' ends and `today` are taken at. */
  readonly now: number
}

/**
 * Answers many such questions in one statement, under the policy that `build` made them from; a place of the list that holds no
 * question answers no. Whoever calls must have made sure that the actor may ask.
 * @throws Problem whatever `build` throws; 503
 */
export async function findLevels(
  parts: RecordsParts,
  actor: Actor,
  build: (reading: Reading) => readonly (LevelQuestion | undefined)[],
): Promise<boolean[]> {
  return withSnapshot(parts, actor, async (reading) => {
    const asked = build(reading)
    const groups = groupsOf(asked)
    const statement = rememberedStatement(reading, questionOf(reading, groups))
    // Of several groups there are too many kinds for a plan to be kept for each.
    const [row] = await runStatement<FoundRow>(parts, actor, statement, groups.length <= 1)
    if (row?.stamp !== reading.snapshot.stamp) throw new PolicyMoved(row?.stamp ?? -1)
    return answersTo(asked, groups, row)
  })
}

/**
 * For each group a text, a character for each of its names in their order: the highest of the levels asked for that the person has on
 * the record that is called so. A row for each record would cost more than to look it up.
 */
interface FoundRow {
  readonly stamp: number
  readonly [column: string]: unknown
}

/** No record is named so. */
const NO_RECORD = '-'

/** Questions that differ in the record alone, or in the level. */
interface Group {
  readonly first: LevelQuestion
  readonly questions: LevelQuestion[]
  /** What their records are called, each with its place. */
  readonly names: Map<string, number>
}

function groupsOf(questions: readonly (LevelQuestion | undefined)[]): Group[] {
  const groups = new Map<string, Group>()
  let last: Group | undefined
  for (const question of questions) {
    if (!question) continue
    const group = last && areAlike(last.first, question) ? last : groups.get(groupName(question))
    last = group ?? { first: question, questions: [], names: new Map() }
    last.questions.push(question)
    if (!last.names.has(question.id)) last.names.set(question.id, last.names.size)
    if (!group) groups.set(groupName(question), last)
  }
  return [...groups.values()]
}

function areAlike({ user, module, now, byExternalId }: LevelQuestion, other: LevelQuestion): boolean {
  return user === other.user && module === other.module && now === other.now && byExternalId === other.byExternalId
}

/** What a statement is made for; questions of one name cost it one branch. */
function groupName({ user, module, now, byExternalId }: LevelQuestion): string {
  return `${user} ${module} ${now} ${byExternalId}`
}

/** Where the ids and the texts of each group stand: what its records are called, read as the one and as the other. */
const SLOTS: { readonly ids: Slot; readonly texts: Slot }[] = []

function slotsOf(index: number) {
  SLOTS[index] ??= { ids: new Slot(`ids ${index}`), texts: new Slot(`texts ${index}`) }
  return SLOTS[index]
}

/** As a statement that differs from the next such one in ids and texts alone. */
function questionOf({ now }: Reading, groups: readonly Group[]): RememberedQuestion {
  const values = new Map<Slot, unknown>()
  for (const [index, { names, first }] of groups.entries()) {
    const texts = [...names.keys()]
    const ids = texts.map((text) => (UUID.test(text) ? text : null))
    values.set(slotsOf(index).ids, names.size === 1 ? ids[0] : `{${ids.map((id) => id ?? 'NULL').join()}}`)
    if (first.byExternalId) values.set(slotsOf(index).texts, names.size === 1 ? texts[0] : texts)
  }
  const kinds = groups.map(({ first, questions, names }) => {
    const { user, module, byExternalId } = first
    const moment = first.now === now ? 'now' : first.now
    return [user, module, byExternalId, levelsAsked(questions), moment, names.size === 1]
  })
  return { name: JSON.stringify(['levels', ...kinds]), build: (reading) => statementOf(reading, now, groups), values }
}

function levelsAsked(questions: readonly LevelQuestion[]): GrantedLevel[] {
  return HIGHEST_FIRST.filter((level) => questions.some(({ needs }) => needs === level))
}

/** @param now the moment that the questions were made at, which a group may ask about or not */
function statementOf(reading: Reading, now: number, groups: readonly Group[]): RawBuilder<unknown> {
  const values = new Values()
  const isInForce = sql`s.stamp = ${values.placeOf(reading.snapshot.stamp, 'bigint')}`
  const asked = groups.map((group, index) => {
    const at = group.first.now === now ? reading.now : group.first.now
    const found = levelsOf({ snapshot: reading.snapshot, now: at, values }, group, index)
    return sql`case when ${isInForce} then ${found} end as ${sql.ref(columnOf(index))}`
  })
  return sql`select ${sql.join([sql`s.stamp`, ...asked])} from ${values.row('shown')} cross join head s`
}

function columnOf(index: number): string {
  return `levels${index}`
}

function levelsOf(reading: ConditionReading, group: Group, index: number): RawBuilder<unknown> {
  const { module, byExternalId } = group.first
  const { ids, texts } = slotsOf(index)
  if (group.names.size > 1) return manyLevels(reading, group, sql`${ids}::uuid[]`, sql`${texts}::text[]`)
  const [id, text] = [sql`${ids}::uuid`, sql`${texts}::text`]
  return oneLevel(reading, group, byExternalId ? idOf(module, id, text) : id)
}

/** The id of the record that is called so, whichever way. */
function idOf(module: Key, id: RawBuilder<unknown>, externalId: RawBuilder<unknown>): RawBuilder<unknown> {
  const table = sql.table(recordTable(module))
  const named = sql`(select o.id from ${table} as o where o.external_id = ${externalId})`
  return sql`coalesce((select o.id from ${table} as o where o.id = ${id}), ${named})`
}

/** One is fetched by its key, so that the plan is a plain one and is kept; its shares are looked up once for all that asks for them. */
function oneLevel(reading: ConditionReading, group: Group, id: RawBuilder<unknown>): RawBuilder<unknown> {
  const record = sql`select t.* from ${sql.table(recordTable(group.first.module))} as t where t.id = ${id}`
  const conditions = levelsAsked(group.questions).map((level) => conditionOf(reading, group, level))
  const { reading: shared, rows } = withShared(reading, record, conditions)
  return sql`coalesce((select (${levelSql(shared, group)})::text from ${rows}), ${sql.lit(NO_RECORD)})`
}

/** Each is looked for by its external id where no record has the id. */
function manyLevels(reading: ConditionReading, group: Group, ids: RawBuilder<unknown>, texts: RawBuilder<unknown>) {
  const { module, byExternalId } = group.first
  const from = sql`from ${sql.table(recordTable(module))} as t`
  const level = sql`(select (${levelSql(reading, group)})::text ${from} where t.id = q.id)`
  const named = sql`(select (${levelSql(reading, group)})::text ${from} where t.external_id = q.text)`
  const levels = byExternalId ? [level, named] : [level]
  const names = byExternalId
    ? sql`unnest(${ids}, ${texts}) with ordinality as q (id, text, place)`
    : sql`unnest(${ids}) with ordinality as q (id, place)`
  return sql`(
    select string_agg(coalesce(${sql.join([...levels, sql.lit(NO_RECORD)])}), '' order by q.place) from ${names})`
}

/** The highest of the levels asked for that the person has on the row under the alias `t`, 0 without one. */
function levelSql(reading: ConditionReading, group: Group): RawBuilder<unknown> {
  const cases = levelsAsked(group.questions).map((level) => {
    const reached = reachToSql(reading, group.first.module, 't', conditionOf(reading, group, level))
    return sql`when ${reached} then ${levelNumber(level)}::int`
  })
  return sql`case when t.deleted_at is not null then 0 ${sql.join(cases, sql` `)} else 0 end`
}

function conditionOf({ snapshot }: ConditionReading, { first }: Group, level: GrantedLevel): ReachCondition {
  return reachCondition(levelReach(snapshot.policy, first.user, first.module, level))
}

const HIGHEST_FIRST: readonly GrantedLevel[] = ['full', 'edit', 'read']

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function answersTo(asked: readonly (LevelQuestion | undefined)[], groups: readonly Group[], row: FoundRow): boolean[] {
  const granted = new Set<LevelQuestion>()
  for (const [index, group] of groups.entries()) {
    const levels = String(row[columnOf(index)])
    for (const question of group.questions) if (holds(question, group, levels)) granted.add(question)
  }
  return asked.map((question) => question !== undefined && granted.has(question))
}

function holds({ id, needs }: LevelQuestion, { names }: Group, levels: string): boolean {
  const level = levels[names.get(id) ?? -1] ?? NO_RECORD
  return level !== NO_RECORD && Number(level) >= rankOf(needs)
}
