import { setTimeout as sleep } from 'node:timers/promises'
import type { PolicyDocument } from '@bailiwick/access'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { nordwindPolicy, type TestOffice, testOffice } from '../testing/test-office.ts'

/** Until a window opens that is on the day after tomorrow. */
export const TWO_DAYS = 2 * 24 * 3_600_000

/** Besides Nordwind's people: Petra asks about everybody and sells nothing; Bea may not know external ids. */
export const DOCUMENT = documentOf(nordwindPolicy())

function documentOf(policy: PolicyDocument) {
  const accounts = { actions: ['read', 'create'], fields: { externalId: 'hidden' } } as const
  return {
    ...policy,
    profiles: {
      ...policy.profiles,
      pdp: { system: ['useApi', 'manageAccess'] },
      blind: { system: ['useApi'], modules: { accounts } },
    },
    users: {
      ...policy.users,
      petra: { name: 'Petra', email: 'petra@nordwind.example', profiles: ['pdp'] },
      bea: { name: 'Bea', email: 'bea@nordwind.example', profiles: ['blind'] },
    },
  } satisfies PolicyDocument
}

export const ANNA = { type: 'user', id: 'anna' }
export const BEA = { type: 'user', id: 'bea' }
export const READ = { name: 'read' }

/** An account as a resource, by its id or external id. */
export function account(id: string) {
  return { type: 'accounts', id }
}

/** An office with accounts in it, and a way to ask about them. */
export interface AskingOffice {
  readonly office: TestOffice
  keyOf(user: string): string
  send(who: string, url: string, options?: InjectOptions): Promise<LightMyRequestResponse>
  /** `what` is `evaluation`, `search/subject`, … */
  ask(who: string, what: string, body: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** The whole answer to one evaluation. */
  decisionOf(who: string, question: object): Promise<unknown>
  make(who: string, body: object): Promise<string>
  /** Accounts by id: Anna's, Olli's, one of Anna's in the bin, and Bea's (B-1). */
  readonly own: string
  readonly ollis: string
  readonly binned: string
  readonly beas: string
}

/** To be called at a test file's top level. */
export async function askingOffice(): Promise<AskingOffice> {
  const office = await testOffice()
  await office.apply('nordwind', DOCUMENT)
  const keys = await keysOf(office, ['petra', 'bea'])
  const keyOf = (user: string) => keys.get(user) ?? office.keyOf(user)
  const send = (who: string, url: string, options: InjectOptions = {}) => {
    const headers = { authorization: `Bearer ${keyOf(who)}`, 'content-type': 'application/json', ...options.headers }
    return whenReady(() => office.network.inject({ method: 'POST', url, ...options, headers }))
  }
  const ask = (who: string, what: string, body: object, headers = {}) =>
    send(who, `/access/v1/${what}`, { body, headers })
  const make = async (who: string, body: object): Promise<string> =>
    idOf(await send(who, '/api/v1/records/accounts', { body }))
  const binned = await make('admin', { name: 'In the bin', externalId: 'A-3', owner: 'user:anna' })
  const { statusCode } = await send('admin', `/api/v1/records/accounts/${binned}`, { method: 'DELETE' })
  if (statusCode !== 204) throw new Error(`The account was not deleted: ${statusCode}`)
  return {
    office,
    keyOf,
    send,
    ask,
    decisionOf: async (who, question) => (await ask(who, 'evaluation', question)).json(),
    make,
    own: await make('anna', { name: 'Anna’s', externalId: 'A-1' }),
    ollis: await make('admin', { name: 'Olli’s', externalId: 'A-2', owner: 'user:olli' }),
    binned,
    beas: await make('admin', { name: 'Bea’s', externalId: 'B-1', owner: 'user:bea' }),
  }
}

function idOf(answer: LightMyRequestResponse): string {
  if (answer.statusCode !== 201) throw new Error(`The account was not made: ${answer.payload}`)
  return answer.json().id
}

/** A server that has too much to do says so: a machine that runs many tests at once is asked again. */
async function whenReady(request: () => Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
  for (let tries = 0; ; tries++) {
    const answer = await request()
    if (answer.statusCode !== 503 || tries === 20) return answer
    await sleep(500)
  }
}

async function keysOf(office: TestOffice, users: readonly string[]): Promise<Map<string, string>> {
  const keys = new Map<string, string>()
  for (const user of users) {
    const made = await office.asOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user })
    keys.set(user, made.json().key)
  }
  return keys
}
