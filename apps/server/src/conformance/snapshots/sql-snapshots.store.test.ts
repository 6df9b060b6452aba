import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { recordTable, searchTable } from '../../modules/columns.ts'
import type { Snapshot } from '../../policy/live-policy.ts'
import { readOwners } from '../../policy/owners.ts'
import { makeOrderStatements } from '../../records/orders/order-statements.ts'
import { keysOfName, orderToIndex } from '../../records/orders/order-to-index.ts'
import { createRecordsFixture } from '../../records/records-fixture.ts'
import { testDatabase } from '../../testing/index.ts'
import { storeFacts } from '../store-facts.ts'
import { collectStatements, type Sent } from './sent-statements.ts'
import { DOCUMENT, NOW, RECORDS } from './snapshot-organization.ts'
import { QUESTIONS, type SnapshotQuestion } from './snapshot-questions.ts'

/**
 * The statements that the program sends for a fixed set of questions, and on the built-in PostgreSQL the shapes of their plans, held to
 * the committed ones. `npm run snapshots` writes them anew: what a change does to SQL and plans is then read in its diff.
 */
const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../records/sql-snapshots')
const isWriting = process.env.BAILIWICK_SNAPSHOTS === 'write'
const PLAN = '\n-- plan\n'

const takeStatements = collectStatements()
const { database, createOrganization } = await testDatabase()
const organization = await createOrganization('nordwind')
const { parts, gateway, actor } = await createRecordsFixture(database, organization, DOCUMENT, NOW)
const asking = { parts, gateway, actor: (user: string) => actor(user) }
const { rows: versions } = await sql<{ major: number }>`
  select current_setting('server_version_num')::int / 10000 as major`.execute(database.owner)
const hasPlans = versions[0]?.major === 18

beforeAll(async () => {
  const snapshot = await parts.policies.confirm(organization)
  await database.ownerTransaction(organization, async (transaction) => {
    const owners = await readOwners(transaction)
    const place = {
      database: transaction,
      organizationId: organization.id,
      owners,
      secrets: parts.secrets,
      at: new Date(NOW).toISOString(),
    }
    for (const module of ['things', 'parts'].flatMap((key) => snapshot.policy.modules.get(key) ?? [])) {
      await storeFacts(
        place,
        module,
        RECORDS.filter((record) => record.module === module.key),
      )
    }
  })
  await makeOrders(snapshot)
  // Texts, too: what waits to be put into their index makes that look dear, until somebody clears it away.
  const ofModules = ['things', 'parts'].flatMap((module) => [recordTable(module), searchTable(module)])
  for (const table of [...ofModules, 'shares', 'head', 'owners']) {
    await sql`vacuum analyze ${sql.table(`${organization.schema}.${table}`)}`.execute(database.owner)
  }
})

/** As if lists had been asked for in them of many records. */
async function makeOrders({ policy }: Snapshot): Promise<void> {
  const things = policy.modules.get('things')
  for (const name of ['amount', 'stage,-due']) {
    const keys = things && orderToIndex(things, keysOfName(things, name) ?? [])
    if (!keys) throw new Error(`No index is made for lists by ${name}.`)
    for (const statement of makeOrderStatements(organization.schema, 'things', keys)) {
      await statement.execute(database.owner)
    }
  }
}

describe('the SQL of', () => {
  test.each(QUESTIONS)('$name is the committed one', async (question) => {
    const told = await tellOf(question)
    const file = path.join(FOLDER, `${question.name}.sql`)
    if (isWriting && hasPlans) writeFileSync(file, told)
    const kept = existsSync(file) ? readFileSync(file, 'utf8') : ''
    expect(hasPlans ? told : statementOf(told)).toBe(hasPlans ? kept : statementOf(kept))
  })

  test('every committed file is one of these', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(QUESTIONS.map(({ name }) => `${name}.sql`).sort())
  })
})

