import { ACTIONS, type Action, type Key, type RecordFacts } from '@bailiwick/access'
import { oracleAllows, oracleAllowsOnModule, oracleCanSignIn } from '@bailiwick/access/oracle'
import {
  arbitraryWorld,
  askedLaw,
  first,
  type GeneratedWorld,
  generationCatalogue,
  type Objection,
  unequal,
  usersOf,
} from '@bailiwick/testkit'
import type { Actor } from '../actor.ts'
import { storedWorlds } from '../conformance/stored-worlds.ts'
import { operatorActor } from '../http/actor.ts'
import { createEncryptedValues } from '../modules/encrypted-values.ts'
import { createLivePolicies } from '../policy/live-policy.ts'
import { Problem } from '../problem.ts'
import type { RecordsParts } from '../records/parts.ts'
import { testDatabase } from '../testing/index.ts'
import { evaluateBatch } from './evaluate-batch.ts'
import type { Page } from './page.ts'
import type { Entity } from './question.ts'
import { searchActions } from './search-actions.ts'
import { searchResources } from './search-resources.ts'
import { searchSubjects } from './search-subjects.ts'

const { database, createOrganization } = await testDatabase()
const place = await createOrganization()
const stored = await storedWorlds(database, place)
const here: { world?: GeneratedWorld } = {}
const parts: RecordsParts = {
  database,
  policies: createLivePolicies(database, {
    catalogue: generationCatalogue,
    findLicensed: async () => here.world?.licensed,
  }),
  secrets: createEncryptedValues([new Uint8Array(32)]),
  newId: () => crypto.randomUUID(),
}

askedLaw('an evaluation is what the law says', arbitraryWorld(), evaluationObjection, 60)
askedLaw('whoever asks about himself is told the law', arbitraryWorld(), ownObjection, 40)
askedLaw('who may is everybody of whom an evaluation says so', arbitraryWorld(), subjectsObjection, 40)
askedLaw('on what one may is everything of which an evaluation says so', arbitraryWorld(), resourcesObjection, 40)

async function settle(world: GeneratedWorld): Promise<Actor> {
  await stored.settle(world)
  here.world = world
  return operatorActor(place, world.now)
}

const user = (id: Key): Entity => ({ type: 'user', id })
const module = (id: Key): Entity => ({ type: 'module', id })
const record = ({ module: type, id = '' }: RecordFacts): Entity => ({ type, id })
const named = ({ module: type, values }: RecordFacts): Entity[] =>
  typeof values.externalId === 'string' && values.externalId !== '' ? [{ type, id: values.externalId }] : []
const circumstances = ({ ip }: GeneratedWorld) => ({ context: ip === undefined ? {} : { ip } })

/** The law on a record: one that is deleted or not his to read isn't there for him, also where the action needs no level. */
function allows(world: GeneratedWorld, who: Key, action: Action, facts: RecordFacts): boolean {
  if (facts.deleted) return false
  if (action !== 'create' && action !== 'import') return oracleAllows(world, who, action, facts)
  return oracleAllowsOnModule(world, who, action, facts.module) && oracleAllows(world, who, 'read', facts)
}

interface Asked {
  readonly on: string
  readonly evaluation: {
    readonly subject: Entity
    readonly action: { readonly name: Action }
    readonly resource: Entity
  }
  readonly expected: boolean
}

function questions(world: GeneratedWorld, who: Key): Asked[] {
  return ACTIONS.flatMap((action) => {
    const ask = (resource: Entity, expected: boolean): Asked => ({
      on: `${who} ${action} ${resource.type} ${resource.id}`,
      evaluation: { subject: user(who), action: { name: action }, resource },
      expected,
    })
    return [
      ...world.modules.map(({ key }) => ask(module(key), oracleAllowsOnModule(world, who, action, key))),
      ...world.records.flatMap((facts) =>
        [record(facts), ...named(facts)].map((entity) => ask(entity, allows(world, who, action, facts))),
      ),
    ]
  })
}

async function answersObjection(world: GeneratedWorld, actor: Actor, asked: readonly Asked[]): Promise<Objection> {
  const evaluations = asked.map(({ evaluation }) => evaluation)
  const decisions = await evaluateBatch(parts, actor, { ...circumstances(world), evaluations })
  return first(asked.entries(), ([at, { on, expected }]) => unequal(on, decisions[at], expected))
}

