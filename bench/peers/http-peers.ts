import type { ClientConfig } from 'pg'
import type { Place } from '../data-set/build.ts'
import { startChild } from '../servers/child-server.ts'
import { startOurs } from '../servers/our-server.ts'
import type { HttpPeer } from './http-rows.ts'
import { startDirectus } from './servers/directus.ts'
import { tokenOf } from './servers/directus-setup.ts'
import type { Person } from './world/organization.ts'

const BARE = new URL('servers/bare.ts', import.meta.url).pathname
const SECURED = new URL('servers/secured.ts', import.meta.url).pathname

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  ({ method: 'GET', path, headers }) as const

interface Items {
  readonly items: readonly { readonly id: string }[]
}

interface OurSums {
  readonly groups: readonly { readonly by: readonly [string]; readonly measures: readonly [number | string] }[]
}
type PlainSums = readonly { readonly stage: string; readonly amount: string }[]
interface TheirSums {
  readonly data: readonly { readonly stage: string; readonly sum: { readonly amount: string } }[]
}

/** What the others have of a deal, too. */
const FIELDS = 'name,stage,amount,nextStep,owner,updatedAt'

export function ourPeer(place: Place, keyOf: (person: Person) => string): HttpPeer {
  const records = '/api/v1/records/deals'
  const as = (person: Person) => bearer(keyOf(person))
  return {
    name: 'Bailiwick',
    knowsPeople: true,
    start: () => startOurs(place),
    page: (person) => get(`${records}?limit=50&sort=-updatedAt&fields=name,stage,amount,nextStep`, as(person)),
    one: (person, id) => get(`${records}/${id}?fields=${FIELDS}`, as(person)),
    update: (person, id, nextStep) => {
      return { method: 'PATCH', path: `${records}/${id}`, headers: as(person), body: JSON.stringify({ nextStep }) }
    },
    sum: (person) => {
      const body = JSON.stringify({ groupBy: ['stage'], measures: [{ op: 'sum', field: 'amount' }] })
      return { method: 'POST', path: `${records}/aggregate`, headers: as(person), body }
    },
    idsIn: (body) => (body as Items).items.map(({ id }) => id),
    sumsIn: (body) => (body as OurSums).groups.map(({ by: [stage], measures: [sum] }) => [stage, Number(sum)]),
  }
}

export function directusPeer(address: ClientConfig, folder: string): HttpPeer {
  const fields = 'fields=id,name,stage,amount,next_step,owner,updated_at,version'
  const as = (person: Person) => bearer(tokenOf(person))
  return {
    name: 'Directus',
    knowsPeople: true,
    start: () => startDirectus(address, folder),
    page: (person) => get(`/items/deals?limit=50&sort=-updated_at,-id&${fields}`, as(person)),
    one: (person, id) => get(`/items/deals/${id}?${fields}`, as(person)),
    update: (person, id, next_step) => {
      const path = `/items/deals/${id}?${fields}`
      return { method: 'PATCH', path, headers: as(person), body: JSON.stringify({ next_step }) }
    },
    sum: (person) => get('/items/deals?aggregate[sum]=amount&groupBy[]=stage', as(person)),
    idsIn: (body) => (body as { readonly data: Items['items'] }).data.map(({ id }) => id),
    sumsIn: (body) => (body as TheirSums).data.map(({ stage, sum }) => [stage, Number(sum.amount)]),
  }
}

/** Plain tables without access control. */
export function barePeer(address: ClientConfig): HttpPeer {
  return {
    ...plainPeer(() => ({})),
    name: 'bare',
    knowsPeople: false,
    start: () => startChild([process.execPath, BARE], { PEERS_BARE: JSON.stringify(address), NODE_ENV: 'production' }),
  }
}

/**
 * The same tables under row security, for the people who ask.
 * @param isWorked on tables with a CRM's orders, words, history and notices (`tables/worked-tables.ts`)
 */
export function securedPeer(address: ClientConfig, people: readonly Person[], isWorked: boolean): HttpPeer {
  const as = (person: Person) => bearer(tokenOf(person))
  const tokens = people.map((person) => [as(person).authorization, person.id])
  const environment = { PEERS_SECURED: JSON.stringify({ address, people: tokens, isWorked }), NODE_ENV: 'production' }
  return {
    ...plainPeer(as),
    name: isWorked ? 'row security, same work' : 'row security',
    knowsPeople: true,
    start: () => startChild([process.execPath, SECURED], environment),
  }
}

function plainPeer(
  as: (person: Person) => Readonly<Record<string, string>>,
): Omit<HttpPeer, 'name' | 'knowsPeople' | 'start'> {
  return {
    page: (person) => get('/deals', as(person)),
    one: (person, id) => get(`/deals/${id}`, as(person)),
    update: (person, id, nextStep) => {
      return { method: 'PATCH', path: `/deals/${id}`, headers: as(person), body: JSON.stringify({ nextStep }) }
    },
    sum: (person) => get('/sum', as(person)),
    idsIn: (body) => (body as Items).items.map(({ id }) => id),
    sumsIn: (body) => (body as PlainSums).map(({ stage, amount }) => [stage, Number(amount)]),
  }
}
