import { type Key, type Level, levelReach, rankOf, reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import type { RecordsParts } from './parts.ts'
import { levelNumber, reachToSql } from './reach-to-sql.ts'
import { type RememberedQuestion, rememberedStatement, Slot } from './remembered-statements.ts'
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
    const rows = await runStatement<FoundRow & { readonly stamp: number }>(parts, actor, statement, groups.length <= 1)
    const stamp = rows[0]?.stamp
    if (stamp !== reading.snapshot.stamp) throw new PolicyMoved(stamp ?? -1)
    return answersTo(asked, groups, rows)
  })
}

interface FoundRow {
  /** Which group of questions the row answers; null in the empty answer. */
  readonly question: number | null
  readonly id: string
  readonly external_id: string | null
  readonly deleted: boolean
  /** The highest of the levels asked for that the person has; 0 for none of them. */
  readonly level: number
}

/** Questions that differ in the record alone, or in the level. */
interface Group {
  readonly first: LevelQuestion
  readonly questions: LevelQuestion[]
}

function groupsOf(questions: readonly (LevelQuestion | undefined)[]): Group[] {
  const groups = new Map<string, Group>()
  for (const question of questions) {
    if (!question) continue
    const name = groupName(question)
    const group = groups.get(name)
    if (group) group.questions.push(question)
    else groups.set(name, { first: question, questions: [question] })
  }
  return [...groups.values()]
}

/** What a statement is made for; questions of one name cost it one branch. */
function groupName({ user, module, now, byExternalId }: LevelQuestion): string {
  return `${user} ${module} ${now} ${byExternalId}`
}

/** Where the ids and the texts of each group stand. */
const SLOTS: { readonly ids: Slot; readonly texts: Slot }[] = []

function slotsOf(index: number) {
  SLOTS[index] ??= { ids: new Slot(`ids ${index}`), texts: new Slot(`texts ${index}`) }
  return SLOTS[index]
}

/** As a statement that differs from the next such one in ids and texts alone. */
function questionOf({ now }: Reading, groups: readonly Group[]): RememberedQuestion {
  const values = new Map<Slot, unknown>()
  for (const [index, { questions, first }] of groups.entries()) {
    const texts = [...new Set(questions.map(({ id }) => id))]
    values.set(
      slotsOf(index).ids,
      texts.filter((text) => UUID.test(text)).map((text) => text.toLowerCase()),
    )
    if (first.byExternalId) values.set(slotsOf(index).texts, texts)
  }
  const kinds = groups.map(({ first, questions }) => {
    const { user, module, byExternalId } = first
    return [user, module, byExternalId, levelsAsked(questions), first.now === now ? 'now' : first.now]
  })
  return { name: JSON.stringify(['levels', ...kinds]), build: (reading) => statementOf(reading, now, groups), values }
}

function levelsAsked(questions: readonly LevelQuestion[]): GrantedLevel[] {
  return HIGHEST_FIRST.filter((level) => questions.some(({ needs }) => needs === level))
}

const NOTHING = sql`
  select null::int as question, null::text as id, null::text as external_id, false as deleted, 0 as level where false`

/** @param now the moment that the questions were made at, which a group may ask about or not */
function statementOf(reading: Reading, now: number, groups: readonly Group[]): RawBuilder<unknown> {
  const branches = groups.map((group, index) => {
    return branchOf(reading, group, index, group.first.now === now ? reading.now : group.first.now)
  })
  return sql`
    select s.stamp, r.* from head s
    left join lateral (${sql.join([NOTHING, ...branches], sql` union all `)}) r on s.stamp = ${reading.snapshot.stamp}::bigint`
}

function branchOf({ snapshot }: Reading, group: Group, index: number, now: number): RawBuilder<unknown> {
  const { user, module, byExternalId } = group.first
  const slots = slotsOf(index)
  const named = byExternalId ? sql`or t.external_id = any(${slots.texts}::text[])` : sql``
  const cases = levelsAsked(group.questions).map((level) => {
    const reached = reachCondition(levelReach(snapshot.policy, user, module, level))
    return sql`when ${reachToSql({ snapshot, now }, module, 't', reached)} then ${levelNumber(level)}::int`
  })
  return sql`
    select ${sql.lit(index)}::int, t.id::text, t.external_id, t.deleted_at is not null,
      case ${sql.join(cases, sql` `)} else 0 end
    from ${sql.table(recordTable(module))} as t where t.id = any(${slots.ids}::uuid[]) ${named}`
}

const HIGHEST_FIRST: readonly GrantedLevel[] = ['full', 'edit', 'read']

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function answersTo(
  asked: readonly (LevelQuestion | undefined)[],
  groups: readonly Group[],
  rows: readonly FoundRow[],
): boolean[] {
  const granted = new Set<LevelQuestion>()
  for (const [index, { questions }] of groups.entries()) {
    const found = namedRows(rows.filter(({ question }) => question === index))
    for (const question of questions) if (holds(question, found)) granted.add(question)
  }
  return asked.map((question) => question !== undefined && granted.has(question))
}

interface NamedRows {
  readonly byId: ReadonlyMap<string, FoundRow>
  readonly byExternalId: ReadonlyMap<string, FoundRow>
}

function namedRows(rows: readonly FoundRow[]): NamedRows {
  return {
    byId: new Map(rows.map((row) => [row.id, row])),
    byExternalId: new Map(rows.flatMap((row) => (row.external_id === null ? [] : [[row.external_id, row]]))),
  }
}

function holds({ id, byExternalId, needs }: LevelQuestion, found: NamedRows): boolean {
  const row = found.byId.get(id.toLowerCase()) ?? (byExternalId ? found.byExternalId.get(id) : undefined)
  return row !== undefined && !row.deleted && row.level >= rankOf(needs)
}
