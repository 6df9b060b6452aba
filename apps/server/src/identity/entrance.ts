import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, ActorChanged, type Admission } from '../http/actor.ts'
import { confirmAdmitted, isAdmittedBy } from '../people/admitted-policy.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { requireOwnPage } from './anti-forgery.ts'
import { authenticate } from './authenticate.ts'
import type { IdentityParts } from './identity-parts.ts'
import { isFresh, type KnownCaller, nameOfCaller, RememberedCallers } from './remembered-callers.ts'

/** Whoever is remembered is let in at once: a request that needn't wait for anything doesn't. */
type Entrance = (request: FastifyRequest, reply: FastifyReply) => Actor | Promise<Actor>

/**
 * Who asks. Remembered where the route compares stamps; elsewhere, and where the answer may be a stored one, the database is asked for
 * the credential and for the policy first, since nothing later would tell that either is stale.
 */
export function createEntrance(parts: IdentityParts): Entrance {
  const callers = new RememberedCallers()
  return (request, reply) => {
    const comparesStamp =
      request.routeOptions.config?.comparesStamp === true && request.headers['idempotency-key'] === undefined
    const name = comparesStamp ? nameOfCaller(request) : undefined
    if (name !== undefined) return new Caller({ parts, callers, name, request, reply }).enter()
    return enterByDatabase(parts, request, reply, comparesStamp)
  }
}

async function enterByDatabase(
  parts: IdentityParts,
  request: FastifyRequest,
  reply: FastifyReply,
  comparesStamp: boolean,
): Promise<Actor> {
  const { actor } = await authenticate(parts, request, reply)
  if (!comparesStamp) await confirmAdmitted(parts.policies, actor)
  return actor
}

interface CallerParts {
  readonly parts: IdentityParts
  readonly callers: RememberedCallers
  readonly name: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** One request's credential, and what is remembered of it. */
class Caller {
  readonly #parts: CallerParts

  constructor(parts: CallerParts) {
    this.#parts = parts
  }

  /** @throws Problem as `authenticate` */
  enter(): Actor | Promise<Actor> {
    const { parts, callers, name } = this.#parts
    const known = callers.find(name)
    if (!known) return this.#ask()
    const snapshot = parts.policies.held(known.actor.organization)
    return snapshot ? this.#enterBy(known, snapshot) : this.#enterByLoaded(known)
  }

  /** Where no policy can be read, the organization may be gone, and its keys and sessions with it. */
  async #enterByLoaded(known: KnownCaller): Promise<Actor> {
    const snapshot = await this.#parts.parts.policies.current(known.actor.organization).catch(() => undefined)
    return snapshot ? this.#enterBy(known, snapshot) : this.#ask()
  }

  #enterBy(known: KnownCaller, snapshot: Snapshot): Actor | Promise<Actor> {
    const { parts, request } = this.#parts
    const { stamp } = snapshot
    const now = parts.now()
    if (!isFresh(known, stamp, now)) return this.#ask({ stamp, organization: known.actor.organization.id })
    const { organization, user, via } = known.actor
    if (via === 'session') requireOwnPage(request, parts.publicUrl)
    const admission = new RememberedAdmission(known.actor, stamp, (before) => this.#ask(before))
    const actor: Actor = { organization, user, via, asking: { now, ip: request.ip }, admission }
    return isAdmittedBy(snapshot, actor) ? actor : this.#confirm(actor)
  }

  /** A refusal is believed only of the policy as the database has it. */
  async #confirm(actor: Actor): Promise<Actor> {
    await confirmAdmitted(this.#parts.parts.policies, actor)
    return actor
  }

  /**
   * Asks the database, and remembers what it said.
   * @param before a stamp that was the organization's before, so that whatever happens from now on makes it another
   */
  async #ask(before?: { readonly stamp: number; readonly organization: string }): Promise<Actor> {
    const { parts, callers, name, request, reply } = this.#parts
    const askedAt = parts.now()
    try {
      const { actor, endsAt } = await authenticate(parts, request, reply)
      const { organization, user, via } = actor
      const stamp = before?.organization === organization.id ? before.stamp : undefined
      callers.keep(name, { actor: { organization, user, via }, stamp, askedAt, endsAt })
      return actor
    } catch (error) {
      callers.forget(name)
      throw error
    }
  }
}

type Ask = (before: { readonly stamp: number; readonly organization: string }) => Promise<Actor>

class RememberedAdmission implements Admission {
  readonly #caller: KnownCaller['actor']
  readonly #ask: Ask
  stamp: number
  isConfirmed = false

  constructor(caller: KnownCaller['actor'], stamp: number, ask: Ask) {
    this.#caller = caller
    this.stamp = stamp
    this.#ask = ask
  }

  confirm(): void {
    this.isConfirmed = true
  }

  async renew(stamp: number): Promise<void> {
    const { organization, user } = this.#caller
    const actor = await this.#ask({ stamp, organization: organization.id })
    if (actor.organization.id !== organization.id || actor.user !== user) throw new ActorChanged(actor)
    this.stamp = stamp
  }
}
