import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { EXIT } from '../start-up-error.ts'
import { connectClient } from './connection-pool.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.ts'
import { getBinaries } from './embedded-binaries.ts'
import { findPostmaster, isAlive, isPostmasterOf } from './postmaster-file.ts'

const home = mkdtempSync(join(tmpdir(), 'bw-embedded-'))
const started: EmbeddedServer[] = []

afterAll(async () => {
  for (const server of started) await server.stop()
  rmSync(home, { recursive: true, force: true })
})

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ folder })
  started.push(server)
  return server
}

async function ask(server: EmbeddedServer, text: string): Promise<unknown> {
  const { socketFolder: host, port, user, database } = server
  const client = await connectClient({ host, port, user, database })
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}

const clusterOf = (folder: string) => join(folder, 'postgres/cluster')
const pidOf = (folder: string) => findPostmaster(clusterOf(folder))?.pid ?? 0

/** A folder with a cluster in it that isn't running; made once, copied for each test. */
const pattern = join(home, 'pattern')
await startEmbedded({ folder: pattern }).then((server) => server.stop())

function madeBefore(name: string): string {
  const folder = join(home, name)
  execFileSync('cp', ['-a', pattern, folder])
  return folder
}

async function killWithoutMercy(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  while (isAlive(pid)) await sleep(5)
}

test('the server folds alike everywhere, keeps its promises to disk, and listens on no port', async () => {
  const server = await start(madeBefore('settings'))
  const settings = `select jsonb_object_agg(name, setting) from pg_settings where name in
    ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'server_encoding', 'unix_socket_permissions', 'data_checksums')`
  expect(await ask(server, settings)).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
    unix_socket_permissions: '0700',
    data_checksums: 'on',
  })
  expect(
    await ask(server, 'select datlocprovider::text || datlocale from pg_database where datname = current_database()'),
  ).toBe('bC.UTF-8')
})

test('its files and its socket are closed to others', async () => {
  const folder = madeBefore('closed')
  const { socketFolder } = await start(folder)
  for (const place of [join(folder, 'postgres'), clusterOf(folder), socketFolder]) {
    expect(statSync(place).mode & 0o077, place).toBe(0)
  }
})

test('what was stored is there after a stop and a start', async () => {
  const folder = madeBefore('again')
  const first = await start(folder)
  await ask(first, 'create table kept as select 42 as answer')
  await first.stop()
  expect(existsSync(join(clusterOf(folder), 'postmaster.pid'))).toBe(false)
  expect(await ask(await start(folder), 'select answer from kept')).toBe(42)
})

test('stopping cuts off running statements, and twice is no more than once', async () => {
  const folder = madeBefore('stop')
  const server = await start(folder)
  const cutOff = ask(server, 'select pg_sleep(60)').catch((error: unknown) => error)
  const isRunning = `select count(*)::int from pg_stat_activity where query = 'select pg_sleep(60)'`
  while ((await ask(server, isRunning)) === 0) await sleep(5)
  await server.stop()
  await server.stop()
  expect(await cutOff).toMatchObject({ code: '57P01' })
})

test('a server whose parent was killed is taken over, not fought', async () => {
  const folder = madeBefore('orphan')
  const program = `import { startEmbedded } from ${JSON.stringify(import.meta.resolve('./embedded.ts'))}
    await startEmbedded({ folder: ${JSON.stringify(folder)} }); process.kill(process.pid, 'SIGKILL')`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' })
  expect(await once(parent, 'exit')).toEqual([null, 'SIGKILL'])
  const orphan = pidOf(folder)
  expect(isAlive(orphan)).toBe(true)
  const server = await start(folder)
  expect(pidOf(folder)).toBe(orphan)
  expect(await ask(server, 'select 1')).toBe(1)
  await server.stop()
  expect(isPostmasterOf(clusterOf(folder), orphan)).toBe(false)
})

test('a server that was killed itself comes back with everything that was acknowledged', async () => {
  const folder = madeBefore('killed')
  const first = await start(folder)
  await ask(first, 'create table kept as select generate_series(1, 1000) as number')
  await killWithoutMercy(pidOf(folder))
  const second = await start(folder)
  expect(await ask(second, 'select count(*)::int from kept')).toBe(1000)
})

test('a lock whose number now belongs to a stranger does not keep the server from starting', async () => {
  const folder = madeBefore('stranger')
  const first = await start(folder)
  await killWithoutMercy(pidOf(folder))
  const stranger = spawn('sleep', ['60'])
  for (const lock of [join(clusterOf(folder), 'postmaster.pid'), join(first.socketFolder, '.s.PGSQL.5432.lock')]) {
    const [, ...rest] = readFileSync(lock, 'utf8').split('\n')
    writeFileSync(lock, [stranger.pid, ...rest].join('\n'))
  }
  const second = await start(folder)
  expect(await ask(second, 'select 1')).toBe(1)
  expect(stranger.exitCode).toBeNull()
  stranger.kill()
})

