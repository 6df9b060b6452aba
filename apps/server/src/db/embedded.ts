import { once } from 'node:events'
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { type Binaries, EMBEDDED_MAJOR, getBinaries } from './embedded-binaries.ts'
import { makeSocketFolder, SOCKET_PORT } from './embedded-socket.ts'
import { disownStaleLocks, findPostmaster, isAlive, isPostmasterOf } from './postmaster-file.ts'
import { diskFull, lastWords, requireFreeSpace, saysDiskFull } from './start-up-problems.ts'
import { chooseFooting, type Footing, handOver, spawnOn } from './unprivileged.ts'

export interface EmbeddedServer {
  readonly socketFolder: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** Ends the server in good order: running statements are cut off, everything acknowledged is on disk. */
  stop(): Promise<void>
}

const USER = 'bailiwick'
/** The one that initdb makes; the cluster is ours alone. */
const DATABASE = 'postgres'

/** What a new cluster takes on disk (40 MB and a first segment of log), with room to work. */
const ROOM_TO_CREATE = 96 * 1024 * 1024
/** What a server needs free to get through its recovery. */
const ROOM_TO_START = 8 * 1024 * 1024
/** Recovery after a crash reads at most what was written between two checkpoints: seconds, minutes on a slow disk. */
const PATIENCE = 300_000

const ORPHANS = /pre-existing shared memory block/
const PATIENCE_WITH_ORPHANS = 30_000

interface Home {
  readonly folder: string
  readonly cluster: string
  readonly log: string
  readonly socketFolder: string
  readonly footing: Footing
  readonly binaries: Binaries
}

/**
 * Starts the built-in PostgreSQL whose files are in `<folder>/postgres`, making them at the first call; where a server is running
 * on them already (its parent was killed), takes that one over. It listens on no port but on a socket that only its owner reaches.
 * Throws `StartUpError` for a full disk, files of another major version, or no binaries for this platform.
 * Keeping two programs off one folder is the caller's: the second would take over the first's server.
 */
export async function startEmbedded({ folder }: { folder: string }): Promise<EmbeddedServer> {
  const home = openHome(resolve(folder, 'postgres'))
  if (!existsSync(home.cluster)) await createCluster(home)
  requireVersion(home)
  const socketFolder = (await findRunning(home)) ?? (await startPostmaster(home))
  return { socketFolder, port: SOCKET_PORT, user: USER, database: DATABASE, stop: () => stopPostmaster(home.cluster) }
}

function openHome(folder: string): Home {
  const binaries = getBinaries()
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw saysDiskFull(String(error)) ? diskFull(folder) : cannotWrite(folder, error)
  }
  const cluster = join(folder, 'cluster')
  const footing = chooseFooting(existsSync(cluster) ? cluster : folder)
  handOver(folder, footing)
  const socketFolder = makeSocketFolder(folder, footing)
  return { folder, cluster, log: join(folder, 'postgres.log'), socketFolder, footing, binaries }
}

function cannotWrite(folder: string, cause: unknown): StartUpError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
  return new StartUpError(
    `The data folder ${folder} can't be written to (${reason}): check BAILIWICK_DATA and its permissions.`,
    EXIT.configuration,
  )
}

/** Made under another name and renamed when whole, so that a crash half-way leaves nothing that looks like a cluster. */
async function createCluster(home: Home): Promise<void> {
  requireFreeSpace(home.folder, ROOM_TO_CREATE)
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith('cluster.new-')) rmSync(join(home.folder, name), { recursive: true })
  }
  const unfinished = `${home.cluster}.new-${process.pid}`
  await runInitdb(home, unfinished)
  writeFileSync(join(unfinished, 'bailiwick.conf'), '')
  appendFileSync(join(unfinished, 'postgresql.conf'), "\ninclude 'bailiwick.conf'\n")
  handOver(unfinished, home.footing)
  renameSync(unfinished, home.cluster)
  syncFolder(home.folder)
}

