import { type Key, reach, reachCondition } from '@bailiwick/access'
import { arbitraryWorld, askedLaw, type GeneratedWorld, type Objection, unequal, usersOf } from '@bailiwick/testkit'
import { sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { reachedTotal } from '../records/counts/reached-total.ts'
import type { Cursor } from '../records/cursor.ts'
import { decomposeReach } from '../records/list-shapes/decompose-reach.ts'
import {
  type Attempt,
  firstAttempt,
  indexedAttempt,
  restOfRows,
  valueAttempt,
} from '../records/list-shapes/filtered-rows.ts'
import { type PageQuestion, pageRows, SHAPES, type Shape } from '../records/list-shapes/page-rows.ts'
import { reachedRowsOf } from '../records/list-shapes/reached-rows.ts'
import { Values } from '../records/list-shapes/values.ts'
import { type Reading, reachToSql } from '../records/reach-to-sql.ts'
import { orderBy, orderBySorted, type SortKey, sortableField, sortedPositions, sortName } from '../records/sort-keys.ts'
import { testDatabase } from '../testing/index.ts'
import { storedWorlds } from './stored-worlds.ts'

const { database, createOrganization } = await testDatabase()
const place = await createOrganization()
const stored = await storedWorlds(database, place)
const tables = database.organization(place)

askedLaw('every shape of a list finds the same pages', arbitraryWorld(), pagesObjection, 60)

/** Pages of three, so that there are several, and sort keys that many records have in common. */
const LIMIT = 3
const MOST_PAGES = 8

async function pagesObjection(world: GeneratedWorld): Promise<Objection> {
  await stored.settle(world)
  await moveSome(world)
  const snapshot = await stored.snapshot()
  const users = usersOf(world)
  for (const [at, { key }] of world.modules.entries()) {
    for (const user of [users.at(at % users.length), users.at((at + world.records.length) % users.length)]) {
      const objection = await userObjection(world, snapshot, user ?? '', key, at + world.records.length)
      if (objection !== undefined) return objection
    }
  }
  return undefined
}

/** Every other owner as one who has moved, with his records in buckets of others. */
async function moveSome(world: GeneratedWorld): Promise<void> {
  await sql`update owners set moved = id % 2 = 0`.execute(tables)
  for (const { key } of world.modules) {
    await sql`
      update ${sql.table(recordTable(key))} as t set bucket = (select min(bucket) from owners where bucket > 0)
      from owners where owners.id = t.owner_id and owners.moved and hashtext(t.id::text) % 2 = 0`.execute(tables)
  }
  await sql`update head set settled = settled + 1, stamp = stamp + 1`.execute(tables)
}

async function userObjection(
  world: GeneratedWorld,
  snapshot: Snapshot,
  user: Key,
  moduleKey: Key,
  turn: number,
): Promise<Objection> {
  const module = snapshot.policy.modules.get(moduleKey)
  if (!module) return undefined
  const { now, ip } = world
  const reached = reachCondition(reach(snapshot.policy, user, moduleKey, 'read', { now, ip }))
  const whole: PageQuestion = { module, reach: reached, also: [], sort: [], limit: LIMIT }
  if (!decomposeReach(reached)) return countObjection(snapshot, now, whole, user)
  const fields = [...module.fields.values()].filter((field) => sortableField(field) && !field.encrypted)
  const chosen = fields.filter(
    (field, at) => field.key === 'updatedAt' || field === module.titleField || at === turn % fields.length,
  )
  const second = fields[(turn * 7 + 3) % fields.length]
  for (const field of chosen) {
    for (const descending of [true, false]) {
      const also = turn % 2 === 0 ? [] : [sql<boolean>`hashtext(t.id::text) % 3 <> 0`]
      const isAlone = turn % 3 === 0 || !second || second === field
      const sort = [{ field, descending }, ...(isAlone ? [] : [{ field: second, descending: turn % 4 < 2 }])]
      const question: PageQuestion = { module, reach: reached, also, sort, limit: LIMIT }
      const expected = await allInOrder(snapshot, now, question)
      const tries = also.length > 0 ? TRIES : []
      for (const shape of [...SHAPES, ...tries]) {
        const on = `${user} on ${moduleKey} by ${sortName(sort)}, ${shape}`
        const objection = unequal(on, await allPages(snapshot, now, question, shape), expected)
        if (objection !== undefined) return objection
      }
    }
  }
  return countObjection(snapshot, now, whole, user)
}

/** How many rows a filtered list's attempts look at before they give up: few, some, more than there are. */
const TRIES = [1, 4, 1_000] as const
type Try = (typeof TRIES)[number]

/** The same without pages and their pieces. */
async function allInOrder(snapshot: Snapshot, now: number, question: PageQuestion): Promise<string[]> {
  const { module, reach: reached, also, sort } = question
  const conditions = [reachToSql({ snapshot, now }, module.key, 't', reached), ...also]
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(recordTable(module.key))} as t
    where t.deleted_at is null and ${sql.join(conditions, sql` and `)}
    order by ${orderBy(sort, 't')} limit ${LIMIT * MOST_PAGES}`.execute(tables)
  return rows.map(({ id }) => id)
}

async function allPages(
  snapshot: Snapshot,
  now: number,
  question: PageQuestion,
  shape: Shape | Try,
): Promise<string[]> {
  const ids: string[] = []
  let cursor: Cursor | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const rows = await pageOf(snapshot, now, { ...question, cursor }, shape)
    ids.push(...rows.map(({ id }) => id))
    const last = rows.at(-1)
    if (!last || rows.length < LIMIT) break
    cursor = { id: last.id, position: question.sort.length > 1 ? [last.k0, last.k1 ?? null] : [last.k0] }
  }
  return ids
}

async function pageOf(snapshot: Snapshot, now: number, question: PageQuestion, shape: Shape | Try) {
  if (typeof shape === 'number') return triedPage(snapshot, now, question, shape)
  const values = new Values()
  const reading = { snapshot, now, values }
  const found = pageRows(reading, question, shape)
  const sort: readonly SortKey[] = question.sort
  const { rows } = await sql<PageRow>`
    select t.id, ${sortedPositions(sort, 't')} from ${values.row('hidden')} cross join lateral ${found}
    order by ${orderBySorted(sort, 't')} limit ${LIMIT}`.execute(tables)
  return rows
}

/** A filtered list's page as attempts find it, and what is left where none of them did. */
async function triedPage(snapshot: Snapshot, now: number, question: PageQuestion, most: Try) {
  const attempts: ((reading: Reading) => Attempt | undefined)[] = [
    (reading) => firstAttempt(reading, question, most),
    (reading) => valueAttempt(reading, question, { where: sql`true`, orderBy: sql`t.id` }, most),
    (reading) => indexedAttempt(reading, question, question.also, most),
  ]
  for (const make of attempts) {
    const reading = { snapshot, now, values: new Values() }
    const attempt = make(reading)
    const rows = attempt && (await attemptedRows(reading, question, attempt))
    if (rows) return rows
  }
  const values = new Values()
  const found = restOfRows({ snapshot, now, values }, question)
  const { rows } = await sql<PageRow>`
    select t.id, ${sortedPositions(question.sort, 't')} from ${values.row('hidden')} cross join lateral ${found}
    order by ${orderBySorted(question.sort, 't')} limit ${LIMIT}`.execute(tables)
  return rows
}

interface PageRow {
  readonly id: string
  readonly k0: string | null
  readonly k1?: string | null
}

async function attemptedRows(
  { values }: { readonly values: Values },
  { sort }: PageQuestion,
  { tables: made, isWhole }: Attempt,
): Promise<PageRow[] | undefined> {
  const { rows } = await sql<PageRow & { readonly is_whole: boolean }>`
    select tried.* from ${values.row('hidden')} cross join lateral (
      with ${made}
      select whole.is_whole, t.id, ${sortedPositions(sort, 't')} from (select ${isWhole} as is_whole) as whole
      left join found as t on true order by ${orderBySorted(sort, 't')} limit ${LIMIT}
    ) as tried`.execute(tables)
  return rows[0]?.is_whole ? rows.filter(({ id }) => id !== null) : undefined
}

/** However they are fetched, they are as many. */
async function countObjection(snapshot: Snapshot, now: number, question: PageQuestion, user: Key): Promise<Objection> {
  const { module, reach: reached } = question
  const plain = await sql<{ id: string }>`
    select t.id from ${sql.table(recordTable(module.key))} as t
    where t.deleted_at is null and ${reachToSql({ snapshot, now }, module.key, 't', reached)} order by t.id`.execute(
    tables,
  )
  const expected = plain.rows.map(({ id }) => id)
  for (const isMuch of [true, false]) {
    const values = new Values()
    const rows = reachedRowsOf({ snapshot, now, values }, question, sql`t.id`, isMuch)
    const counted = await sql<{ id: string }>`
      select one.id from ${values.row('hidden')} cross join lateral (${rows}) as one order by one.id`.execute(tables)
    const ids = counted.rows.map(({ id }) => id)
    const objection = unequal(`${user} counts ${module.key} ${isMuch ? 'at once' : 'by ways'}`, ids, expected)
    if (objection !== undefined) return objection
  }
  const totals = [await totalOf(snapshot, now, question), await totalOf(snapshot, now, question, LIMIT)]
  const capped = Math.min(expected.length, LIMIT)
  const [exact, most] = totals
  return unequal(
    `${user} counts ${module.key} by what is written`,
    [exact, Math.min(most ?? 0, LIMIT)],
    [expected.length, capped],
  )
}

async function totalOf(snapshot: Snapshot, now: number, question: PageQuestion, most?: number): Promise<number> {
  const values = new Values()
  const { statement } = reachedTotal({ snapshot, now, values }, { ...question, also: [] }, most)
  const { rows } = await sql<{ total: number }>`
    select counted.total from ${values.row('hidden')} cross join lateral (${statement}) as counted`.execute(tables)
  return rows[0]?.total ?? -1
}
