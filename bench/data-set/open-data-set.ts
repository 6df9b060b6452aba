import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Shape } from '../../apps/server/src/benchmark/shape.ts'
import { type EmbeddedServer, startEmbedded } from '../../apps/server/src/db/embedded.ts'
import { buildDataSet, type DataSet, type Place } from './build.ts'

/** A data set with the database that holds it, running. */
export interface OpenDataSet extends DataSet {
  readonly place: Place
  close(): Promise<void>
}

export interface OpenOptions {
  readonly say: (line: string) => void
  /** Takes what is there, though the tables or the generator have changed since. */
  readonly keep?: boolean
}

const REPOSITORY = path.resolve(import.meta.dirname, '../..')
const SERVER = path.join(REPOSITORY, 'apps/server/src')
/** What decides how the data set looks in the database: it is made anew when one of these changes. */
const MADE_BY = [
  import.meta.dirname,
  path.join(SERVER, 'benchmark'),
  path.join(SERVER, 'db/migrations'),
  path.join(SERVER, 'modules/table-changes.ts'),
  path.join(SERVER, 'modules/table-statements.ts'),
  path.join(SERVER, 'modules/field-indexes.ts'),
]

/** Starts the database in `folder`, and builds the data set there unless it is there already. */
export async function openDataSet(folder: string, shape: Shape, options: OpenOptions): Promise<OpenDataSet> {
  const fingerprint = fingerprintOf(shape)
  const manifest = path.join(folder, 'bench.json')
  const known = readManifest(manifest)
  const isThere = known !== undefined && (known.fingerprint === fingerprint || options.keep === true)
  if (!isThere) clear(folder, manifest)
  const server = await startEmbedded({ folder })
  const close = stopOnSignals(server)
  const place = placeOf(folder, server)
  try {
    if (isThere) return { ...known.dataSet, place, close }
    const dataSet = await buildDataSet(place, shape, options.say)
    writeFileSync(manifest, JSON.stringify({ fingerprint, dataSet }), { mode: 0o600 })
    return { ...dataSet, place, close }
  } catch (error) {
    await close()
    throw error
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
const EXIT_STOPPED = 130

/** The database outlives its parent by design, so a run that is broken off has to end it. @returns the ordinary way to end it */
function stopOnSignals(server: EmbeddedServer): () => Promise<void> {
  const breakOff = () => void server.stop().finally(() => process.exit(EXIT_STOPPED))
  for (const signal of SIGNALS) process.once(signal, breakOff)
  return async () => {
    for (const signal of SIGNALS) process.off(signal, breakOff)
    await server.stop()
  }
}

function placeOf(folder: string, { socketFolder: host, port, user, database }: EmbeddedServer): Place {
  const query = new URLSearchParams({ host, port: String(port) })
  const databaseUrl = `postgres://${user}@localhost/${database}?${query}`
  return { folder, databaseUrl, address: { host, port, user, database } }
}

function fingerprintOf(shape: Shape): string {
  const hash = createHash('sha256').update(JSON.stringify(shape))
  for (const file of MADE_BY.flatMap(filesOf)) hash.update(readFileSync(file))
  return hash.digest('hex')
}

function filesOf(place: string): string[] {
  if (place.endsWith('.ts')) return [place]
  return readdirSync(place)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => path.join(place, name))
    .sort()
}

function readManifest(file: string): { fingerprint: string; dataSet: DataSet } | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Only what a run of this made is ever thrown away. */
function clear(folder: string, manifest: string): void {
  const unfinished = path.join(folder, 'bench.unfinished')
  const isOurs = existsSync(manifest) || existsSync(unfinished)
  if (existsSync(folder) && readdirSync(folder).length > 0 && !isOurs) {
    throw new Error(`${folder} holds something else than a data set of the benchmark: name another folder with --data.`)
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(unfinished, '')
}
