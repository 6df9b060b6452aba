import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { socketFile } from './embedded-socket.ts'

/** What a running PostgreSQL writes about itself into `postmaster.pid` of its data folder. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly socketFolder: string
  readonly ready: boolean
}

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid')

/** The server that left a `postmaster.pid` in `cluster`, alive or not; nothing where there is none (or it is half written). */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const file = pidFile(cluster)
  if (!existsSync(file)) return undefined
  const [pid, , , port, socketFolder, , , status] = readFileSync(file, 'utf8').split('\n')
  if (!pid || !Number(pid)) return undefined
  return { pid: Number(pid), port: Number(port), socketFolder: socketFolder ?? '', ready: status?.trim() === 'ready' }
}

/** Whether process `pid` is alive and is the postmaster of `cluster`, rather than a stranger that got the number since. */
export function isPostmasterOf(cluster: string, pid: number): boolean {
  return isAlive(pid) && commandLine(pid).includes(cluster)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function commandLine(pid: number): string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const line = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return line.split(' -D ').flatMap((part) => part.split(' -k ')) // as `startPostmaster` writes it
  } catch {
    return []
  }
}

/**
 * Lets a server start in spite of lock files whose process number now belongs to a stranger (common in containers, where every
 * start hands out the same few numbers). The files stay, for PostgreSQL also learns from them whether orphans of the dead server
 * still use its memory; only the number becomes ours, and PostgreSQL passes over a lock of the process that started it.
 */
export function disownStaleLocks(cluster: string, socketFolder: string): void {
  for (const file of [pidFile(cluster), `${socketFile(socketFolder)}.lock`]) {
    if (!existsSync(file)) continue
    const [, ...rest] = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, [process.pid, ...rest].join('\n'))
  }
}
