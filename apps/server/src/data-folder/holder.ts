import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beganAt } from './process-start.ts'

/** Who holds a data folder. A note for people: the lock itself decides. */
export interface Holder {
  readonly pid: number
  /** When the folder was taken, ISO 8601. */
  readonly since: string
  readonly command: string
  /** When the process began, in the kernel's own ticks, where it tells: tells a process from a later one of its number. */
  readonly began?: string
}

/** How long a holder may take between the lock and the note. */
const NOTE_WITHIN_MS = 500
const LOOK_AGAIN_MS = 25

/** Writes who holds the folder, whole or not at all. */
export function noteHolder(folder: string): void {
  const holder: Holder = {
    pid: process.pid,
    since: new Date().toISOString(),
    command: commandLine(),
    began: beganAt(process.pid),
  }
  const draft = path.join(folder, `holder.json.${process.pid}`)
  try {
    writeFileSync(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 })
    renameSync(draft, noteIn(folder))
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Takes the note away, before the lock goes. */
export function forgetHolder(folder: string): void {
  rmSync(noteIn(folder), { force: true })
}

/** The living process that holds the folder; nothing where it has left no note that is true. */
export function findHolder(folder: string): Holder | undefined {
  const holder = readNote(folder)
  return holder && isAlive(holder) ? holder : undefined
}

/** As `findHolder`, for one that has only just taken the folder. */
export async function waitForHolder(folder: string): Promise<Holder | undefined> {
  for (let waited = 0; waited < NOTE_WITHIN_MS; waited += LOOK_AGAIN_MS) {
    const holder = findHolder(folder)
    if (holder) return holder
    await pause(LOOK_AGAIN_MS)
  }
  return undefined
}

function readNote(folder: string): Holder | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(noteIn(folder), 'utf8'))
    return isHolder(note) ? note : undefined
  } catch {
    return undefined
  }
}

function isHolder(note: unknown): note is Holder {
  if (typeof note !== 'object' || note === null) return false
  const { pid, since, command } = { pid: undefined, since: undefined, command: undefined, ...note }
  return typeof pid === 'number' && typeof since === 'string' && typeof command === 'string'
}

function isAlive({ pid, began }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return began === undefined || began === beganAt(pid)
}

function noteIn(folder: string): string {
  return path.join(folder, 'holder.json')
}

/** The program and what it was asked, never its settings: an address of a database holds a password. */
function commandLine(): string {
  const [, script = '', ...args] = process.argv
  return [path.basename(script), ...args.slice(0, 2)].join(' ').trim()
}
