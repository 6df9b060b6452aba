import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { BUILT_IN_MODULES, checkDocument, compilePolicy } from '@bailiwick/access'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../db/database.ts'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { readStoredPolicy } from '../policy/store.ts'
import { askForImport, beginImport, changePolicies, type Written, write } from './killed-work.ts'
import { type RealServer, realServer } from './real-server.ts'

/** Set by `npm run kills -- --rounds N`: how often each work is broken off. */
const rounds = Number(process.env.BAILIWICK_KILL_ROUNDS ?? 2)
const timeout = 90_000 + rounds * 60_000

let kills = 0

/**
 * Lets the work run for a while, once it is under way, and ends the process in the middle of it.
 * @returns when the work has noticed
 */
async function killAmid(
  server: RealServer,
  work: Promise<unknown>,
  [least, most]: readonly [number, number],
  isUnderWay: () => boolean = () => true,
): Promise<void> {
  while (!isUnderWay()) await sleep(5)
  await sleep(randomInt(least, most))
  // Every other time the database goes down with it.
  await (kills++ % 2 === 0 ? server.kill() : server.killAll())
  await work
}

describe('killed amid', () => {
  const server = realServer()

  test('writing: everything acknowledged is there, and nothing half done', { timeout }, async () => {
    await server.start()
    const key = await server.createOrganization('nordwind')
    const written: Written[] = []
    const pending: string[] = []
    for (let round = 0; round < rounds; round++) {
      const before = written.length
      const work = Promise.all([0, 1, 2, 3].map((worker) => write(server, key, worker, written, pending)))
      await killAmid(server, work, [0, 1_200], () => written.length > before)
      await server.start()
      for (const one of written) await expectWhole(server, key, one)
    }
    await expectStories(server, written.length, pending.length)
    await server.start()
  })

  test('applying a policy: the tables are those of the version that stands', { timeout }, async () => {
    const key = await server.createOrganization('ostwind')
    let applied = 1
    for (let round = 0; round < rounds; round++) {
      const work = changePolicies(server, key, (version) => {
        applied = version
      })
      await killAmid(server, work, [200, 1_200])
      const version = await expectTablesOfPolicy(server, 'ostwind')
      expect(version).toBeGreaterThanOrEqual(applied)
      expect(version).toBeLessThanOrEqual(applied + 1)
      applied = version
      await server.start()
    }
  })

  test('an import: it goes on and ends, and no row is there twice', { timeout }, async () => {
    const key = await server.createOrganization('westwind')
    for (let round = 0; round < rounds; round++) {
      const rows = 6_000
      const id = await beginImport(server, key, round, rows)
      await killAmid(server, Promise.resolve(), [50, 1_500])
      await server.start()
      const job = await ended(server, key, id)
      expect(job).toMatchObject({ state: 'done', created: rows, rejected: 0 })
      expect(await countOf(server, key, round)).toBe(rows)
    }
    expect(await countDoubles(server, 'westwind')).toEqual([])
  })
})

describe('killed amid a request under a key', () => {
  const server = realServer()

  test('what it began is there at most once, and the repetition is told where', { timeout }, async () => {
    await server.start()
    const key = await server.createOrganization('sudwind')
    for (let round = 0; round < rounds; round++) {
      const ask = () => askForImport(server, key, round, 50, { 'idempotency-key': `import-${round}` })
      const asked = ask().catch((error: unknown) => {
        if (!(error instanceof TypeError)) throw error // the connection broke
      })
      await killAmid(server, asked, [0, 150])
      await server.start()
      const { status, location = '' } = await ask()
      // Where it was broken off before there was a job, the key is its own for minutes more, and nothing was done.
      expect([202, 409]).toContain(status)
      if (status === 202)
        expect(await ended(server, key, location.split('/').at(-1) ?? '')).toMatchObject({ state: 'done' })
      expect(await countOf(server, key, round)).toBe(status === 202 ? 50 : 0)
    }
  })
})

