import { type Key, type Level, levelReach, rankOf, reachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import type { RecordsParts } from './parts.ts'
import { levelNumber, reachToSql } from './reach-to-sql.ts'
import { type Reading, type StatementOptions, stampedRows } from './stamped.ts'

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
  options?: StatementOptions,
): Promise<boolean[]> {
  const asked = { current: [] as readonly (LevelQuestion | undefined)[] }
  const statement = (reading: Reading) => {
    asked.current = build(reading)
    return statementOf(reading, [...groupsOf(asked.current).values()])
  }
  const { rows } = await stampedRows<FoundRow>(parts, actor, statement, options)
  const groups = [...groupsOf(asked.current).keys()]
  const found = new Map(rows.flatMap((row) => namesOf(row).map((name) => [name, row] as const)))
  return asked.current.map((question) => question !== undefined && holds(question, groups, found))
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
  readonly questions: readonly LevelQuestion[]
}

function groupsOf(questions: readonly (LevelQuestion | undefined)[]): Map<string, Group> {
  const groups = new Map<string, { first: LevelQuestion; questions: LevelQuestion[] }>()
  for (const question of questions) {
    if (!question) continue
    const group = groups.get(groupName(question))
    if (group) group.questions.push(question)
    else groups.set(groupName(question), { first: question, questions: [question] })
  }
  return groups
}

/** What a statement is made for; questions of one name cost it one branch. */
export function groupName({ user, module, now, byExternalId }: Omit<LevelQuestion, 'id' | 'needs'>): string {
  return `${user} ${module} ${now} ${byExternalId}`
}

const NOTHING = sql`
  select null::int as question, null::text as id, null::text as external_id, false as deleted, 0 as level where false`

function statementOf(reading: Reading, groups: readonly Group[]): RawBuilder<unknown> {
  return sql.join([NOTHING, ...groups.map((group, index) => branchOf(reading, group, index))], sql` union all `)
}

function branchOf({ snapshot }: Reading, { first, questions }: Group, index: number): RawBuilder<unknown> {
  const { user, module, now, byExternalId } = first
  const texts = [...new Set(questions.map(({ id }) => id))]
  const ids = texts.filter((text) => UUID.test(text)).map((text) => text.toLowerCase())
  const named = byExternalId ? sql`or t.external_id = any(${texts}::text[])` : sql``
  const cases = HIGHEST_FIRST.filter((level) => questions.some(({ needs }) => needs === level)).map((level) => {
    const reached = reachCondition(levelReach(snapshot.policy, user, module, level))
    return sql`when ${reachToSql({ snapshot, now }, module, 't', reached)} then ${levelNumber(level)}::int`
  })
  return sql`
    select ${index}::int, t.id::text, t.external_id, t.deleted_at is not null,
      case ${sql.join(cases, sql` `)} else 0 end
    from ${sql.table(recordTable(module))} as t where t.id = any(${ids}::uuid[]) ${named}`
}

const HIGHEST_FIRST: readonly GrantedLevel[] = ['full', 'edit', 'read']

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Under what names a row is asked for: its own id and its external one. */
function namesOf({ question, id, external_id }: FoundRow): string[] {
  if (question === null) return []
  return [`${question} id ${id}`, ...(external_id === null ? [] : [`${question} external ${external_id}`])]
}

function holds(question: LevelQuestion, groups: readonly string[], found: ReadonlyMap<string, FoundRow>): boolean {
  const group = groups.indexOf(groupName(question))
  const row =
    found.get(`${group} id ${question.id.toLowerCase()}`) ??
    (question.byExternalId ? found.get(`${group} external ${question.id}`) : undefined)
  return row !== undefined && !row.deleted && row.level >= rankOf(question.needs)
}