async function evaluationObjection(world: GeneratedWorld): Promise<Objection> {
  const operator = await settle(world)
  const asked = usersOf(world).flatMap((who) => questions(world, who))
  return answersObjection(world, operator, asked)
}

/** External ids aside, which are for who reads them. */
async function ownObjection(world: GeneratedWorld): Promise<Objection> {
  await settle(world)
  for (const who of usersOf(world)) {
    const actor = stored.actor(who)
    const asked = questions(world, who).filter(({ evaluation: { resource } }) => {
      return resource.type === 'module' || world.records.some(({ id }) => id === resource.id)
    })
    const objection = oracleCanSignIn(world, who)
      ? await answersObjection(world, actor, asked)
      : unequal(`${who} is let in`, await statusOf(answersObjection(world, actor, asked)), 401)
    if (objection !== undefined) return objection
  }
  return undefined
}

async function statusOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 200,
    (error: unknown) => (error instanceof Problem ? error.status : error),
  )
}

/** Every page of a search, a few results at a time. */
async function walk<Result>(limit: number, next: (page: object) => Promise<Page<Result>>): Promise<Result[]> {
  const results: Result[] = []
  let token = ''
  do {
    const page = await next({ token, limit })
    if (page.results.length !== page.page.count || page.page.count > limit) throw new Error('a page of another size')
    if (page.page.next_token !== '' && page.page.count !== limit) throw new Error('a page that is not full')
    results.push(...page.results)
    token = page.page.next_token
  } while (token !== '')
  return results
}

async function subjectsObjection(world: GeneratedWorld): Promise<Objection> {
  const operator = await settle(world)
  for (const [at, facts] of world.records.entries()) {
    for (const action of ACTIONS) {
      const search = {
        subject: { type: 'user' },
        action: { name: action },
        resource: record(facts),
        ...circumstances(world),
      }
      const found = await walk(1 + (at % 3), (page) => searchSubjects(parts, operator, { ...search, page }))
      const expected = usersOf(world).filter((who) => allows(world, who, action, facts))
      const objection = unequal(`who may ${action} ${facts.id}`, found, expected.toSorted().map(user))
      if (objection !== undefined) return objection
    }
  }
  return undefined
}

async function resourcesObjection(world: GeneratedWorld): Promise<Objection> {
  const operator = await settle(world)
  for (const [at, who] of usersOf(world).entries()) {
    const objection =
      (await recordsObjection(world, operator, who, 1 + (at % 3))) ?? (await actionsObjection(world, operator, who))
    if (objection !== undefined) return objection
  }
  return undefined
}

async function recordsObjection(world: GeneratedWorld, actor: Actor, who: Key, limit: number): Promise<Objection> {
  for (const { key } of world.modules) {
    for (const action of ACTIONS) {
      const search = { subject: user(who), action: { name: action }, resource: { type: key }, ...circumstances(world) }
      const found = await walk(limit, (page) => searchResources(parts, actor, { ...search, page }))
      const expected = world.records.filter((facts) => facts.module === key && allows(world, who, action, facts))
      const objection =
        unequal(`what ${who} may ${action} in ${key}`, found, expected.map(record).toSorted(byId)) ??
        (action === 'read' ? unequal(`what ${who} lists of ${key}`, found, await listed(who, key)) : undefined)
      if (objection !== undefined) return objection
    }
  }
  return undefined
}

function byId(one: Entity, other: Entity): number {
  return one.id < other.id ? -1 : 1
}

/** What the list endpoint shows; nothing of a module that isn't there for the person, or where he isn't let in. */
async function listed(who: Key, key: Key): Promise<Entity[]> {
  try {
    const { items } = await stored.gateway.list(stored.actor(who), key, { sort: 'id', limit: 200 })
    return items.map(({ id }) => ({ type: key, id }))
  } catch (error) {
    if (error instanceof Problem) return []
    throw error
  }
}

async function actionsObjection(world: GeneratedWorld, actor: Actor, who: Key): Promise<Objection> {
  for (const facts of world.records) {
    const search = { subject: user(who), resource: record(facts), ...circumstances(world) }
    const found = await walk(5, (page) => searchActions(parts, actor, { ...search, page }))
    const expected = ACTIONS.filter((action) => allows(world, who, action, facts)).map((name) => ({ name }))
    const objection = unequal(`what ${who} may do to ${facts.id}`, found, expected)
    if (objection !== undefined) return objection
  }
  return undefined
}