describe('killed amid its making', () => {
  const server = realServer({ BAILIWICK_DEMO: '1' })

  test('the demonstration is made again, whole and once', { timeout }, async () => {
    for (let round = 0; round < rounds; round++) {
      server.spawn()
      await killAmid(server, Promise.resolve(), [2_500, 6_000])
    }
    await server.start()
    await server.kill()
    const database = await openDatabase({ folder: server.folder })
    const organizations = await sql<{ slug: string }>`select slug from control.organizations`.execute(database.owner)
    const schemas = await sql<{
      name: string
    }>`select nspname as name from pg_namespace where nspname like 'org\\_%'`.execute(database.owner)
    const roles = await sql<{
      name: string
    }>`select rolname as name from pg_roles where rolname like 'org\\_%'`.execute(database.owner)
    const deals = await sql<{ count: string }>`select count(*) from org_maventech.r_deals`.execute(database.owner)
    await database.close()
    expect(organizations.rows).toEqual([{ slug: 'maventech' }])
    expect(Number(deals.rows[0]?.count)).toBe(8_800)
    expect(schemas.rows).toHaveLength(1)
    expect(roles.rows).toHaveLength(1)
  })
})

async function expectWhole(server: RealServer, key: string, one: Written): Promise<void> {
  const { status, body } = await server.ask(key, 'GET', `/api/v1/records/accounts/${one.id}`)
  expect(status).toBe(200)
  const isPendingThere = one.pending !== undefined && body.version === one.version + 1
  if (isPendingThere) Object.assign(one, { version: one.version + 1, employees: one.pending })
  one.pending = undefined
  expect(body).toMatchObject({ version: one.version, employees: one.employees })
}

/** Each version of each record has its line of history, and no record is there that nobody asked for. */
async function expectStories(server: RealServer, acknowledged: number, unanswered: number): Promise<void> {
  await server.kill()
  const database = await openDatabase({ folder: server.folder })
  const { rows } = await sql<{ version: number; versions: number[] }>`
    select r.version, (select array_agg(h.version order by h.version) from org_nordwind.history h where h.record_id = r.id) as versions
    from org_nordwind.r_accounts r
  `.execute(database.owner)
  await database.close()
  expect(rows.length).toBeGreaterThanOrEqual(acknowledged)
  expect(rows.length).toBeLessThanOrEqual(acknowledged + unanswered)
  for (const { version, versions } of rows) expect(versions).toEqual(Array.from({ length: version }, (_, at) => at + 1))
}

/** @returns the version that stands */
async function expectTablesOfPolicy(server: RealServer, slug: string): Promise<number> {
  const database = await openDatabase({ folder: server.folder })
  const schema = `org_${slug}`
  const latest = await sql<{ version: number; number: number }>`
    select head.version, number from ${sql.table(`${schema}.head`)} head
    cross join (select number from ${sql.table(`${schema}.policy_versions`)} order by number desc limit 1) newest
  `.execute(database.owner)
  const stored = await readStoredPolicy(database.owner, { id: slug, schema, role: schema })
  const columns = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = ${schema} and table_name like 'r\\_%' and column_name like 'f\\_%'
  `.execute(database.owner)
  await database.close()
  const [row] = latest.rows
  const { document } = checkDocument(stored?.document, { catalogue: BUILT_IN_MODULES })
  if (!row || !document) throw new Error('There is no policy that stands.')
  expect(row.number).toBe(row.version)
  const { modules } = compilePolicy(document, BUILT_IN_MODULES)
  const wanted = [...modules.values()].flatMap((module) =>
    [...module.fields.keys()]
      .map(fieldColumn)
      .filter((name) => name.startsWith('f_'))
      .map((name) => `${recordTable(module.key)}.${name}`),
  )
  expect(columns.rows.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(wanted.sort())
  return row.version
}

async function countOf(server: RealServer, key: string, round: number): Promise<unknown> {
  const filter = JSON.stringify({ field: 'industry', op: 'eq', value: `round ${round}` })
  const query = `limit=1&count=exact&filter=${encodeURIComponent(filter)}`
  const { body } = await server.ask(key, 'GET', `/api/v1/records/accounts?${query}`)
  const { value, exact } = Object(body.count)
  expect(exact).toBe(true)
  return value
}

async function ended(server: RealServer, key: string, id: string): Promise<unknown> {
  for (let waited = 0; waited < timeout; waited += 50) {
    const { body } = await server.ask(key, 'GET', `/api/v1/imports/${id}`)
    if (body.state !== 'queued' && body.state !== 'running') return body
    await sleep(50)
  }
  throw new Error('The import does not end')
}

async function countDoubles(server: RealServer, slug: string): Promise<unknown[]> {
  await server.kill()
  const database = await openDatabase({ folder: server.folder })
  const { rows } = await sql`
    select f_name from ${sql.table(`org_${slug}.r_accounts`)} group by f_name having count(*) > 1
  `.execute(database.owner)
  await database.close()
  return rows
}
