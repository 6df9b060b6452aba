import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { BUILT_IN_MODULES, type PolicyDocument, WEEKDAYS } from '@bailiwick/access'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll } from 'vitest'
import { assemble, type Parts } from '../compose.ts'
import { readConfig } from '../config.ts'
import type { App } from '../http/app.ts'
import { createLog } from '../http/log.ts'
import { findOrganization } from '../organizations/find-organization.ts'
import { applyPolicy } from '../policy/apply-policy.ts'
import { testDatabase } from './test-database.ts'

/** Two organizations at work behind the whole HTTP interface, for tests of what is asked over it. */
export interface TestOffice {
  readonly network: App
  readonly operator: App
  readonly parts: Parts
  /** The clock's lead over the machine's, in milliseconds. */
  lead: number
  /** Everything that Nordwind's people, by key, hold. */
  keyOf(user: string): string
  apply(slug: string, document: PolicyDocument): Promise<void>
  /** Signs in over the network and answers with the cookie. */
  signIn(email: string, password?: string, remoteAddress?: string): Promise<string>
  asOperator(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object): Promise<LightMyRequestResponse>
}

export const PASSWORD = 'correct horse battery'

/** The day after tomorrow in UTC: a window on it is shut today, whatever today is. (`getUTCDay` begins with Sunday.) */
function dayAfter(now: number): (typeof WEEKDAYS)[number] {
  return WEEKDAYS[(new Date(now).getUTCDay() + 1) % 7] ?? 'mon'
}

/** Anna sells over the interface; Olli sells without it; Sam is suspended; Nora works in the office; Wendy the day after tomorrow. */
export function nordwindPolicy(now: number = Date.now()): PolicyDocument {
  const sales = {
    accounts: { actions: ['create', 'read', 'update'], fields: { taxNumber: 'hidden', phone: 'masked' } },
  } as const
  const person = (name: string, profiles: readonly string[]) => ({
    name,
    email: `${name.toLowerCase()}@nordwind.example`,
    profiles,
  })
  return {
    bailiwick: 1,
    organization: { name: 'Nordwind', timeZone: 'UTC' },
    profiles: {
      sales: { system: ['useApi'], modules: sales },
      desk: { modules: sales },
      office: { system: ['useApi'], networks: ['10.0.0.0/8'], modules: sales },
      weekend: { system: ['useApi'], signIn: [{ days: [dayAfter(now)], from: '00:00', to: '24:00' }], modules: sales },
    },
    users: {
      admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
      anna: person('Anna', ['sales']),
      olli: person('Olli', ['desk']),
      sam: { ...person('Sam', ['sales']), status: 'suspended' },
      nora: person('Nora', ['office']),
      wendy: person('Wendy', ['weekend']),
    },
  }
}

/** To be called at a test file's top level. Every person has the password `PASSWORD`; Ada is an administrator of both organizations. */
export async function testOffice(): Promise<TestOffice> {
  const { database } = await testDatabase()
  const clock = { lead: 0 }
  const program = await assemble({
    config: readConfig({ BAILIWICK_LOG: 'silent', BAILIWICK_DATA: tmpdir() }, tmpdir()),
    log: createLog('silent'),
    database,
    masterKey: Buffer.alloc(32, 7),
    now: () => Date.now() + clock.lead,
    letGo: () => {},
  })
  const { parts } = program
  const network = program.buildNetworkServer()
  const operator = program.buildOperatorServer()
  afterAll(() => Promise.all([network.close(), operator.close()]))
  const keys = new Map<string, string>()

  const office: TestOffice = {
    network,
    operator,
    parts,
    get lead() {
      return clock.lead
    },
    set lead(milliseconds) {
      clock.lead = milliseconds
    },
    keyOf: (user) => keys.get(user) ?? `no key of ${user}`,
    apply: async (slug, input) => {
      const organization = await findOrganization(database.control, slug)
      if (!organization) throw new Error(`There is no ${slug}`)
      const change = { organization, input, author: 'operator', now: parts.now() } as const
      await applyPolicy(database, change, { catalogue: BUILT_IN_MODULES, readFacts: async () => undefined })
    },
    signIn: async (email, password = PASSWORD, remoteAddress = '127.0.0.1') => {
      const body = { email, password }
      const answer = await network.inject({ method: 'POST', url: '/api/auth/sign-in/email', body, remoteAddress })
      return cookieOf(answer)
    },
    asOperator: (method, url, body) => operator.inject({ method, url, ...(body && { body }) }),
  }
  await populate(office, keys)
  return office
}

async function populate(office: TestOffice, keys: Map<string, string>): Promise<void> {
  for (const slug of ['nordwind', 'sudwind']) {
    const admin = { adminEmail: 'Ada@Nordwind.example', adminPassword: PASSWORD }
    const created = await office.asOperator('POST', '/operator/v1/organizations', { slug, name: slug, ...admin })
    keys.set(`${slug}/admin`, created.json().key)
  }
  await office.apply('nordwind', nordwindPolicy())
  for (const user of Object.keys(nordwindPolicy().users ?? {})) {
    const of = { organization: 'nordwind', user }
    keys.set(user, (await office.asOperator('POST', '/operator/v1/keys', of)).json().key)
    if (user !== 'admin') await office.asOperator('POST', '/operator/v1/sign-ins', { ...of, password: PASSWORD })
  }
}

/** The session cookie that an answer set, as a request would send it back; '' without one. */
export function cookieOf(answer: LightMyRequestResponse): string {
  const cookie = answer.cookies.find(({ name }) => name.endsWith('session_token'))
  return cookie ? `${cookie.name}=${encodeURIComponent(cookie.value)}` : ''
}

/** A header set for an unsafe request with a cookie. */
export function asPage(cookie: string): NonNullable<InjectOptions['headers']> {
  return { cookie, 'x-bailiwick-request': '1' }
}

/** A key for `Idempotency-Key` that nobody used. */
export function freshKey(): string {
  return randomUUID()
}