describe('a walk within buckets and owners', () => {
  test.each([
    ['newest', 'reach-team'],
    ['by name', 'list-name'],
  ])('is not open to the index of all records, %s', async (_order, name) => {
    const question = QUESTIONS.find((one) => one.name === name)
    if (!question) throw new Error(`Nobody asks ${name}.`)
    const sent = await sentFor(question)
    const plan = await undone(async (transaction) => {
      const { rows: within } = await sql<{ name: string }>`
        select indexname as name from pg_indexes
        where schemaname = current_schema() and tablename = 'r_things'
          and (indexdef ~ 'version < [01]' or indexname = 'i_things$$owner')`.execute(transaction)
      for (const index of within) await sql`drop index ${sql.id(index.name)}`.execute(transaction)
      for (const way of ['seqscan', 'bitmapscan', 'sort']) {
        await sql`set local ${sql.id(`enable_${way}`)} = off`.execute(transaction)
      }
      const { rows: lines } = await transaction.executeQuery<{ 'QUERY PLAN': string }>(
        CompiledQuery.raw(`explain (costs off) ${sent.text}`, [...sent.values]),
      )
      return lines.map((line) => line['QUERY PLAN']).join('\n')
    })
    // What is left is to look through the table: of every other way, nothing would be known but that it is over all records.
    expect(plan).toContain('Seq Scan on r_things')
    expect(plan).not.toMatch(/i_things\$(name|\$updated)/)
  })
})

/** What `work` finds out in a transaction that changes nothing. */
async function undone<Result>(work: (transaction: OwnerTransaction) => Promise<Result>): Promise<Result> {
  let result: { readonly of: Result } | undefined
  const back = new Error('rolled back')
  await database
    .ownerTransaction(organization, async (transaction) => {
      result = { of: await work(transaction) }
      throw back
    })
    .catch((error: unknown) => {
      if (error !== back) throw error
    })
  if (!result) throw new Error('Nothing was found out.')
  return result.of
}

type OwnerTransaction = Parameters<Parameters<typeof database.ownerTransaction>[1]>[0]

function statementOf(text: string): string {
  return text.split(PLAN)[0] ?? ''
}

/** The last statement about records that a question sends; those before it are of other questions, or of the page before. */
async function sentFor({ ask }: SnapshotQuestion): Promise<Sent> {
  // Asked twice: what is read once, such as the policy, is known by then.
  await ask(asking)
  takeStatements()
  await ask(asking)
  const about = takeStatements().findLast(({ text }) => text.includes('"r_'))
  if (!about) throw new Error('No statement about records was sent.')
  return about
}

async function tellOf(question: SnapshotQuestion): Promise<string> {
  const about = await sentFor(question)
  const values = about.values.map((value, at) => `-- $${at + 1} ${shortened(value)}`)
  const text = [`-- ${question.asks}`, ...values, readable(about.text)].join('\n')
  return `${text}\n${hasPlans ? `${PLAN}${await planOf(about)}\n` : PLAN}`
}

const LONGEST_VALUE = 120

/** Numbers of owners and buckets are given in no order that is promised, so that only how many there are is told. */
function shortened(value: unknown): string {
  if (typeof value === 'number') return 'a number'
  if (Array.isArray(value) && value.every((one) => typeof one === 'number')) return `${value.length} numbers`
  if (typeof value === 'string' && /^\{[\d,]*\}$/.test(value)) return `${value.match(/\d+/g)?.length ?? 0} numbers`
  const text = JSON.stringify(value) ?? 'null'
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

/** One clause a line. */
function readable(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<!distinct) (from|where|union all|order by|left join|cross join|limit|returning|set) /g, '\n$1 ')
}

/** What the planner does, as comments: values as they are written in it are left out. */
async function planOf({ text, values }: Sent): Promise<string> {
  const connection = await database.connect(organization)
  try {
    const { rows } = await connection.query<{ 'QUERY PLAN': string }>({
      text: `explain (costs off) ${text}`,
      values: [...values],
    })
    return rows.map((row) => `-- ${withoutValues(row['QUERY PLAN'])}`).join('\n')
  } finally {
    connection.release()
  }
}

function withoutValues(line: string): string {
  return line.replace(/'(?:[^']|'')*'::/g, '?::').replace(/(bucket|owner_id) = \d+/g, '$1 = ?')
}
