import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, ActorChanged, type Admission } from '../http/actor.ts'
import { admit, confirmAdmitted } from '../people/admitted-policy.ts'
import { requireOwnPage } from './anti-forgery.ts'
import { authenticate } from './authenticate.ts'
import type { IdentityParts } from './identity-parts.ts'
import { isFresh, type KnownCaller, nameOfCaller, RememberedCallers } from './remembered-callers.ts'

type Entrance = (request: FastifyRequest, reply: FastifyReply) => Promise<Actor>

/**
 * Who asks. Remembered where the route compares stamps; elsewhere, and where the answer may be a stored one, the database is asked for
 * the credential and for the policy first, since nothing later would tell that either is stale.
 */
export function createEntrance(parts: IdentityParts): Entrance {
  const callers = new RememberedCallers()
  return async (request, reply) => {
    const comparesStamp = request.routeOptions.config?.comparesStamp && request.headers['idempotency-key'] === undefined
    const name = comparesStamp ? nameOfCaller(request) : undefined
    if (name !== undefined) return new Caller({ parts, callers, name, request, reply }).enter()
    const { actor } = await authenticate(parts, request, reply)
    if (!comparesStamp) await confirmAdmitted(parts.policies, actor)
    return actor
  }
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
  async enter(): Promise<Actor> {
    const { parts, callers, name, request } = this.#parts
    const known = callers.find(name)
    if (!known) return this.#ask()
    const { stamp } = await parts.policies.current(known.actor.organization)
    const now = parts.now()
    if (!isFresh(known, stamp, now)) return this.#ask({ stamp, organization: known.actor.organization.id })
    if (known.actor.via === 'session') requireOwnPage(request, parts.publicUrl)
    const admission = new RememberedAdmission(known.actor, stamp, (before) => this.#ask(before))
    const actor: Actor = { ...known.actor, asking: { now, ip: request.ip }, admission }
    await admit(parts.policies, actor)
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
