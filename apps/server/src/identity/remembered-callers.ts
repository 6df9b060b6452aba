import { hash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'

/** Credentials that are remembered; beyond it the least recently used go, so that neither crowds nor guessing fill the memory. */
const MOST_CALLERS = 20_000
/** Some hundreds of bytes of cookies are usual; who sends more is asked about each time. */
const LONGEST_CREDENTIALS = 4_096
/** However quiet an organization is, its database is asked again this often; a key's last use is written down with it. */
const REMEMBERED_FOR_MS = 60_000

/** Who came with a credential, as the database said when it was last asked. */
export interface KnownCaller {
  readonly actor: Pick<Actor, 'organization' | 'user' | 'via'>
  /** The organization's stamp before the database was asked; unstated: it wasn't known then, so nothing can be told by it. */
  readonly stamp?: number
  /** Epoch milliseconds: when the database was asked. */
  readonly askedAt: number
  /** Epoch milliseconds: when the credential ends by itself. */
  readonly endsAt: number
}

/** Who was let in by which credential, in the memory of this process. Credentials are kept as their SHA-256 alone. */
export class RememberedCallers {
  readonly #callers = new Map<string, KnownCaller>()

  find(name: string): KnownCaller | undefined {
    const known = this.#callers.get(name)
    if (!known) return undefined
    this.#callers.delete(name)
    this.#callers.set(name, known)
    return known
  }

  keep(name: string, caller: KnownCaller): void {
    this.#callers.delete(name)
    this.#callers.set(name, caller)
    if (this.#callers.size <= MOST_CALLERS) return
    const [oldest] = this.#callers.keys()
    if (oldest !== undefined) this.#callers.delete(oldest)
  }

  forget(name: string): void {
    this.#callers.delete(name)
  }
}

/** Under what name a request's credentials are remembered; nothing where they aren't. */
export function nameOfCaller({ headers: { authorization, cookie } }: FastifyRequest): string | undefined {
  if ((authorization === undefined) === (cookie === undefined)) return undefined
  const credentials = authorization === undefined ? `cookie ${cookie}` : `authorization ${authorization}`
  return credentials.length > LONGEST_CREDENTIALS ? undefined : hash('sha256', credentials, 'base64url')
}

/** Whether what is remembered may still be gone by, as far as the clock and the organization's stamp tell. */
export function isFresh({ stamp, askedAt, endsAt }: KnownCaller, current: number, now: number): boolean {
  return stamp === current && now < endsAt && now >= askedAt && now - askedAt < REMEMBERED_FOR_MS
}
