import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../bin/bailiwick.mjs', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** What `--json` printed: throws where it isn't exactly one document. */
  json(): Record<string, unknown>
}

/** A folder of somebody who works with the command line, with a data folder in it. */
export interface Desk {
  readonly folder: string
  /** Runs the real command; `input` goes to its standard input. */
  run(args: readonly string[], input?: string): Promise<Ended>
  /** Starts it, for what happens meanwhile. */
  spawn(args: readonly string[]): ChildProcess
  /** Starts a server on the data folder, and answers once it serves, with how to stop it. */
  serve(): Promise<() => Promise<number | null>>
  write(file: string, text: string): void
  clear(): void
}

export function openDesk(environment: Readonly<Record<string, string>> = {}): Desk {
  const folder = mkdtempSync(path.join(tmpdir(), 'bw-cli-'))
  mkdirSync(path.join(folder, 'desk'))
  const cwd = path.join(folder, 'desk')
  const { PATH = '' } = process.env
  const env = { PATH, BAILIWICK_DATA: path.join(folder, 'data'), PORT: '0', NO_COLOR: '1', ...environment }
  const start = (args: readonly string[]) => spawn(process.execPath, [BIN, ...args], { cwd, env })
  return {
    folder: cwd,
    run: (args, input = '') => run(start(args), input),
    spawn: start,
    serve: () => serve(start(['start'])),
    write: (file, text) => writeFileSync(path.join(cwd, file), text),
    clear: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Reads what a process says until it ends. */
export async function run(child: ChildProcess, input?: string): Promise<Ended> {
  const out = collect(child.stdout)
  const err = collect(child.stderr)
  if (input !== undefined) child.stdin?.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: out(), stderr: err(), json: () => JSON.parse(out()) }
}

async function serve(server: ChildProcess): Promise<() => Promise<number | null>> {
  const out = collect(server.stdout)
  const err = collect(server.stderr)
  const ended = once(server, 'close') as Promise<[number | null]>
  while (!out().includes('listening on')) {
    const news = await Promise.race([once(server.stdout ?? server, 'data'), ended.then(() => 'ended')])
    if (news === 'ended') throw new Error(`The server didn't start: ${err()}`)
  }
  return async () => {
    server.kill('SIGTERM')
    const [code] = await ended
    return code
  }
}

function collect(stream: ChildProcess['stdout']): () => string {
  const parts: Buffer[] = []
  stream?.on('data', (part: Buffer) => parts.push(part))
  return () => Buffer.concat(parts).toString('utf8')
}
