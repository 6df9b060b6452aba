import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EXIT, Failure, interrupted } from '../failure.ts'
import type { Environment, Opened } from './opened.ts'
import { type Answer, type Request, readText, SendAgain, send } from './transport.ts'

/** The way to the data, whether a server holds it or not. */
export interface Connection {
  /** Sends a request to whatever server answers for the data folder; where none does, to one of our own that lasts until `close`. */
  send(request: Request, options?: SendOptions): Promise<Answer>
  close(): Promise<void>
}

export interface SendOptions {
  /** Whether data may be made where there is none yet. */
  readonly makesData?: boolean
}

export interface ConnectionOptions {
  readonly environment: Environment
  /** The folder that relative paths are taken from. */
  readonly folder: string
  readonly signal: AbortSignal
  say(line: string): void
}

/** How often, and how long apart, a process is asked that holds the folder and doesn't listen yet: some minute, in all. */
const MOST_TRIES = 300
const LOOK_AGAIN_MS = 100
const SAY_AFTER_TRIES = 8

/** Where the data is; the same answer as the server's. */
export function dataFolderOf(environment: Environment, folder: string): string {
  return path.resolve(folder, environment.BAILIWICK_DATA?.trim() || 'data')
}

/** Opens nothing yet: the first request does. */
export function createConnection(options: ConnectionOptions): Connection {
  const socket = path.join(dataFolderOf(options.environment, options.folder), 'bailiwick.sock')
  let own: (() => Promise<void>) | undefined
  return {
    send: async (request, { makesData = false } = {}) => {
      for (let tries = 0; ; tries++) {
        const answer = await trySend(socket, request)
        if (answer) return answer
        if (own) throw new Failure('The server that this command opened does not answer.')
        if (!makesData) requireDataFolder(options)
        const opened = await open(options)
        if (opened.kind === 'open') own = opened.close
        else await waitForHolder(options, opened.message, tries)
      }
    },
    close: async () => {
      const close = own
      own = undefined
      await close?.()
    },
  }
}

/** Nothing where nobody is there, or is about to leave: then the request was not looked at. */
async function trySend(socket: string, request: Request): Promise<Answer | undefined> {
  try {
    const answer = await send(socket, request)
    if (answer.status !== 503 || answer.headers.connection !== 'close') return answer
    await readText(answer.body)
    return undefined
  } catch (error) {
    if (error instanceof SendAgain || isNobodyThere(error)) return undefined
    throw explain(error, socket)
  }
}

function isNobodyThere(error: unknown): boolean {
  return ['ENOENT', 'ECONNREFUSED', 'ENOTDIR', 'ENOTSOCK', 'EINVAL', 'ENAMETOOLONG'].includes(codeOf(error))
}

function explain(error: unknown, socket: string): unknown {
  const code = codeOf(error)
  if (code === 'ABORT_ERR') return interrupted()
  if (code === 'EACCES' || code === 'EPERM')
    return new Failure(`${socket} belongs to another account: run the command as the one that runs the server.`)
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new Failure('The server went away before it answered; look whether the change was made.', { cause: error })
  return error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

async function open(options: ConnectionOptions): Promise<Opened> {
  if (options.signal.aborted) throw interrupted()
  const { openData } = await import('../open-data.ts')
  return openData(options.environment, options.folder)
}

/** The process that holds the folder may be starting, or be a command that is just done. */
async function waitForHolder({ say }: ConnectionOptions, message: string, tries: number): Promise<void> {
  if (tries >= MOST_TRIES) throw new Failure(message, { exitCode: EXIT.held })
  if (tries === SAY_AFTER_TRIES) say(`${message} Waiting for it to answer …`)
  await pause(LOOK_AGAIN_MS)
}

/** Data isn't made by looking for it: a command in the wrong folder must not leave a database there. */
function requireDataFolder({ environment, folder }: ConnectionOptions): void {
  const place = dataFolderOf(environment, folder)
  if (existsSync(place) || environment.DATABASE_URL?.trim()) return
  throw new Failure(
    `There is no data in ${place}: start a server with "bailiwick start" first, or set BAILIWICK_DATA to where the data is.`,
  )
}
