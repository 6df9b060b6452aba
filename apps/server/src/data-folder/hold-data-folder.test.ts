import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EXIT, StartUpError } from '../start-up-error.ts'
import { DataFolderHeld } from './data-folder-held.ts'
import { asStartUpError } from './file-problems.ts'
import { holdDataFolder } from './hold-data-folder.ts'
import { findHolder } from './holder.ts'
import { startTimeIn } from './process-start.ts'

const HOLDING_PROCESS = fileURLToPath(new URL('./holding-process.ts', import.meta.url))

interface Answer {
  readonly held: boolean
  readonly pid?: number
  readonly message?: string
}

let folder: string
let children: ChildProcess[]
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'data-folder-')), 'data')
  children = []
})
afterEach(async () => {
  await Promise.all(children.map(kill))
  rmSync(path.dirname(folder), { recursive: true, force: true })
})

async function startHolding(...account: string[]) {
  const child = spawn(process.execPath, [HOLDING_PROCESS, folder, ...account], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = await once(createInterface(child.stdout), 'line')
  const answer: Answer = JSON.parse(String(line))
  return { child, answer }
}

async function kill(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Runs a shell line with the folder on a disk of one page that is full; the mount is gone with the process. */
function onFullDisk(place: string, line: string) {
  const mount = 'mount -t tmpfs -o size=4k none "$2" && head -c 4096 /dev/zero > "$2/filler"'
  const args = [
    '--user',
    '--map-root-user',
    '--mount',
    'sh',
    '-c',
    `${mount} && ${line}`,
    process.execPath,
    HOLDING_PROCESS,
  ]
  return spawnSync('unshare', [...args, place], { encoding: 'utf8' })
}

function canMountFull() {
  const place = mkdtempSync(path.join(tmpdir(), 'data-folder-'))
  const { status } = onFullDisk(place, 'true')
  rmSync(place, { recursive: true })
  return status === 0
}

describe('a data folder', () => {
  it('is made for its owner alone, and can be taken again once released', async () => {
    const hold = await holdDataFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readdirSync(folder).sort()).toEqual(['holder.json', 'lock'])
    expect(findHolder(folder)).toMatchObject({ pid: process.pid })
    hold.release()
    hold.release()
    expect(findHolder(folder)).toBeUndefined()
    const again = await holdDataFolder(folder)
    again.release()
  })

  it('has one holder: a second process is told who, since when and by what command, and changes nothing', async () => {
    const { answer, child } = await startHolding()
    expect(answer.held).toBe(true)
    const before = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')])
    const refusal = await holdDataFolder(folder).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataFolderHeld)
    expect(refusal).toMatchObject({ exitCode: EXIT.dataFolderHeld, holder: { pid: answer.pid } })
    expect(String(refusal)).toMatch(
      new RegExp(`process ${child.pid} \\(holding-process\\.ts .*\\) since \\d{4}-.*Z: stop it`),
    )
    expect(String(refusal)).not.toContain('\n')
    expect(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')])).toEqual(before)
  })

  it('is refused to a second hold of the same process too', async () => {
    const hold = await holdDataFolder(folder)
    await expect(holdDataFolder(folder)).rejects.toThrow(`process ${process.pid}`)
    hold.release()
  })

  it('is free the moment its holder is killed, whatever note it left', async () => {
    const { child } = await startHolding()
    await kill(child)
    expect(existsSync(path.join(folder, 'holder.json'))).toBe(true)
    const hold = await holdDataFolder(folder)
    expect(findHolder(folder)).toMatchObject({ pid: process.pid })
    hold.release()
  })

  it('is free where the note names a living process that is not the holder: a number used again', async () => {
    mkdirSync(folder)
    const note = { pid: process.pid, since: '2020-01-01T00:00:00.000Z', command: 'bailiwick start', began: '1' }
    writeFileSync(path.join(folder, 'holder.json'), JSON.stringify(note))
    expect(findHolder(folder)).toBeUndefined()
    const hold = await holdDataFolder(folder)
    hold.release()
  })

  it('says "another process" where the note is missing, broken or a lie', async () => {
    await startHolding()
    for (const note of ['{', '[]', '{"pid":1e9,"since":"","command":""}']) {
      writeFileSync(path.join(folder, 'holder.json'), note)
      await expect(holdDataFolder(folder)).rejects.toThrow('is held by another process: stop it')
    }
  })

  it('goes to exactly one of many that start at once, over and over, also right after a kill', async () => {
    for (let round = 0; round < 3; round++) {
      const started = await Promise.all(Array.from({ length: 12 }, () => startHolding()))
      const winners = started.filter(({ answer }) => answer.held)
      expect(winners.map(({ answer }) => answer.pid)).toEqual([winners[0]?.child.pid])
      const refusals = started.filter(({ answer }) => !answer.held)
      for (const { answer } of refusals) expect(answer.message).toContain(`process ${winners[0]?.child.pid} `)
      await Promise.all(winners.map(({ child }) => kill(child)))
    }
  }, 60_000)
})

describe('a data folder that cannot be used', () => {
  const refusal = (place: string) => holdDataFolder(place).catch((error: unknown) => error)

  it('is told in one line where it is a file, or lies under one', async () => {
    writeFileSync(folder, '')
    for (const place of [folder, path.join(folder, 'below')]) {
      const error = await refusal(place)
      expect(error).toMatchObject({
        exitCode: EXIT.dataFolderUnusable,
        message: `${place} is not a folder: choose another with BAILIWICK_DATA.`,
      })
    }
  })

  it.runIf(process.getuid?.() === 0)('is told in one line where the account may not write there', async () => {
    chmodSync(path.dirname(folder), 0o755)
    mkdirSync(folder, { mode: 0o755 })
    const { answer, child } = await startHolding('65534')
    expect(answer).toEqual({
      held: false,
      message: `${folder} may not be used by this account: give it the right to read and write there.`,
    })
    if (child.exitCode === null) await once(child, 'exit')
    expect(child.exitCode).toBe(EXIT.dataFolderUnusable)
  })

  it.runIf(canMountFull())('is told in one line where the disk is full', () => {
    const { stdout, status } = onFullDisk(path.dirname(folder), `exec "$0" "$1" "$2/data"`)
    expect(JSON.parse(stdout)).toEqual({
      held: false,
      message: `${path.dirname(folder)}/data is on a full disk: make room and start again.`,
    })
    expect(status).toBe(EXIT.diskFull)
  })

  it('is told apart by what the file system says', () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const error = asStartUpError(full, folder)
    expect(error).toBeInstanceOf(StartUpError)
    expect(error).toMatchObject({
      exitCode: EXIT.diskFull,
      message: `${folder} is on a full disk: make room and start again.`,
    })
  })

  it('is not made up for an error of ours', () => {
    const defect = new TypeError('x is not a function')
    expect(asStartUpError(defect, folder)).toBe(defect)
  })
})

describe('the start time of a process', () => {
  it('is found whatever its name holds', () => {
    const rest = Array.from({ length: 50 }, (_, index) => String(index + 3))
    expect(startTimeIn(`17 (a) b (c)) ${rest.join(' ')}`)).toBe('22')
  })
})
