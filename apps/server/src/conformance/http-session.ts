import type { FieldAccess, Key, Level } from '@bailiwick/access'
import {
  type AggregateQuestion,
  type Circumstances,
  type ExplainQuestion,
  type FieldsQuestion,
  type HttpAnswer,
  type LevelQuestion,
  type ListQuestion,
  type MayQuestion,
  REFUSED,
  type RecordKey,
  type Refused,
  type RequestQuestion,
  requestWithIds,
  type Scenario,
  type ScenarioSession,
  type WhoQuestion,
} from '@bailiwick/testkit/scenarios'
import type { LightMyRequestResponse } from 'fastify'
import type { AnsweredGroup } from '../records/aggregate.ts'
import { type Explanation, explainAnswer, figureRows, figuresQuestion, RecordNames } from './answers.ts'
import type { OfficeRequest, SignedInOffice } from './signed-in-office.ts'

export interface HttpSessionParts {
  readonly office: SignedInOffice
  readonly scenario: Scenario
  /** Somebody who manages access and may come in then. */
  keeperAt(asking: Circumstances): Key
}

interface Items<Item> {
  readonly items: readonly Item[]
}

interface Explained extends Explanation {
  readonly level: Level
}

/** Turned away at the door, no such thing for him, or seen and not allowed. */
const REFUSALS: readonly number[] = [401, 403, 404]

/** Asks as a program would that knows nothing but the interface. */
export class HttpSession implements ScenarioSession {
  readonly #office: SignedInOffice
  readonly #names: RecordNames
  readonly #idOf: (key: RecordKey) => string
  readonly #users: readonly Key[]
  readonly #keeperAt: (asking: Circumstances) => Key

  constructor({ office, scenario, keeperAt }: HttpSessionParts) {
    this.#office = office
    this.#names = new RecordNames(scenario)
    this.#idOf = (key) => this.#names.placeOf(key).id
    this.#users = Object.keys(scenario.policy.users ?? {})
    this.#keeperAt = keeperAt
  }

