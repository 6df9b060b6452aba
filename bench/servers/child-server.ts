import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A server in a process of its own. */
export interface ChildServer {
  readonly origin: string
  /** From the start of the process to the line that says where it listens, in milliseconds. */
  readonly startedIn: number
  /** Megabytes that it holds in memory; not a number where the system doesn't tell. */
  memory(): number
  stop(): Promise<void>
}

const PATIENCE = 120_000

/** Starts `command` and waits until it says `listening on …`. */
export async function startChild(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd = process.cwd(),
): Promise<ChildServer> {
  const began = performance.now()
  const [program = process.execPath, ...args] = command
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const kill = () => void child.kill('SIGTERM')
  process.once('exit', kill)
  const origin = await originOf(child)
  return {
    origin,
    startedIn: performance.now() - began,
    memory: () => memoryOf(child.pid),
    stop: async () => {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function originOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The server did not say where it listens.')), PATIENCE)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened.`)))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const [, origin] = /^listening on (\S+)/.exec(line) ?? []
      if (origin === undefined) return
      clearTimeout(timer)
      resolve(origin)
    })
  })
}

function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return Number.NaN
  }
}
