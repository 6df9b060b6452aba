import { type QueryExecutorProvider, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { recordTable } from '../../modules/columns.ts'
import { completeTables } from '../../modules/complete-tables.ts'
import { testDatabase } from '../../testing/index.ts'
import { COUNTED_DOCUMENT, type CountsFixture, countsFixture, jobOf } from './counts-fixture.ts'
import { foldCounts, foldCountsJob } from './fold-counts.ts'

const parts = await testDatabase()
const { database } = parts

describe('Nobody who writes', () => {
  /** Does the work in a transaction that stays open until the function that is handed out is called. */
  async function holdOpen(office: CountsFixture, statement: string) {
    let letGo = () => {}
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let hasWritten = () => {}
    const written = new Promise<void>((resolve) => {
      hasWritten = resolve
    })
    const open = office.tables.transaction().execute(async (transaction) => {
      await sql.raw(statement).execute(transaction)
      hasWritten()
      await gate
    })
    await written
    return async () => {
      letGo()
      await open
    }
  }

  /** Fails where it would have to wait for anybody. */
  function atOnce(office: CountsFixture, work: (transaction: QueryExecutorProvider) => Promise<unknown>) {
    return office.tables.transaction().execute(async (transaction) => {
      await sql`set local lock_timeout = '200ms'`.execute(transaction)
      return work(transaction)
    })
  }

  it('waits for another because both change how many there are, nor for what folds them, nor that for him', async () => {
    const office = await countsFixture(parts)
    const [{ plain, secret }, other] = [await office.fresh(), await office.fresh()]
    const moving = await holdOpen(office, `update r_accounts set deleted_at = now() where id = '${plain}'`)
    const confiding = await holdOpen(office, `update r_accounts set confidential = false where id = '${secret}'`)
    await atOnce(office, (mine) =>
      sql`update r_accounts set deleted_at = now() where id = ${other.plain}`.execute(mine),
    )
    await atOnce(office, (mine) => sql`delete from r_accounts where id = ${other.secret}`.execute(mine))
    for (let turn = 0; turn < 5; turn++) await office.addRecord('accounts', 'user:arne')
    expect(await atOnce(office, foldCounts)).toBeGreaterThan(4)
    const folding = await holdOpen(office, 'delete from record_counts')
    await atOnce(office, (mine) =>
      sql`update r_accounts set confidential = true where id = ${other.binned}`.execute(mine),
    )
    await expect(atOnce(office, foldCounts)).resolves.toBe(0)
    await Promise.all([moving(), confiding()])
    await folding()
    expect(await office.written()).not.toEqual([])
  })

  it('is missed by what is folded meanwhile: each snapshot has what it had', async () => {
    const office = await countsFixture(parts)
    for (let turn = 0; turn < 8; turn++) await office.addRecord('accounts', 'user:arne')
    await office.tables
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (snapshot) => {
        const sum = () => sql<{ n: number }>`select sum(n) as n from record_counts`.execute(snapshot)
        const before = await sum()
        expect(await foldCounts(office.tables)).toBeGreaterThan(4)
        expect((await sum()).rows).toEqual(before.rows)
      })
    await office.requireCounted('folded')
  })
})

describe('Counting begins', () => {
  it('with what is there, in tables of a program that knew no counts', async () => {
    const office = await countsFixture(parts)
    const { policy } = await office.policies.current(office.organization)
    await database.ownerTransaction(office.organization, async (owner) => {
      for (const { key } of policy.modules.values()) {
        for (const name of ['count_made', 'count_gone', 'count_changed', 'count_emptied']) {
          await sql`drop trigger ${sql.id(name)} on ${sql.table(recordTable(key))}`.execute(owner)
        }
      }
      await sql`delete from record_counts`.execute(owner)
    })
    await office.addRecord('accounts', 'user:sofia', { confidential: true })
    const complete = async () => {
      const completed = await database.ownerTransaction(office.organization, (owner) =>
        completeTables(owner, office.organization, policy.modules),
      )
      return completed.made
    }
    expect(await complete()).toBe(policy.modules.size)
    expect(await complete()).toBe(0)
    await office.requireCounted('counted afterwards')
    await office.addRecord('accounts', 'user:anna')
    await office.requireCounted('and on')
  })

  it('anew in a module that is made again under the same key', async () => {
    const office = await countsFixture(parts)
    const fields = { name: { type: 'text' as const, title: true } }
    const modules = { ...COUNTED_DOCUMENT.modules, boats: { fields } }
    const boats = async () => (await office.gateway.list(office.actor('ada'), 'boats', { count: 'exact' })).count?.value
    await office.apply({ ...COUNTED_DOCUMENT, modules })
    await office.addRecord('boats', 'user:anna')
    expect(await boats()).toBe(1)
    await office.apply(COUNTED_DOCUMENT, { destroy: ['boats'] })
    await office.apply({ ...COUNTED_DOCUMENT, modules })
    expect(await boats()).toBe(0)
  })
})

describe('The database', () => {
  it('has what was written folded once that is much, by a job of which one waits at a time', async () => {
    const office = await countsFixture(parts)
    const ids = await Promise.all(Array.from({ length: 4 }, () => office.fresh()))
    const turn = (deleted: string) =>
      office.pass(
        `update r_accounts set deleted_at = ${deleted} where id in (${ids.map(({ plain }) => `'${plain}'`).join()})`,
      )
    for (let turns = 0; turns < 150; turns++) await turn(turns % 2 === 0 ? 'now()' : 'null')
    const { rows } = await sql`select kind, state from jobs where kind = 'fold-counts'`.execute(office.tables)
    expect(rows).toEqual([{ kind: 'fold-counts', state: 'queued' }])
    await foldCountsJob(office.parts).run(jobOf(office.organization))
    const left = await sql<{ n: number }>`select count(*) as n from record_counts`.execute(office.tables)
    expect(left.rows[0]?.n).toBeLessThan(40)
    await office.requireCounted('folded')
  })
})
