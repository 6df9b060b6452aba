import { ACTIONS, type Action, type Key, type RecordFacts } from '@bailiwick/access'
import {
  oracleAllows,
  oracleAllowsOnModule,
  oracleAudience,
  oracleCanSignIn,
  oracleFields,
  oracleList,
  oracleRestores,
} from '@bailiwick/access/oracle'
import {
  difference,
  engineReading,
  first,
  type GeneratedWorld,
  type Objection,
  oracleReading,
  unequal,
} from '@bailiwick/testkit'
import type { LightMyRequestResponse } from 'fastify'
import type { RecordItem } from '../records/present-record.ts'
import { itemObjection } from './list-objections.ts'
import type { LivingWorld } from './living-world.ts'
import { HOME } from './signed-in-office.ts'
import { RECORD_ACTIONS, type Selected, selectAll } from './stored-worlds.ts'

/**
 * Whether everything that can be asked says of a living organization what the law says: the engine, rows by SQL, lists, bins and single
 * records over HTTP, fields, AuthZEN's searches, the audience. Of users and actions a part each time, another one in the next turn.
 */
export async function livingObjection(living: LivingWorld, turn: number): Promise<Objection> {
  const { world } = living
  const inProcess = difference(world, world.records, engineReading(world), oracleReading(world))
  if (inProcess !== undefined) return inProcess
  const some = world.names.users.filter((_, at) => (at + turn) % 3 === 0)
  for (const { key } of world.modules) {
    const objection =
      (await selectionObjection(living, key)) ??
      (await eachOf(some, (user) => personObjection(living, user, key, turn)))
    if (objection !== undefined) return objection
  }
  return eachOf(world.records, (record) => recordObjection(living, record, turn))
}

async function eachOf<T>(items: readonly T[], object: (item: T) => Promise<Objection>): Promise<Objection> {
  for (const item of items) {
    const objection = await object(item)
    if (objection !== undefined) return objection
  }
  return undefined
}

/** Which rows SQL selects, for everybody and every action. */
async function selectionObjection({ office, world }: LivingWorld, module: Key): Promise<Objection> {
  const { parts, organization } = office
  const snapshot = await parts.policies.confirm(organization.place)
  const database = parts.database.organization(organization.place)
  const { now, ip, names } = world
  const readings = names.users.map((user) => {
    const actor = { organization: organization.place, user, asking: { now, ip }, via: 'session' as const }
    return { actor, snapshot, now, database }
  })
  const selected = await selectAll(readings, module)
  const records = world.records.filter((record) => record.module === module)
  return first(records, (record) =>
    first(names.users.entries(), ([at, user]) =>
      rowObjection(world, user, record, selected.get(record.id ?? '')?.[at]),
    ),
  )
}

function rowObjection(world: GeneratedWorld, user: Key, record: RecordFacts, row: Selected | undefined): Objection {
  const on = `${user} selects ${record.module} ${record.id}`
  const allowed = RECORD_ACTIONS.filter((action) => oracleAllows(world, user, action, record))
  return (
    unequal(on, [...(row?.actions ?? [])], allowed) ??
    unequal(`${on} in the bin`, row?.isInBin, oracleRestores(world, user, record))
  )
}

/** What a person is shown of a module, by lists, the bin, single records, filters and sorts. */
async function personObjection(living: LivingWorld, user: Key, module: Key, turn: number): Promise<Objection> {
  const { world } = living
  const url = `/api/v1/records/${module}`
  const list = await living.ask(user, { method: 'GET', url: `${url}?limit=200&count=exact` })
  const on = `${user} lists ${module} over HTTP`
  if (!oracleCanSignIn(world, user)) return unequal(on, list.statusCode, 401)
  if (!oracleAllowsOnModule(world, user, 'read', module)) return unequal(on, list.statusCode, 404)
  const { items, count } = list.json<{ items: readonly RecordItem[]; count?: { value: number } }>()
  const live = world.records.filter(({ deleted }) => !deleted)
  const expected = oracleList(world, user, 'read', module, live)
  const accesses = oracleFields(world, user, module)
  return (
    unequal(on, items.map(({ id }) => id).toSorted(), expected.map(idOf).toSorted()) ??
    unequal(`${on}, counted`, count?.value, expected.length) ??
    first(items, (item) => {
      const record = expected.find(({ id }) => id === item.id)
      return itemObjection(world, user, record, item, accesses)
    }) ??
    (await binObjection(living, user, module)) ??
    (await singleObjection(living, user, module, expected)) ??
    (await fieldObjection(living, user, module, turn)) ??
    (await searchObjection(living, user, module, turn))
  )
}

function idOf({ id }: RecordFacts): string {
  return id ?? ''
}

function idsIn(answer: LightMyRequestResponse, at: 'items' | 'results'): readonly string[] {
  if (answer.statusCode !== 200) return [String(answer.statusCode)]
  const items = answer.json<{ [key: string]: readonly { readonly id: string }[] }>()[at] ?? []
  return items.map(({ id }) => id).toSorted()
}

async function binObjection(living: LivingWorld, user: Key, module: Key): Promise<Objection> {
  const { world } = living
  const bin = await living.ask(user, { method: 'GET', url: `/api/v1/records/${module}?limit=200&deleted=true` })
  const expected = world.records.filter((record) => record.module === module && oracleRestores(world, user, record))
  return unequal(`${user} looks into the bin of ${module}`, idsIn(bin, 'items'), expected.map(idOf).toSorted())
}

