import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { BUILT_IN_MODULES, type PolicyDocument, type RecordFacts } from '@bailiwick/access'
import type { FastifySchema, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { assemble, type Parts } from '../compose.ts'
import { readConfig } from '../config.ts'
import { storeFacts } from '../conformance/store-facts.ts'
import type { DatabaseOptions } from '../db/connections.ts'
import type { App } from '../http/app.ts'
import { createLog } from '../http/log.ts'
import { ANTI_FORGERY_HEADER } from '../identity/anti-forgery.ts'
import { PLAN } from '../jobs/plan-job.ts'
import { recordTable } from '../modules/columns.ts'
import { giveSignIn } from '../organizations/give-sign-in.ts'
import { issueApiKey } from '../organizations/issue-api-key.ts'
import { applyPolicy } from '../policy/apply-policy.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { testDatabase } from '../testing/test-database.ts'
import { cookieOf } from '../testing/test-office.ts'
import { HOUSEKEEPING } from './database-state.ts'
import { QUIET_POLICY, SIEGE_POLICY } from './siege-policy.ts'
import { NORTH_RECORDS, SOUTH_RECORDS } from './siege-records.ts'

/** Who asks. `page` is Anna with her session; `stranger` administers the other organization; `nobody` brings nothing. */
export const PERSONS = ['admin', 'anna', 'page', 'omar', 'nils', 'stranger', 'nobody'] as const
export type Person = (typeof PERSONS)[number]

/** The whole program with two organizations behind it, to be asked anything by anyone and put back in order. */
export interface Siege {
  readonly network: App
  readonly operator: App
  /** What the network's routes declare to take and to answer. */
  readonly schemas: readonly FastifySchema[]
  readonly parts: Parts
  readonly north: OrganizationPlace
  readonly south: OrganizationPlace
  /** What the server wrote to its log since it was last asked. */
  takeLog(): string
  /** What a person sends to say who he is. */
  credentials(person: Person): Readonly<Record<string, string>>
  /** Puts both organizations back as they were: their policies, tables and records. */
  restore(): Promise<void>
  /** Waits until nothing is left to do of what was asked for. */
  settle(): Promise<void>
  /** Gives a person whose session or key is no longer good another one. */
  readmit(): Promise<void>
}

const PASSWORD = randomUUID()

/** A job that takes longer will not end. */
const PATIENCE_MS = 30_000

/** To be called at a test file's top level. */
export async function laySiege(options?: DatabaseOptions): Promise<Siege> {
  const test = await testDatabase(options)
  const log = captureLog()
  const folder = mkdtempSync(join(tmpdir(), 'bw-siege-'))
  const program = await assemble({
    config: readConfig({ BAILIWICK_DATA: folder, BAILIWICK_RATE_LIMIT: '99999999' }, folder),
    log: createLog('warn', log.stream),
    // Whoever made the test's database ends it, too.
    database: { ...test.database, close: async () => {} },
    masterKey: Buffer.alloc(32, 7),
    letGo: () => rmSync(folder, { recursive: true, force: true }),
  })
  const network = program.buildNetworkServer()
  const schemas: FastifySchema[] = []
  network.addHook('onRoute', ({ schema = {} }) => void schemas.push(schema))
  const operator = program.buildOperatorServer()
  afterAll(async () => {
    await Promise.all([network.close(), operator.close()])
    await program.close()
  })
  await network.ready()
  const siege = new BesiegedProgram(program.parts, { network, operator, schemas }, log.take)
  await siege.furnish()
  return siege
}

function captureLog() {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  const take = () => {
    const taken = text
    text = ''
    return taken
  }
  return { stream, take }
}

class BesiegedProgram implements Siege {
  readonly parts: Parts
  readonly network: App
  readonly operator: App
  readonly schemas: readonly FastifySchema[]
  readonly takeLog: () => string
  readonly #places = new Map<string, OrganizationPlace>()
  readonly #versions = new Map<string, number>()
  readonly #credentials = new Map<Person, Readonly<Record<string, string>>>()
  #signIns = 0

  constructor(parts: Parts, servers: Pick<Siege, 'network' | 'operator' | 'schemas'>, takeLog: () => string) {
    this.parts = parts
    this.network = servers.network
    this.operator = servers.operator
    this.schemas = servers.schemas
    this.takeLog = takeLog
  }

  get north(): OrganizationPlace {
    return this.#place('nordwind')
  }

  get south(): OrganizationPlace {
    return this.#place('sudwind')
  }

  credentials(person: Person): Readonly<Record<string, string>> {
    return this.#credentials.get(person) ?? {}
  }

  async furnish(): Promise<void> {
    for (const slug of ['nordwind', 'sudwind']) {
      const body = { slug, name: slug, adminEmail: `ada@${slug}.example`, adminPassword: PASSWORD }
      const answer = await this.operator.inject({ method: 'POST', url: '/operator/v1/organizations', body })
      if (answer.statusCode !== 201) throw new Error(answer.payload)
      const { database } = this.parts
      const found =
        await sql<OrganizationPlace>`select id, slug, schema, role from control.organizations where slug = ${slug}`.execute(
          database.owner,
        )
      const [place] = found.rows
      if (place) this.#places.set(slug, place)
    }
    await this.restore()
    await this.readmit()
  }

  async restore(): Promise<void> {
    await this.#reinstate(this.north, SIEGE_POLICY)
    await this.#reinstate(this.south, QUIET_POLICY)
    // Jobs, those of the policies just applied among them, write to what is emptied next.
    await this.settle()
    await store(this.parts, this.north, NORTH_RECORDS)
    await store(this.parts, this.south, SOUTH_RECORDS)
  }

  async #reinstate(place: OrganizationPlace, policy: PolicyDocument): Promise<void> {
    const { version } = await this.parts.policies.confirm(place)
    if (version === this.#versions.get(place.slug)) return
    this.#versions.set(place.slug, await reinstate(this.parts, place, policy))
  }

  async settle(): Promise<void> {
    const { database } = this.parts
    const until = Date.now() + PATIENCE_MS
    for (const place of [this.north, this.south]) {
      // A plan is forgotten a moment after it ended.
      const running = sql<object>`select id, kind, state, input from jobs
        where kind <> ${HOUSEKEEPING}
          and (state in ('queued', 'running') or (kind = ${PLAN} and json_typeof(input -> 'of') <> 'null'))`
      for (;;) {
        const { rows } = await running.execute(database.organization(place))
        if (rows.length === 0) break
        if (Date.now() > until) throw new Error(`These jobs don't end: ${JSON.stringify(rows)}`)
        await sleep(5)
      }
    }
  }

  async readmit(): Promise<void> {
    for (const user of ['admin', 'anna', 'omar', 'nils'] as const) {
      await this.#giveKey(user, this.north, user)
    }
    await this.#giveKey('stranger', this.south, 'admin')
    await this.#giveSession()
  }

  /** Checking a password takes long on purpose, so a session that is still good is kept. */
  async #giveSession(): Promise<void> {
    if (await this.#isAdmitted('page')) return
    await giveSignIn(this.parts, this.north, 'anna', PASSWORD)
    const body = { email: 'anna@nordwind.example', password: PASSWORD }
    // From an address of its own each time: the besiegers may have used up the sign-ins of theirs.
    const remoteAddress = `10.1.${this.#signIns >> 8}.${this.#signIns++ & 255}`
    const signedIn = await this.network.inject({ method: 'POST', url: '/api/auth/sign-in/email', body, remoteAddress })
    this.#credentials.set('page', { cookie: requireCookie(signedIn), [ANTI_FORGERY_HEADER]: '1' })
  }

  async #isAdmitted(person: Person): Promise<boolean> {
    if (!this.#credentials.has(person)) return false
    const me = { method: 'GET', url: '/api/v1/me', headers: this.credentials(person) } as const
    return (await this.network.inject(me)).statusCode === 200
  }

  async #giveKey(person: Person, place: OrganizationPlace, user: string): Promise<void> {
    if (await this.#isAdmitted(person)) return
    const key = await issueApiKey(this.parts, place, user, 'siege')
    this.#credentials.set(person, { authorization: `Bearer ${key}` })
  }

  #place(slug: string): OrganizationPlace {
    const place = this.#places.get(slug)
    if (!place) throw new Error(`There is no organization ${slug} yet`)
    return place
  }
}

