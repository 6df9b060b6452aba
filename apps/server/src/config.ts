import { isIP } from 'node:net'
import path from 'node:path'
import { EXIT, StartUpError } from './start-up-error.ts'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** What the environment says, checked. docs/operations.md tells each setting to operators. */
export interface Config {
  /** The address to listen on. */
  readonly host: string
  /** 0 lets the system pick. */
  readonly port: number
  /** Absolute. */
  readonly dataFolder: string
  /** Absent: a PostgreSQL of our own in the data folder. */
  readonly databaseUrl?: string
  readonly masterKey: MasterKeyPlace
  /** Whether to make the demonstration company where it is missing, also `again` after it was thrown away; absent leaves it to who starts. */
  readonly demo?: boolean | 'again'
  readonly log: LogLevel
  readonly smtpUrl?: string
  /** Whom mails are from; absent: no-reply at the host of `publicUrl`. */
  readonly mailFrom?: string
  /** Under which address people reach this server, without a slash at the end; absent: where it listens. */
  readonly publicUrl?: string
  /** Asked of who reads /metrics from another machine; absent: only this machine may. */
  readonly metricsToken?: string
  /** Proxies whose word on the caller's address is taken (addresses, blocks, `loopback`); absent: nobody's. */
  readonly trustProxy?: string
  /** Requests a minute that one address may make; absent leaves it to the program. */
  readonly rateLimit?: number
  /** Bytes that a file on a record may have. */
  readonly largestFile: number
}

export interface MasterKeyPlace {
  /** Absolute. */
  readonly file: string
  /** A key is made at the first start only at the usual place: one that an operator names has to be there. */
  readonly make: boolean
}

/** The process's environment, or a made-up one. An empty setting counts as none. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings. Relative paths are taken from `folder`, the current one.
 *
 * @throws {StartUpError} a setting is wrong; the message names it and what it may be. A value that may hold a password
 * is not repeated.
 */
export function readConfig(environment: Environment, folder: string): Config {
  const setting = (name: string) => environment[name]?.trim() || undefined
  const dataFolder = path.resolve(folder, setting('BAILIWICK_DATA') ?? 'data')
  return {
    host: setting('HOST') ?? '127.0.0.1',
    port: readPort(setting('PORT')),
    dataFolder,
    databaseUrl: readUrl('DATABASE_URL', setting('DATABASE_URL'), ['postgres:', 'postgresql:']),
    masterKey: readMasterKeyPlace(setting('BAILIWICK_MASTER_KEY_FILE'), folder, dataFolder),
    demo: readDemo(setting('BAILIWICK_DEMO')),
    log: readLogLevel(setting('BAILIWICK_LOG')),
    smtpUrl: readUrl('SMTP_URL', setting('SMTP_URL'), ['smtp:', 'smtps:']),
    mailFrom: readAddress('BAILIWICK_MAIL_FROM', setting('BAILIWICK_MAIL_FROM')),
    publicUrl: readPublicUrl(setting('BAILIWICK_PUBLIC_URL')),
    metricsToken: readToken('BAILIWICK_METRICS_TOKEN', setting('BAILIWICK_METRICS_TOKEN')),
    trustProxy: readProxies(setting('BAILIWICK_TRUST_PROXY')),
    rateLimit: readRateLimit(setting('BAILIWICK_RATE_LIMIT')),
    largestFile: readFileLimit(setting('BAILIWICK_FILE_LIMIT')),
  }
}

function readPort(text = '7200'): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port
  throw wrong('PORT', `is ${quote(text)}: it has to be a whole number from 0 to 65535`)
}

function readMasterKeyPlace(named: string | undefined, folder: string, dataFolder: string): MasterKeyPlace {
  if (named) return { file: path.resolve(folder, named), make: false }
  return { file: path.join(dataFolder, 'master.key'), make: true }
}

function readDemo(text: string | undefined): Config['demo'] {
  if (text === undefined || text === 'again') return text
  if (text === '1' || text === '0') return text === '1'
  throw wrong(
    'BAILIWICK_DEMO',
    `is ${quote(text)}: it has to be 1 (yes), 0 (no) or again (also where it was thrown away)`,
  )
}

function readLogLevel(text = 'info'): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text.toLowerCase())
  if (level) return level
  throw wrong('BAILIWICK_LOG', `is ${quote(text)}: it has to be one of ${LOG_LEVELS.join(', ')}`)
}

function readUrl(name: string, text: string | undefined, schemes: readonly string[]): string | undefined {
  if (text === undefined) return undefined
  if (schemes.includes(URL.parse(text)?.protocol ?? '')) return text
  throw wrong(name, `is not an address: it has to begin with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`)
}

function readPublicUrl(text: string | undefined): string | undefined {
  const url = readUrl('BAILIWICK_PUBLIC_URL', text, ['http:', 'https:'])
  if (!url) return undefined
  const { username, password, search, hash, href } = new URL(url)
  if (username || password || search || hash)
    throw wrong('BAILIWICK_PUBLIC_URL', 'holds more than an address: leave out the sign-in, the ? and the #')
  return href.replace(/\/+$/, '')
}

function readAddress(name: string, text: string | undefined): string | undefined {
  if (text === undefined || /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text)) return text
  throw wrong(name, `is ${quote(text)}: it has to be an e-mail address, and nothing else`)
}

/** Shorter ones can be tried out. */
const SHORTEST_TOKEN = 16

function readToken(name: string, text: string | undefined): string | undefined {
  if (text === undefined || text.length >= SHORTEST_TOKEN) return text
  throw wrong(name, `is too short: it has to be at least ${SHORTEST_TOKEN} characters`)
}

function readProxies(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const isProxy = (proxy: string) => /^(loopback|linklocal|uniquelocal)$/.test(proxy) || isAddressOrBlock(proxy)
  if (text.split(',').every((proxy) => isProxy(proxy.trim()))) return text
  throw wrong('BAILIWICK_TRUST_PROXY', `is ${quote(text)}: it has to be addresses or blocks (10.0.0.0/8), with commas`)
}

function isAddressOrBlock(text: string): boolean {
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  return family !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
}

function readRateLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw wrong('BAILIWICK_RATE_LIMIT', `is ${quote(text)}: it has to be a whole number of requests a minute`)
}

const MEGABYTE = 1024 * 1024

function readFileLimit(text = '25'): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text) * MEGABYTE
  throw wrong('BAILIWICK_FILE_LIMIT', `is ${quote(text)}: it has to be a whole number of megabytes, at most 9999`)
}

function wrong(name: string, what: string): StartUpError {
  return new StartUpError(`${name} ${what}.`, EXIT.configuration)
}

/** On one line and not endless, whatever the setting holds. */
function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
