import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Gun } from '../load/fire.ts'
import { startChild } from '../servers/child-server.ts'
import { startOurs } from '../servers/our-server.ts'
import { askedBy, atMost, type Bench, get, type Measurement, type Row, readBody } from './row.ts'

const START_MS = 2_000
const IDLE_MB = 200
/** A server gives back what only its start needed. */
const IDLE_AFTER_MS = 5_000
const REPOSITORY = path.resolve(import.meta.dirname, '../..')

/** How soon it serves, and what it holds. */
export const startMeasurements: readonly Measurement[] = [
  { name: 'start', run: measureStart },
  { name: 'memory', run: measureMemory },
]

/** `npm start` with the demonstration and the built-in database: the first time makes them, the second is measured. */
async function measureStart(bench: Bench): Promise<Row[]> {
  const data = mkdtempSync(path.join(tmpdir(), 'bw-bench-start-'))
  try {
    await startedIn(data)
    const second = await startedIn(data)
    const row = { what: '`npm start` the second time, to its first answer', unit: 'ms', ours: second }
    return [atMost(START_MS, row), await firstPageAfterStart(bench)]
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function startedIn(data: string): Promise<number> {
  const began = performance.now()
  const environment = { PORT: '0', HOST: '127.0.0.1', BAILIWICK_DATA: data, BAILIWICK_LOG: 'warn', DATABASE_URL: '' }
  const server = await startChild(['npm', 'start'], environment, REPOSITORY)
  const gun = new Gun(server.origin)
  try {
    readBody(await gun.ask(get('/readyz')))
    return performance.now() - began
  } finally {
    await gun.close()
    await server.stop()
  }
}

/** With the data set's policy, which is compiled for it. */
async function firstPageAfterStart(bench: Bench): Promise<Row> {
  const began = performance.now()
  const server = await startOurs(bench.dataSet.place)
  const gun = new Gun(server.origin)
  try {
    readBody(await gun.ask(askedBy(bench, 'manager', get('/api/v1/records/accounts'))))
    const ours = performance.now() - began
    const note = `listening after ${Math.round(server.startedIn)} ms`
    return { what: 'start with this data set, to the first page', unit: 'ms', ours, note }
  } finally {
    await gun.close()
    await server.stop()
  }
}

async function measureMemory(bench: Bench): Promise<Row[]> {
  const fresh = await startOurs(bench.dataSet.place)
  try {
    await pause(IDLE_AFTER_MS)
    const idle = fresh.memory()
    return [
      atMost(IDLE_MB, { what: 'memory of a server, idle', unit: 'MB', ours: idle }),
      { what: 'memory of the server after this run', unit: 'MB', ours: bench.server.memory() },
    ]
  } finally {
    await fresh.stop()
  }
}
