import path from 'node:path'
import { type OpenDataSet, openDataSet } from './data-set/open-data-set.ts'
import { runAsOwner } from './data-set/run-as-owner.ts'
import { Gun } from './load/fire.ts'
import type { Options } from './options.ts'
import { measurements } from './rows/index.ts'
import { type Bench, failedRow, type Row } from './rows/row.ts'
import { warmUpServers } from './rows/warm-up.ts'
import { type ChildServer, startChild } from './servers/child-server.ts'
import { startOurs } from './servers/our-server.ts'

const BARE = path.resolve(import.meta.dirname, 'servers/bare-server.ts')

/** Builds what is missing, starts both servers, and measures. Everything it started is ended. What fails is a row, and ends no others. */
export async function runBench(options: Options, say: (line: string) => void): Promise<Row[]> {
  const dataSet = await openDataSet(options.folder, options.shape, { say, keep: options.keep })
  const closing: (() => Promise<void>)[] = [() => dataSet.close()]
  try {
    await prepareBare(dataSet)
    const server = await startOurs(dataSet.place)
    closing.unshift(() => server.stop())
    const bareServer = await startBare(dataSet)
    closing.unshift(() => bareServer.stop())
    const [ours, bare] = [new Gun(server.origin), new Gun(bareServer.origin)]
    closing.unshift(
      () => ours.close(),
      () => bare.close(),
    )
    return await measureAll({ dataSet, ours, bare, server, seconds: options.seconds, say }, options.only)
  } finally {
    for (const close of closing) await close()
  }
}

async function measureAll(bench: Bench, only: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  const wanted = measurements.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)))
  bench.say('warming up')
  await warmUpServers(bench)
  for (const [index, { name, run }] of wanted.entries()) {
    bench.say(`${index + 1}/${wanted.length} ${name}`)
    rows.push(...(await run(bench).catch((error: unknown) => [failedRow(name, error)])))
  }
  return rows
}

function startBare({ place, organization }: OpenDataSet): Promise<ChildServer> {
  const settings = { address: place.address, schema: organization.schema }
  return startChild([process.execPath, BARE], { BENCH_BARE: JSON.stringify(settings), NODE_ENV: 'production' })
}

/** Where the bare server notes its changes: what a hand-written program would have for that. */
async function prepareBare({ place, organization }: OpenDataSet): Promise<void> {
  await runAsOwner(place.address, organization.schema, [
    'create schema if not exists bare',
    `create table if not exists bare.audit (
      id bigint generated always as identity primary key, at timestamptz not null, record_id uuid not null,
      action text not null, changes jsonb not null
    )`,
    'create index if not exists audit_record on bare.audit (record_id, id)',
  ])
}