  async may(question: MayQuestion): Promise<boolean> {
    const { record, action, field } = question
    if (record === undefined) return this.#mayOnModule(question)
    if (action === 'restore') return (await this.#bin(question, record)).includes(record)
    if (action === 'read' && field === undefined) return this.#isAnswered(question, record, '')
    if (action === 'share' && field === undefined) return this.#isAnswered(question, record, '/shares')
    const url = `${this.#urlOf(record)}/explain?${queryOf({ action, field })}`
    const answer = await this.#get(question.user, url, question)
    // A field that is hidden from him is none, and nothing to ask about.
    if (REFUSALS.includes(answer.statusCode) || (answer.statusCode === 422 && field !== undefined)) return false
    return bodyOf<Explained>(answer).allowed
  }

  async list(question: ListQuestion): Promise<readonly RecordKey[] | Refused> {
    const { user, module, action, filter, sort, q } = question
    const asked = { filter: filter && JSON.stringify(filter), sort, q, limit: '200' }
    const query = queryOf({ ...asked, ...(action === 'restore' && { deleted: 'true' }) })
    const answer = await this.#get(user, `/api/v1/records/${module}?${query}`, question)
    if (isRefused(answer)) return REFUSED
    return this.#names.keysOf(bodyOf<Items<{ readonly id: string }>>(answer).items)
  }

  async who({ action, record, ...asking }: WhoQuestion): Promise<readonly Key[]> {
    if (action === 'read' && asking.ip === undefined) return this.#audience(record, asking)
    const may = await Promise.all(this.#users.map((user) => this.may({ user, action, record, ...asking })))
    return this.#users.filter((_user, index) => may[index])
  }

  async fields({ user, module, ...asking }: FieldsQuestion) {
    const answer = await this.#get(user, `/api/v1/modules/${module}`, asking)
    if (REFUSALS.includes(answer.statusCode)) return {}
    const { fields } = bodyOf<{ fields: readonly { field: Key; access: FieldAccess }[] }>(answer)
    return Object.fromEntries(fields.map(({ field, access }) => [field, access]))
  }

  async level({ user, record, ...asking }: LevelQuestion): Promise<Level> {
    return (await this.#explained(record, { user, action: 'read' }, asking)).level
  }

  async explain({ user, action, record, field, ...asking }: ExplainQuestion) {
    return explainAnswer(await this.#explained(record, { user, action, field }, asking))
  }

  async aggregate(question: AggregateQuestion) {
    const { user, module } = question
    const url = `/api/v1/records/${module}/aggregate`
    const answer = await this.#office.ask(user, { method: 'POST', url, body: figuresQuestion(question) }, question)
    if (isRefused(answer)) return REFUSED
    return figureRows(bodyOf<{ groups: readonly AnsweredGroup[] }>(answer).groups, question)
  }

  async request(question: RequestQuestion): Promise<HttpAnswer> {
    const { method, url, headers, body } = requestWithIds(question, this.#idOf)
    const request = { method: methodOf(method), url, headers, ...(isObject(body) && { body }) }
    const { statusCode, payload } = await this.#office.ask(question.user, request, question)
    return { status: statusCode, text: payload }
  }

  async close(): Promise<void> {}

  #urlOf(record: RecordKey): string {
    const { module, id } = this.#names.placeOf(record)
    return `/api/v1/records/${module}/${id}`
  }

  #get(user: Key, url: string, asking: Circumstances): Promise<LightMyRequestResponse> {
    return this.#office.ask(user, { method: 'GET', url }, asking)
  }

  async #isAnswered({ user, ...asking }: MayQuestion, record: RecordKey, below: string): Promise<boolean> {
    const answer = await this.#get(user, `${this.#urlOf(record)}${below}`, asking)
    if (REFUSALS.includes(answer.statusCode)) return false
    bodyOf(answer)
    return true
  }

  async #bin({ user, now, ip }: MayQuestion, record: RecordKey): Promise<readonly RecordKey[]> {
    const { module } = this.#names.placeOf(record)
    const listed = await this.list({ user, module, action: 'restore', now, ip })
    return listed === REFUSED ? [] : listed
  }

  /** By trying to create: input that makes no sense is looked at only where the action is allowed. */
  async #mayOnModule({ user, action, module = '', field, ...asking }: MayQuestion): Promise<boolean> {
    if (action !== 'create') throw new Error(`There is no way to try ${action}.`)
    const isOpen = field === undefined || (await this.fields({ user, module, ...asking }))[field] === 'edit'
    const attempt: OfficeRequest = { method: 'POST', url: `/api/v1/records/${module}`, body: { noSuchField: 1 } }
    const answer = await this.#office.ask(user, attempt, asking)
    if (REFUSALS.includes(answer.statusCode)) return false
    if (answer.statusCode !== 422) throw new Error(`${action} answered ${answer.statusCode}: ${answer.payload}`)
    return isOpen
  }

  async #audience(record: RecordKey, asking: Circumstances): Promise<readonly Key[]> {
    const answer = await this.#get(this.#keeperAt(asking), `${this.#urlOf(record)}/audience`, asking)
    return bodyOf<Items<{ readonly user: Key }>>(answer).items.map(({ user }) => user)
  }

  async #explained(
    record: RecordKey,
    question: { readonly [name: string]: string | undefined },
    asking: Circumstances,
  ): Promise<Explained> {
    const url = `${this.#urlOf(record)}/explain?${queryOf(question)}`
    return bodyOf<Explained>(await this.#get(this.#keeperAt(asking), url, asking))
  }
}

function queryOf(parts: { readonly [name: string]: string | undefined }): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) query.set(name, value)
  return query
}

function isRefused({ statusCode }: LightMyRequestResponse): boolean {
  return REFUSALS.includes(statusCode) || statusCode === 422
}

/** The body of an answer that must be a good one. */
function bodyOf<Body>(answer: LightMyRequestResponse): Body {
  if (answer.statusCode !== 200) throw new Error(`The answer was ${answer.statusCode}: ${answer.payload}`)
  return answer.json<Body>()
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

function methodOf(text: string): (typeof METHODS)[number] {
  const method = METHODS.find((known) => known === text)
  if (!method) throw new Error(`There is no method ${text}.`)
  return method
}

function isObject(body: unknown): body is object {
  return typeof body === 'object' && body !== null
}
