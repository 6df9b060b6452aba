import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import { connectionConfig, type DatabaseAddress } from '../db/connection.ts'
import type { Database } from '../db/database.ts'
import type { OrganizationRef } from '../db/tables.ts'

const GATE = 4_711
const STEP = 5
const PATIENCE = 60_000

/**
 * Lets two units of work meet where it matters: each stops when it has changed one of the tables and not yet committed, for as long as
 * the gate is shut.
 */
export interface Meeting {
  /**
   * Runs `first` until it has changed something, then starts `second`, which must come to wait for a lock, and lets both go on.
   * @returns what both came to
   */
  meet<First, Second>(
    first: () => Promise<First>,
    second: () => Promise<Second>,
  ): Promise<[PromiseSettledResult<First>, PromiseSettledResult<Second>]>
  close(): Promise<void>
}

export async function createMeeting(
  database: Database,
  address: DatabaseAddress,
  organization: OrganizationRef,
  tables: readonly string[],
): Promise<Meeting> {
  await database.ownerTransaction(organization, async (owner) => {
    await sql`create function wait_at_gate() returns trigger language plpgsql as ${sql.lit(
      `begin perform pg_advisory_xact_lock_shared(${GATE}); return null; end`,
    )}`.execute(owner)
    for (const table of tables) {
      await sql`create trigger zz_gate after insert or update or delete on ${sql.table(table)}
        for each row execute function wait_at_gate()`.execute(owner)
    }
  })
  const keeper = new Client(connectionConfig(address))
  await keeper.connect()

  const waiting = async () => {
    const { rows } = await keeper.query<{ count: string }>(
      `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return Number(rows[0]?.count)
  }
  const untilWaiting = async (count: number) => {
    for (let waited = 0; waited < PATIENCE; waited += STEP) {
      if ((await waiting()) === count) return
      await sleep(STEP)
    }
    throw new Error(`${await waiting()} sessions wait for a lock, where it should be ${count}.`)
  }
  return {
    meet: async (first, second) => {
      await keeper.query('select pg_advisory_lock($1)', [GATE])
      const all: Promise<unknown>[] = []
      try {
        const one = first()
        all.push(one.catch(() => {}))
        await untilWaiting(1)
        const other = second()
        all.push(other.catch(() => {}))
        await untilWaiting(2)
        await keeper.query('select pg_advisory_unlock($1)', [GATE])
        return await Promise.allSettled([one, other])
      } finally {
        await keeper.query('select pg_advisory_unlock_all()')
        await Promise.all(all)
      }
    },
    close: () => keeper.end(),
  }
}