test('a crash while the files were being made leaves nothing in the way', async () => {
  const folder = join(home, 'unfinished')
  mkdirSync(join(folder, 'postgres/cluster.new-4711/base'), { recursive: true })
  const server = await start(folder)
  expect(await ask(server, 'select 1')).toBe(1)
  expect(readdirSync(join(folder, 'postgres')).filter((name) => name.includes('.new-'))).toEqual([])
})

test('a folder too deep for a socket has it elsewhere, closed to others, and finds it again', async () => {
  const folder = join(
    home,
    ...Array.from({ length: 6 }, () => 'a-rather-long-name-of-a-folder'),
    "with spaces and 'quotes'",
  )
  execFileSync('mkdir', ['-p', folder])
  execFileSync('cp', ['-a', join(pattern, 'postgres'), folder])
  const first = await start(folder)
  expect(first.socketFolder.length).toBeLessThan(90)
  expect(lstatSync(first.socketFolder).mode & 0o077).toBe(0)
  const second = await start(folder)
  expect(second.socketFolder).toBe(first.socketFolder)
  expect(await ask(second, 'select 1')).toBe(1)
  await second.stop()
  rmSync(first.socketFolder, { recursive: true })
})

const oneLine = (beginning: string) => expect.stringMatching(new RegExp(`^${beginning}[^\\n]+$`))

test('files of a newer PostgreSQL are left alone', async () => {
  const folder = madeBefore('newer')
  writeFileSync(join(clusterOf(folder), 'PG_VERSION'), '19\n')
  await expect(startEmbedded({ folder })).rejects.toMatchObject({
    name: 'StartUpError',
    exitCode: 78,
    message: oneLine('The data in .*/newer/postgres were made by PostgreSQL 19, and this Bailiwick has 18: '),
  })
})

test('a server that gives up is quoted in one line', async () => {
  const folder = madeBefore('broken')
  renameSync(join(clusterOf(folder), 'global'), join(clusterOf(folder), 'lost'))
  await expect(startEmbedded({ folder })).rejects.toMatchObject({
    name: 'StartUpError',
    message: oneLine('The built-in PostgreSQL in .* did not start: '),
  })
})

test('a folder that is no folder is told', async () => {
  const folder = join(home, 'file')
  writeFileSync(folder, '')
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ name: 'StartUpError', exitCode: 78 })
})

/** Small file systems are for root to mount. */
const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0

async function withDisk(name: string, size: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = join(home, name)
  mkdirSync(folder)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  try {
    await work(folder)
  } finally {
    execFileSync('umount', [folder])
  }
}

const isFull = { name: 'StartUpError', exitCode: 74, message: oneLine('The disk that holds .* is full: ') }

test.runIf(canMount)('a disk without room for the files is told, and left as it was', () =>
  withDisk('small', '30m', async (folder) => {
    await expect(startEmbedded({ folder })).rejects.toMatchObject(isFull)
    expect(readdirSync(join(folder, 'postgres'))).toEqual([])
  }),
)

test.runIf(canMount)('a disk that has filled up is told, and the files are good once there is room', () =>
  withDisk('filled', '200m', async (folder) => {
    const first = await start(folder)
    await ask(first, 'create table kept as select 42 as answer')
    await first.stop()
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'ballast')}`, 'bs=1M'], { stdio: 'ignore' })
    await expect(startEmbedded({ folder })).rejects.toMatchObject(isFull)
    rmSync(join(folder, 'ballast'))
    const second = await start(folder)
    expect(await ask(second, 'select answer from kept')).toBe(42)
    await second.stop()
  }),
)

test.runIf(process.getuid?.() === 0)('files that belong to an account are served as that account', async () => {
  const folder = madeBefore('account')
  chmodSync(home, 0o711)
  execFileSync('chown', ['-R', 'nobody', folder])
  const nobody = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }))
  // The binaries lie in the repository. Where that is in a folder closed to others, the account can't run them, and is told so.
  if (spawnSync(getBinaries().postgres, ['--version'], { uid: nobody }).status !== 0) {
    await expect(start(folder)).rejects.toMatchObject({
      exitCode: EXIT.cannotRun,
      message: expect.stringMatching(`the account with the number ${nobody}, which may not run .*postgres`),
    })
    return
  }
  const server = await start(folder)
  expect(await ask(server, 'select 1')).toBe(1)
  const status = readFileSync(`/proc/${pidOf(folder)}/status`, 'utf8')
  expect(Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])).toBe(nobody)
})