async function runInitdb({ folder, binaries, footing }: Home, cluster: string): Promise<void> {
  const args = ['--pgdata', cluster, '--username', USER, '--encoding=UTF8', '--locale=C', '--no-instructions']
  // The builtin provider folds case alike on every machine, whatever its C library.
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--auth-local=trust', '--auth-host=reject')
  const child = spawnOn(footing, binaries.initdb, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const [code] = await once(child, 'close').catch((error) => Promise.reject(notRun({ folder, footing }, error)))
  if (code === 0) return
  rmSync(cluster, { recursive: true, force: true })
  throw gaveUp(folder, output)
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

function requireVersion({ cluster, folder }: Home): void {
  const made = Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'))
  if (made === EMBEDDED_MAJOR) return
  const cure =
    made > EMBEDDED_MAJOR
      ? 'start the newer Bailiwick that made them'
      : 'move them with the Bailiwick that made them (backup there, restore here)'
  throw new StartUpError(
    `The data in ${folder} were made by PostgreSQL ${made}, and this Bailiwick has ${EMBEDDED_MAJOR}: ${cure}.`,
    EXIT.configuration,
  )
}

/** The socket folder of a server that runs on these files already, once it is ready; nothing where none does. */
async function findRunning(home: Home): Promise<string | undefined> {
  const found = findPostmaster(home.cluster)
  if (!found) return undefined
  if (isPostmasterOf(home.cluster, found.pid)) return waitUntilReady(home, found.pid)
  if (isAlive(found.pid)) disownStaleLocks(home.cluster, home.socketFolder)
  return undefined
}

/** Waits for a starting server to be ready, or a stopping one to be gone. */
async function waitUntilReady(home: Home, pid: number): Promise<string | undefined> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; await sleep(20)) {
    const server = findPostmaster(home.cluster)
    if (server?.pid === pid && server.ready) return server.socketFolder
    if (!isPostmasterOf(home.cluster, pid)) return undefined
  }
  throw gaveUp(home.folder, `PostgreSQL (process ${pid}) is neither ready nor gone after ${PATIENCE / 60_000} minutes`)
}

/** Processes of a killed server may outlive it by the statement that they are at; PostgreSQL waits for no one, so we do. */
async function startPostmaster(home: Home): Promise<string> {
  requireFreeSpace(home.folder, ROOM_TO_START)
  writeSettings(home)
  for (const deadline = Date.now() + PATIENCE_WITH_ORPHANS; ; await sleep(100)) {
    const { socketFolder, said } = await tryToStart(home)
    if (socketFolder !== undefined) return socketFolder
    if (!ORPHANS.test(said) || Date.now() > deadline) throw gaveUp(home.folder, said)
  }
}

async function tryToStart(home: Home): Promise<{ socketFolder?: string; said: string }> {
  const before = existsSync(home.log) ? statSync(home.log).size : 0
  const log = openSync(home.log, 'a', 0o600)
  const child = spawnOn(home.footing, home.binaries.postgres, ['-D', home.cluster, '-k', home.socketFolder], {
    stdio: ['ignore', log, log],
    detached: true, // it outlives us, and Ctrl-C at the terminal isn't for it
    cwd: home.folder,
  })
  closeSync(log)
  child.unref()
  const failed = once(child, 'error').then(([error]) => Promise.reject(notRun(home, error)))
  const socketFolder = await Promise.race([untilItServes(home, () => child.exitCode ?? child.signalCode), failed])
  return { socketFolder, said: readFileSync(home.log).subarray(before).toString() }
}

async function untilItServes(home: Home, ended: () => unknown): Promise<string | undefined> {
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline && ended() === null; await sleep(10)) {
    const server = findPostmaster(home.cluster)
    if (server?.ready && isPostmasterOf(home.cluster, server.pid)) return server.socketFolder
  }
  return undefined
}

function writeSettings({ cluster }: Home): void {
  const settings = {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    max_connections: '100',
    io_method: 'sync', // what is in memory is read at once; handing it to three processes of the server's takes longer than to read it
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_error_statement: 'panic', // statements carry people's data, which have no place in a log
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`)
  writeFileSync(join(cluster, 'bailiwick.conf'), lines.join(''))
}

async function stopPostmaster(cluster: string): Promise<void> {
  const server = findPostmaster(cluster)
  if (!server || !isPostmasterOf(cluster, server.pid)) return
  process.kill(server.pid, 'SIGINT') // PostgreSQL's "fast" shutdown
  while (isPostmasterOf(cluster, server.pid)) await sleep(10)
}

/** What to say of a program that could not even be spawned. */
function notRun({ folder, footing }: Pick<Home, 'folder' | 'footing'>, error: NodeJS.ErrnoException): StartUpError {
  if (footing.kind !== 'account' || error.code !== 'EACCES') return gaveUp(folder, String(error))
  return new StartUpError(
    `The built-in PostgreSQL in ${folder} would run as the account with the number ${footing.uid}, which may not run ${error.path}: let that account into the folders above it, or start Bailiwick as another user than root.`,
    EXIT.cannotRun,
  )
}

function gaveUp(folder: string, output: string): StartUpError {
  if (saysDiskFull(output)) return diskFull(folder)
  return new StartUpError(`The built-in PostgreSQL in ${folder} did not start: ${lastWords(output)}`, EXIT.unavailable)
}
