import { binReach, fields, type Key, type Level, levelReach, reachCondition } from '@bailiwick/access'
import {
  type AggregateQuestion,
  type Circumstances,
  type ExplainQuestion,
  type FieldsQuestion,
  isOpenFor,
  type LevelQuestion,
  type ListQuestion,
  type MayQuestion,
  REFUSED,
  type RecordKey,
  type Refused,
  type Scenario,
  type ScenarioAction,
  type ScenarioSession,
  type WhoQuestion,
} from '@bailiwick/testkit/scenarios'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { operatorActor } from '../http/actor.ts'
import { recordTable } from '../modules/columns.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { Problem } from '../problem.ts'
import type { Gateway } from '../records/gateway.ts'
import { levelSql } from '../records/level-sql.ts'
import type { RecordsParts } from '../records/parts.ts'
import { reachToSql, type SqlCondition } from '../records/reach-to-sql.ts'
import { reachedRows } from '../records/require-module.ts'
import type { Reading } from '../records/stamped.ts'
import { explainAnswer, figureRows, figuresQuestion, type Placed, RecordNames } from './answers.ts'

export interface SqlSessionParts {
  readonly parts: RecordsParts
  readonly gateway: Gateway
  readonly place: OrganizationPlace
  readonly scenario: Scenario
}

const MOST = 200

/** Asks by SQL: whether a record is among the rows that a reach selects; and through the gateway what that answers whole. */
export class SqlSession implements ScenarioSession {
  readonly #parts: RecordsParts
  readonly #gateway: Gateway
  readonly #place: OrganizationPlace
  readonly #names: RecordNames
  readonly #users: readonly Key[]

  constructor({ parts, gateway, place, scenario }: SqlSessionParts) {
    this.#parts = parts
    this.#gateway = gateway
    this.#place = place
    this.#names = new RecordNames(scenario)
    this.#users = Object.keys(scenario.policy.users ?? {})
  }

  async may(question: MayQuestion): Promise<boolean> {
    const { user, action, field, record } = question
    const reading = await this.#reading(user, question)
    const place = record === undefined ? undefined : this.#names.placeOf(record)
    const module = place?.module ?? question.module ?? ''
    if (field !== undefined && !isOpenFor(fields(reading.snapshot.policy, user, module).get(field), action)) {
      return false
    }
    if (place) return (await this.#selected(place, [selecting(reading, module, action)])).at(0) ?? false
    return this.#holds(reading, reachedRows(reading, module, lawfulAction(action), 't'))
  }

  async list(question: ListQuestion): Promise<readonly RecordKey[] | Refused> {
    const { user, module, action, filter, sort, q } = question
    const query = { filter, sort, q, limit: MOST, deleted: action === 'restore' }
    const listed = await orRefused(this.#gateway.list(this.#actor(user, question), module, query))
    if (listed === REFUSED) return REFUSED
    const keys = this.#names.keysOf(listed.items)
    if (action === 'restore' || action === 'read') return keys
    const may = await Promise.all(keys.map((record) => this.may({ ...question, record })))
    return keys.filter((_key, index) => may[index])
  }

  async who({ action, record, ...asking }: WhoQuestion): Promise<readonly Key[]> {
    const place = this.#names.placeOf(record)
    const readings = await Promise.all(this.#users.map((user) => this.#reading(user, asking)))
    const may = await this.#selected(
      place,
      readings.map((reading) => selecting(reading, place.module, action)),
    )
    return this.#users.filter((_user, index) => may[index])
  }

  async fields({ user, module, ...asking }: FieldsQuestion) {
    const { snapshot } = await this.#reading(user, asking)
    return Object.fromEntries(fields(snapshot.policy, user, module))
  }

  async level(question: LevelQuestion): Promise<Level> {
    const { module, id } = this.#names.placeOf(question.record)
    const reading = await this.#reading(question.user, question)
    const reads = reachCondition(levelReach(reading.snapshot.policy, question.user, module, 'read'))
    const { rows } = await sql<{ level: number }>`
      select ${levelSql(reading, module, 't')} as level from ${sql.table(recordTable(module))} as t
      where t.id = ${id}::uuid and t.deleted_at is null and ${reachToSql(reading, module, 't', reads)}
    `.execute(reading.database)
    return (['none', 'read', 'edit', 'full'] as const)[rows[0]?.level ?? 0] ?? 'none'
  }

  async explain({ user, action, record, field, now }: ExplainQuestion) {
    const { module, id } = this.#names.placeOf(record)
    const operator = operatorActor(this.#place, now)
    return explainAnswer(await this.#gateway.explain(operator, module, id, { user, action, field }))
  }

  async aggregate(question: AggregateQuestion) {
    const actor = this.#actor(question.user, question)
    const answer = await orRefused(this.#gateway.aggregate(actor, question.module, figuresQuestion(question)))
    return answer === REFUSED ? REFUSED : figureRows(answer.groups, question)
  }

  request(): never {
    throw new Error('requests go to the HTTP interface')
  }

  async close(): Promise<void> {}

  #actor(user: Key, { now, ip }: Circumstances): Actor {
    return { organization: this.#place, user, asking: { now, ip }, via: 'session' }
  }

  async #reading(user: Key, asking: Circumstances): Promise<Reading> {
    const snapshot = await this.#parts.policies.confirm(this.#place)
    const database = this.#parts.database.organization(this.#place)
    return { actor: this.#actor(user, asking), snapshot, now: asking.now, database }
  }

  /** Of each condition, whether the record is among the rows that it selects. */
  async #selected({ module, id }: Placed, conditions: readonly SqlCondition[]): Promise<readonly boolean[]> {
    const { rows } = await sql<{ selected: readonly boolean[] }>`
      select array[${sql.join(conditions)}]::boolean[] as selected
      from ${sql.table(recordTable(module))} as t where t.id = ${id}::uuid
    `.execute(this.#parts.database.organization(this.#place))
    const [row] = rows
    if (!row) throw new Error(`${module} has no record ${id}.`)
    return row.selected
  }

  async #holds({ database }: Reading, condition: SqlCondition): Promise<boolean> {
    const { rows } = await sql<{ holds: boolean }>`select ${condition} as holds`.execute(database)
    return rows[0]?.holds ?? false
  }
}

/** The rows that the action may be done to: deleted ones for restoring, all others for the law's actions. */
function selecting(reading: Reading, module: Key, action: ScenarioAction): SqlCondition {
  if (action !== 'restore') return sql`(t.deleted_at is null and ${reachedRows(reading, module, action, 't')})`
  const { actor, snapshot } = reading
  const reached = reachCondition(binReach(snapshot.policy, actor.user, module, actor.asking))
  return sql`(t.deleted_at is not null and ${reachToSql(reading, module, 't', reached)})`
}

function lawfulAction(action: ScenarioAction) {
  return action === 'restore' ? 'read' : action
}

async function orRefused<Answer>(answer: Promise<Answer>): Promise<Answer | Refused> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return REFUSED
    throw error
  }
}
