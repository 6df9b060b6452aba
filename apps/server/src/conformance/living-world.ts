import { BUILT_IN_MODULES, type Key, type RecordFacts } from '@bailiwick/access'
import { oracleAllows, oracleCanSignIn, oracleLevel } from '@bailiwick/access/oracle'
import { type GeneratedWorld, type Objection, type RecordStep, type Step, TITLE } from '@bailiwick/testkit'
import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import { HOME, type OfficeRequest, type SignedInOffice } from './signed-in-office.ts'

/** A generated organization in the running program, changed by requests as any organization is. */
export class LivingWorld {
  readonly office: SignedInOffice
  #world: GeneratedWorld

  private constructor(office: SignedInOffice, world: GeneratedWorld) {
    this.office = office
    this.#world = world
  }

  /** Puts the organization in the place of the one before. */
  static async settle(office: SignedInOffice, world: GeneratedWorld): Promise<LivingWorld> {
    const { document, records, now } = world
    await office.organization.furnish({ document, catalogue: BUILT_IN_MODULES, records, now })
    return new LivingWorld(office, world)
  }

  /** As it is now by the law; its records' versions and instants are those that the program gave. */
  get world(): GeneratedWorld {
    return this.#world
  }

  /** Whoever keeps the policy: the first user, whom no step shuts out. */
  get keeper(): Key {
    return this.#world.names.users[0] ?? ''
  }

  /** Does the step over HTTP. What is objected to: that it was answered otherwise than the law says. */
  async take(step: Step): Promise<Objection> {
    if (step.kind === 'policy') {
      const body = { ...step.world.document }
      const answer = await this.ask(this.keeper, { method: 'PUT', url: '/api/v1/policy', body })
      if (answer.statusCode !== 200)
        return `${step.what}: the policy was answered ${answer.statusCode} ${answer.payload}`
    }
    const objection = step.kind === 'record' ? await this.#do(step) : undefined
    this.#world = { ...step.world, records: await this.#touched(step.world.records) }
    return objection
  }

  ask(user: Key, request: OfficeRequest): Promise<LightMyRequestResponse> {
    const { now, ip = HOME } = this.#world
    return this.office.ask(user, request, { now, ip })
  }

  async #do(step: RecordStep): Promise<Objection> {
    const expected = this.#expectedStatus(step)
    const { statusCode, payload } = await this.ask(step.user, requestOf(step))
    const isAsExpected = expected.includes(statusCode)
    return isAsExpected ? undefined : `${step.what}: ${statusCode} ${payload}, but ${expected.join(' or ')}`
  }

  #expectedStatus({ user, record, deed, isAllowed, isSound }: RecordStep): readonly number[] {
    const world = this.#world
    if (isAllowed && !isSound) return [422]
    // Without an answer to read where what was done is not for him to see.
    if (isAllowed) return deed === 'share' ? [201] : deed === 'unshare' || deed === 'delete' ? [204] : [200, 204]
    if (!oracleCanSignIn(world, user)) return [401]
    const isSeen = oracleAllows(world, user, 'read', record) && oracleLevel(world, user, record) !== 'none'
    if (deed === 'restore' || !isSeen) return [404]
    // Of a hidden field it is said that there is none.
    return deed === 'rename' ? [403, 422] : [403]
  }

  /** What the program says of when and by whom records were changed; nothing else of them is taken from it. */
  async #touched(records: readonly RecordFacts[]): Promise<RecordFacts[]> {
    const touches = new Map<string, Touch>()
    for (const module of new Set(records.map((record) => record.module))) {
      for (const touch of await this.#touchesOf(module)) touches.set(touch.id, touch)
    }
    const visit = (record: RecordFacts): RecordFacts => {
      const { version, updatedAt } = touches.get(record.id ?? '') ?? record
      const parent = record.parent ? visit(record.parent) : null
      return { ...record, ...(version && { version }), ...(updatedAt && { updatedAt }), parent }
    }
    return records.map(visit)
  }

  async #touchesOf(module: Key): Promise<readonly Touch[]> {
    const { parts, organization } = this.office
    const { rows } = await sql<{ id: string; version: number; updated_at: string }>`
      select id, version, to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as updated_at
      from ${sql.table(recordTable(module))}
    `.execute(parts.database.organization(organization.place))
    return rows.map((row) => ({ id: row.id, version: row.version, updatedAt: row.updated_at }))
  }
}

interface Touch {
  readonly id: string
  readonly version: number
  readonly updatedAt: string
}

function requestOf({ deed, record, to }: RecordStep): OfficeRequest {
  const url = `/api/v1/records/${record.module}/${record.id}`
  const post = (below: string, body: object): OfficeRequest => ({ method: 'POST', url: `${url}/${below}`, body })
  switch (deed) {
    case 'transfer':
      return post('transfer', { owner: to.owner })
    case 'transfer and keep shares':
      return post('transfer', { owner: to.owner, keepShares: true })
    case 'share':
      return post('shares', shareOf(to))
    case 'unshare':
      return { method: 'DELETE', url: `${url}/shares?with=${encodeURIComponent(to.principal)}` }
    case 'confide':
      return post('confidential', { confidential: true })
    case 'reveal':
      return post('confidential', { confidential: false })
    case 'rename':
      return { method: 'PATCH', url, body: { [TITLE]: to.text } }
    case 'delete':
      return { method: 'DELETE', url }
    case 'restore':
      return { method: 'POST', url: `${url}/restore` }
  }
}

function shareOf({ principal, level, expiresAt }: RecordStep['to']): object {
  return { with: principal, level, ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }) }
}
