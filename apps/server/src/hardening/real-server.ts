import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { openDatabase } from '../db/database.ts'
import { findPostmaster, isPostmasterOf } from '../db/postmaster-file.ts'

const MAIN = new URL('../main.ts', import.meta.url).pathname
const STARTS_WITHIN = 120_000

/** The program as an operator runs it, on a folder of its own with a database of its own, to be killed and started again. */
export class RealServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'bw-kill-'))
  readonly #environment: Readonly<Record<string, string>>
  #child: ChildProcess | undefined
  #output = ''
  #errors = ''
  #address = ''

  constructor(environment: Readonly<Record<string, string>> = {}) {
    this.#environment = environment
  }

  /** `http://127.0.0.1:…`, once it serves. */
  get address(): string {
    return this.#address
  }

  /** Everything that the last process said on standard error. */
  get errors(): string {
    return this.#errors
  }

  /** Everything that the last process said on standard output. */
  get output(): string {
    return this.#output
  }

  /** Starts the process, without waiting for it to serve. */
  spawn(): void {
    const settings = { PORT: '0', BAILIWICK_DATA: this.folder, BAILIWICK_LOG: 'error', ...this.#environment }
    const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, ...settings } })
    this.#output = ''
    this.#errors = ''
    child.stdout.on('data', (chunk) => {
      this.#output += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      this.#errors += String(chunk)
    })
    this.#child = child
  }

  /** Starts the process and waits until it serves. @throws Error with what it said where it doesn't */
  async start(): Promise<void> {
    this.spawn()
    for (let waited = 0; waited < STARTS_WITHIN && this.#child?.exitCode === null; waited += 20) {
      const address = /^listening on (\S+)$/m.exec(this.#output)?.[1]
      if (address !== undefined) {
        this.#address = address
        return
      }
      await sleep(20)
    }
    throw new Error(`The server did not start (exit code ${this.#child?.exitCode}): ${this.#errors}`)
  }

  /** Ends the process as a power failure of it alone would: without a word. */
  async kill(): Promise<void> {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'close')
    this.#child.kill('SIGKILL')
    await gone
  }

  /** Ends the process and its database, as a power failure would that spares what was written to disk. */
  async killAll(): Promise<void> {
    await this.kill()
    const cluster = join(this.folder, 'postgres')
    const database = findPostmaster(cluster)
    if (database && isPostmasterOf(cluster, database.pid)) process.kill(database.pid, 'SIGKILL')
  }

  /** Ends it in order. @returns the exit code */
  async stop(): Promise<number | null> {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return null
    const gone = once(this.#child, 'close')
    this.#child.kill('SIGTERM')
    await gone
    return this.#child.exitCode
  }

  /** After a test: no process, no database and no file is left. */
  async remove(): Promise<void> {
    await this.kill()
    const database = await openDatabase({ folder: this.folder })
    await database.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Asks over the network, and comes back as long as there is too much to do. @throws where the connection breaks */
  async ask(
    key: string,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isForm = body instanceof FormData
    const type = body === undefined || isForm ? {} : { 'content-type': 'application/json' }
    const content = body === undefined || isForm ? body : JSON.stringify(body)
    const all = { authorization: `Bearer ${key}`, ...type, ...headers }
    for (;;) {
      const answer = await fetch(this.#address + path, { method, headers: all, body: content ?? null })
      const text = await answer.text()
      const location = answer.headers.get('location') ?? ''
      if (answer.status !== 503) return { status: answer.status, body: text === '' ? {} : JSON.parse(text), location }
      await sleep(100)
    }
  }

  /** Asks on the operator's socket. */
  async askOperator(method: string, path: string, body: object): Promise<Answer> {
    const content = JSON.stringify(body)
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }
    const asking = request({ socketPath: join(this.folder, 'bailiwick.sock'), method, path, headers })
    asking.end(content)
    const [answer] = await once(asking, 'response')
    let text = ''
    for await (const chunk of answer) text += String(chunk)
    return { status: answer.statusCode, body: JSON.parse(text) }
  }

  /** Makes an organization. @returns its administrator's key */
  async createOrganization(slug: string): Promise<string> {
    const wanted = { slug, name: slug, adminEmail: `ada@${slug}.example` }
    const { status, body } = await this.askOperator('POST', '/operator/v1/organizations', wanted)
    if (status !== 201) throw new Error(`The organization was not made: ${JSON.stringify(body)}`)
    return String(body.key)
  }
}

export interface Answer {
  readonly status: number
  /** The members of what was answered; none where there is no body. */
  readonly body: Readonly<Record<string, unknown>>
  /** Over the network alone; empty where none was told. */
  readonly location?: string
}

/** To be called at a test file's top level. */
export function realServer(environment?: Readonly<Record<string, string>>): RealServer {
  const server = new RealServer(environment)
  afterAll(() => server.remove())
  return server
}
