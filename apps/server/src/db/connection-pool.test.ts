import { expect, inject, test } from 'vitest'
import { connectionConfig } from './connection.ts'
import { ConnectionPool, connectClient, DatabaseBusyError, type PoolLimits } from './connection-pool.ts'

const LIMITS: PoolLimits = { total: 3, perKey: 2, waitFor: 100, idleFor: 10_000 }
const connect = () => connectClient(connectionConfig(inject('databaseServer')))

async function withPool(limits: Partial<PoolLimits>, work: (pool: ConnectionPool) => Promise<void>): Promise<void> {
  const pool = new ConnectionPool({ ...LIMITS, ...limits })
  await work(pool)
  await pool.close()
  expect(pool.size).toBe(0)
}

async function pidOf(connection: { query: (text: string) => Promise<{ rows: { pid: number }[] }> }): Promise<number> {
  return (await connection.query('select pg_backend_pid() as pid')).rows[0]!.pid
}

test('a connection that came back is lent again', () =>
  withPool({}, async (pool) => {
    const first = await pool.lend('anna', connect)
    const pid = await pidOf(first)
    first.release()
    const second = await pool.lend('anna', connect)
    expect(await pidOf(second)).toBe(pid)
    second.release()
  }))

test('a connection that keeps as many prepared statements as it may is closed', () =>
  withPool({ mostKept: 2 }, async (pool) => {
    const pids: number[] = []
    for (const name of ['one', 'one', 'two', 'three']) {
      const lent = await pool.lend('anna', connect)
      pids.push(await pidOf(lent))
      await lent.run({ name, text: 'select 1 as one' })
      lent.release()
    }
    const [first] = pids
    expect(pids.slice(1).map((pid) => pid === first)).toEqual([true, true, false])
  }))

test('no key gets the connection of another', () =>
  withPool({}, async (pool) => {
    const first = await pool.lend('anna', connect)
    const pid = await pidOf(first)
    first.release()
    const second = await pool.lend('ben', connect)
    expect(await pidOf(second)).not.toBe(pid)
    second.release()
  }))

test('one key takes no more than its part, and then waits in vain', () =>
  withPool({}, async (pool) => {
    const lent = [await pool.lend('anna', connect), await pool.lend('anna', connect)]
    await expect(pool.lend('anna', connect)).rejects.toBeInstanceOf(DatabaseBusyError)
    for (const connection of lent) connection.release()
  }))

test('whoever waits gets what comes back, in turn', () =>
  withPool({ perKey: 1, waitFor: 5000 }, async (pool) => {
    const order: string[] = []
    const use = async (name: string) => {
      const connection = await pool.lend('anna', connect)
      order.push(name)
      connection.release()
    }
    const first = await pool.lend('anna', connect)
    const waiting = [use('one'), use('two'), use('three')]
    first.release()
    await Promise.all(waiting)
    expect(order).toEqual(['one', 'two', 'three'])
  }))

test('many keys share the total: the longest unused connection makes room, and the bound is never passed', () =>
  withPool({ total: 3, waitFor: 5000 }, async (pool) => {
    let [open, most] = [0, 0]
    const counted = async () => {
      most = Math.max(most, ++open)
      const client = await connect()
      client.once('end', () => open--)
      return client
    }
    const visits = Array.from({ length: 60 }, async (_, visit) => {
      const connection = await pool.lend(`organization-${visit % 12}`, counted)
      await connection.query('select 1')
      connection.release()
    })
    await Promise.all(visits)
    expect(most).toBe(3)
  }))

test('a connection that comes back amid a transaction is thrown away', () =>
  withPool({}, async (pool) => {
    const careless = await pool.lend('anna', connect)
    const pid = await pidOf(careless)
    await careless.query('begin')
    careless.release()
    const next = await pool.lend('anna', connect)
    expect(await pidOf(next)).not.toBe(pid)
    next.release()
  }))

test('a connection that the server closed is not lent again', () =>
  withPool({}, async (pool) => {
    const [victim, killer] = [await pool.lend('anna', connect), await pool.lend('anna', connect)]
    const pid = await pidOf(victim)
    victim.release()
    await killer.query('select pg_terminate_backend($1, 5000)', [pid])
    killer.release()
    await expect.poll(() => pool.size).toBe(1)
    const next = await pool.lend('anna', connect)
    expect(await pidOf(next)).not.toBe(pid)
    next.release()
  }))

test('a failure to connect is told, and takes no place', () =>
  withPool({ perKey: 1 }, async (pool) => {
    const refused = () => Promise.reject(new Error('refused'))
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(pool.lend('anna', refused)).rejects.toThrow('refused')
    }
    const connection = await pool.lend('anna', connect)
    connection.release()
  }))

test('an unused connection is closed after a while', () =>
  withPool({ idleFor: 20 }, async (pool) => {
    const connection = await pool.lend('anna', connect)
    connection.release()
    await expect.poll(() => pool.size).toBe(0)
  }))

test('closing waits for what is lent, and lends no more', async () => {
  const pool = new ConnectionPool(LIMITS)
  const connection = await pool.lend('anna', connect)
  let isClosed = false
  const closing = pool.close().then(() => {
    isClosed = true
  })
  await expect(pool.lend('anna', connect)).rejects.toThrow('closed')
  await connection.query('select pg_sleep(0.05)')
  expect(isClosed).toBe(false)
  connection.release()
  await closing
})

test('a connection released twice is a defect that shows', () =>
  withPool({}, async (pool) => {
    const connection = await pool.lend('anna', connect)
    connection.release()
    expect(() => connection.release()).toThrow('released twice')
  }))