function requireCookie(answer: LightMyRequestResponse): string {
  const cookie = cookieOf(answer)
  if (cookie === '') throw new Error(`Nobody could sign in: ${answer.payload}`)
  return cookie
}

/** Applies the policy, whatever has been made of it meanwhile. @returns its version */
async function reinstate(
  { database, policies, now }: Parts,
  organization: OrganizationPlace,
  input: PolicyDocument,
): Promise<number> {
  const { document } = await policies.confirm(organization)
  const destroy = Object.entries(document.modules ?? {}).flatMap(([module, { fields = {} }]) => [
    module,
    ...Object.keys(fields).map((field) => `${module}.${field}`),
  ])
  const whole = {
    roles: {},
    teams: {},
    groups: {},
    sharingRules: {},
    restrictionRules: {},
    tests: {},
    invariants: {},
    ...input,
  }
  const said = { author: 'operator', withoutApproval: true } as const
  const change = { organization, input: whole, destroy, now: now(), ...said }
  const applied = await applyPolicy(database, change, { catalogue: BUILT_IN_MODULES, readFacts: async () => undefined })
  policies.forget(organization)
  return applied.version
}

const STANDING = [
  'audit_events',
  'shares',
  'history',
  'comments',
  'files',
  'jobs',
  'notifications',
  'views',
  'preferences',
  'recent_records',
]

/** Empties the organization's tables and fills them with these records alone. */
async function store(
  { database, policies, secrets }: Parts,
  place: OrganizationPlace,
  records: readonly RecordFacts[],
) {
  const { policy, owners } = await policies.confirm(place)
  await database.ownerTransaction(place, async (transaction) => {
    const names = [...STANDING, ...[...policy.modules.keys()].map(recordTable)]
    await sql.raw(names.map((name) => `delete from "${name}"`).join('; ')).execute(transaction)
    const at = '2026-01-02T03:04:05.000Z'
    const placeOfTables = { database: transaction, organizationId: place.id, owners, secrets, at }
    for (const record of records) {
      const module = policy.modules.get(record.module)
      if (module) await storeFacts(placeOfTables, module, [record])
    }
  })
}
