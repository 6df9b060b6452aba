import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import type { Key, ModuleCatalogue, PolicyDocument } from '@bailiwick/access'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { assemble, type Parts } from '../compose.ts'
import { readConfig } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { App } from '../http/app.ts'
import { createLog } from '../http/log.ts'
import { giveSignIns } from '../organizations/give-sign-in.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { asPage, cookieOf } from '../testing/test-office.ts'
import { SharedOrganization } from './shared-organization.ts'

/** When, and from what address, a request comes. */
export interface Coming {
  /** Epoch milliseconds. */
  readonly now: number
  readonly ip?: string
}

export interface OfficeRequest {
  readonly method: NonNullable<InjectOptions['method']>
  readonly url: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: object
}

/** The whole program over HTTP, and everybody in it signed in once, whatever becomes of them later. */
export interface SignedInOffice {
  readonly parts: Parts
  readonly organization: SharedOrganization
  ask(user: Key, request: OfficeRequest, coming: Coming): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

/** The address of requests that bring none. */
export const HOME = '127.0.0.1'
const PASSWORD = randomUUID()

/** Sessions last for the run: checking a password takes longer than everything else that is asked here. */
export async function signedInOffice(
  database: Database,
  place: OrganizationPlace,
  catalogue: ModuleCatalogue,
  users: readonly Key[],
): Promise<SignedInOffice> {
  const clock = { now: Date.now() }
  const program = await assemble({
    config: readConfig({ BAILIWICK_LOG: 'silent', BAILIWICK_DATA: tmpdir() }, tmpdir()),
    log: createLog('silent'),
    database,
    masterKey: Buffer.alloc(32, 7),
    now: () => clock.now,
    letGo: () => {},
  })
  const { parts } = program
  const network = program.buildNetworkServer()
  const organization = new SharedOrganization(database, place, parts.secrets)
  await organization.furnish({ document: everybody(users), catalogue, records: [], now: clock.now })
  await giveSignIns(parts, place, users, PASSWORD)
  const cookies = new Map(await Promise.all(users.map(async (user) => [user, await signIn(network, user)] as const)))
  return {
    parts,
    organization,
    ask: async (user, { method, url, headers = {}, body }, { now, ip = HOME }) => {
      clock.now = now
      const page = { ...asPage(cookies.get(user) ?? ''), ...headers }
      return network.inject({ method, url, headers: page, remoteAddress: ip, ...(body && { body }) })
    },
    close: () => network.close(),
  }
}

/** Of nobody else's, also where two keys differ by case alone. */
function addressOf(user: Key): string {
  return `${Buffer.from(user).toString('hex')}@nordwind.example`
}

/** A policy under which all of them may sign in. */
function everybody(users: readonly Key[]): PolicyDocument {
  const person = (user: Key) => ({ name: user, email: addressOf(user), profiles: ['administrator'] })
  return {
    bailiwick: 1,
    organization: { name: 'Nordwind' },
    users: Object.fromEntries(users.map((user) => [user, person(user)])),
  }
}

async function signIn(network: App, user: Key): Promise<string> {
  const body = { email: addressOf(user), password: PASSWORD }
  const answer = await network.inject({ method: 'POST', url: '/api/auth/sign-in/email', body })
  const cookie = cookieOf(answer)
  if (cookie === '') throw new Error(`${user} could not sign in: ${answer.payload}`)
  return cookie
}
