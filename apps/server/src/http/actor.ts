import type { Asking, Key } from '@bailiwick/access'
import type { FastifyRequest } from 'fastify'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { notSignedIn } from '../problem.ts'

/** How somebody came in. A job acts for whoever started it; the operator holds the machine and no records. */
export type Via = 'session' | 'key' | 'operator' | 'job'

/** Whoever asks, in the one organization that the request acts in. Everything that touches its data takes one. */
export interface Actor {
  readonly organization: OrganizationPlace
  /** The user's key in the policy document; '' for the operator, whom no principal matches and no reach contains. */
  readonly user: Key
  readonly asking: Asking
  readonly via: Via
  /** Stated where this process remembered that he is let in; unstated where the database said so for this request. */
  readonly admission?: Admission
  /** Stated where the request came under an `Idempotency-Key`. */
  readonly claim?: ClaimedKey
}

/** The key under which a request is made once: kept together with what the request makes, so that no crash comes between the two. */
export interface ClaimedKey {
  readonly key: string
  /** What is kept beside the status: a repetition is answered with it, and without a body. `id` is of what was made under the request's address. */
  headersFor(id: string | undefined): string
  /** The same where what was made has another address. */
  headersAt(location: string): string
}

/**
 * That somebody is let in, as it is remembered: good under one stamp of his organization. Whatever answers him compares the stamp in the
 * snapshot that it answers from, and has this renewed where it is another.
 */
export interface Admission {
  readonly stamp: number
  /** Whether some answer to this request has compared the stamp. */
  readonly isConfirmed: boolean
  /** The stamp that was compared is this one's. */
  confirm(): void
  /**
   * Asks the database.
   * @param stamp known to have been the organization's before this was called
   * @throws Problem 401 for who is let in no more, ActorChanged where the credential speaks for somebody else now
   */
  renew(stamp: number): Promise<void>
}

/** A session was moved to another organization of the person's: the request is this actor's, and begins anew. */
export class ActorChanged extends Error {
  readonly actor: Actor
  constructor(actor: Actor) {
    super('The actor changed')
    this.name = 'ActorChanged'
    this.actor = actor
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the surface's entrance; absent on public routes. Read it through `requireActor`. */
    actor: Actor | null
  }
}

/** The operator acting on an organization: no user, so every question about a record answers no. */
export function operatorActor(organization: OrganizationPlace, now: number): Actor {
  return { organization, user: '', asking: { now }, via: 'operator' }
}

/** Who the actor is, for versions and history: `user:<key>`, or `operator`. */
export function actorName(actor: Actor): string {
  return actor.via === 'operator' ? 'operator' : `user:${actor.user}`
}

/** Who asks. Throws the 401 problem where the surface has let nobody in, so a route without entrance stays shut. */
export function requireActor(request: FastifyRequest): Actor {
  if (request.actor === null) throw notSignedIn()
  return request.actor
}