async function singleObjection(
  living: LivingWorld,
  user: Key,
  module: Key,
  expected: readonly RecordFacts[],
): Promise<Objection> {
  const records = living.world.records.filter((record) => record.module === module)
  return eachOf(records, async ({ id }) => {
    const { statusCode } = await living.ask(user, { method: 'GET', url: `/api/v1/records/${module}/${id}` })
    return unequal(`${user} reads ${id}`, statusCode, expected.some((record) => record.id === id) ? 200 : 404)
  })
}

/** One field in its turn, as a filter and as a sort: of what he doesn't see in clear, nothing can be asked. */
async function fieldObjection(living: LivingWorld, user: Key, module: Key, turn: number): Promise<Objection> {
  const accesses = [...oracleFields(living.world, user, module)]
  const [field, access] = accesses[turn % accesses.length] ?? ['id', 'read']
  const filter = encodeURIComponent(JSON.stringify({ field, op: 'isNotEmpty' }))
  const url = `/api/v1/records/${module}`
  const filtered = await living.ask(user, { method: 'GET', url: `${url}?filter=${filter}` })
  const isShown = access === 'read' || access === 'edit'
  const isEncrypted = living.world.modules.find(({ key }) => key === module)?.fields[field]?.encrypted === true
  if (isShown) return unequal(`${user} filters ${module} by ${field}`, filtered.statusCode, isEncrypted ? 422 : 200)
  const sorted = await living.ask(user, { method: 'GET', url: `${url}?sort=${field}` })
  const absent = await living.ask(user, { method: 'GET', url: `${url}?sort=noSuchField` })
  const told = (answer: LightMyRequestResponse) => withoutRequest(answer.payload).replaceAll('noSuchField', field)
  return (
    unequal(`${user} filters ${module} by ${field}`, filtered.statusCode, 422) ??
    unequal(`${user} sorts ${module} by ${field}`, sorted.statusCode, 422) ??
    (access === 'hidden' ? unequal(`${user} is told of ${field}`, told(sorted), told(absent)) : undefined)
  )
}

/** An answer's text without the id that each request has of its own. */
function withoutRequest(payload: string): string {
  return payload.replace(/"requestId":"[^"]*"/, '')
}

/** AuthZEN's searches are the keeper's to make; whom he asks about doesn't come from his address. */
function searched(living: LivingWorld, what: string, question: object): Promise<LightMyRequestResponse> {
  const { now, ip = HOME } = living.world
  const body = { ...question, context: { time: new Date(now).toISOString(), ip } }
  return living.ask(living.keeper, { method: 'POST', url: `/access/v1/search/${what}`, body })
}

/** Two of the actions in their turn. */
function actionsIn(turn: number): readonly Action[] {
  return [ACTIONS[turn % ACTIONS.length], ACTIONS[(turn + 5) % ACTIONS.length]].flatMap((action) => action ?? [])
}

async function searchObjection(living: LivingWorld, user: Key, module: Key, turn: number): Promise<Objection> {
  const { world } = living
  return eachOf(actionsIn(turn), async (name) => {
    const question = { subject: { type: 'user', id: user }, action: { name }, resource: { type: module } }
    const found = idsIn(await searched(living, 'resource', question), 'results')
    const expected = world.records.filter((record) => record.module === module && mayOn(world, user, name, record))
    return unequal(`on what of ${module} ${user} may ${name}`, found, expected.map(idOf).toSorted())
  })
}

/** Where an action needs no level, the record has to be there for him all the same. */
function mayOn(world: GeneratedWorld, user: Key, action: Action, record: RecordFacts): boolean {
  if (record.deleted) return false
  if (action !== 'create' && action !== 'import') return oracleAllows(world, user, action, record)
  return oracleAllowsOnModule(world, user, action, record.module) && oracleAllows(world, user, 'read', record)
}

/** Who may, what one may, and who is in the audience. */
async function recordObjection(living: LivingWorld, record: RecordFacts, turn: number): Promise<Objection> {
  const { world, keeper } = living
  const resource = { type: record.module, id: record.id }
  const who = await eachOf(actionsIn(turn + record.confidential.toString().length), async (name) => {
    const answer = await searched(living, 'subject', { subject: { type: 'user' }, action: { name }, resource })
    const expected = world.names.users.filter((user) => mayOn(world, user, name, record))
    return unequal(`who may ${name} ${record.id}`, idsIn(answer, 'results'), expected.toSorted())
  })
  if (who !== undefined || record.deleted) return who
  const user = world.names.users[turn % world.names.users.length] ?? ''
  const answer = await searched(living, 'action', { subject: { type: 'user', id: user }, resource })
  const names = answer.json<{ results: readonly { readonly name: string }[] }>().results.map(({ name }) => name)
  const audience = await living.ask(keeper, {
    method: 'GET',
    url: `/api/v1/records/${record.module}/${record.id}/audience`,
  })
  const members = audience.json<{ items: readonly { readonly user: Key; readonly level: string }[] }>().items
  const byUser = (all: readonly { readonly user: Key; readonly level: string }[]) =>
    all.map((member) => `${member.user} ${member.level}`).toSorted()
  const { ip: _, ...anywhere } = world
  return (
    unequal(
      `what ${user} may do to ${record.id}`,
      names,
      ACTIONS.filter((name) => mayOn(world, user, name, record)),
    ) ?? unequal(`the audience of ${record.id}`, byUser(members), byUser(oracleAudience(anywhere, record)))
  )
}
