import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { notPermitted, problem } from '../problem.ts'

/** What a change has of whoever makes it. */
export function changeOf({ organization, user, via, asking }: Actor) {
  const author = via === 'operator' ? ('operator' as const) : { user }
  return { organization, author, now: asking.now }
}

/** @throws Problem 403 for a person who asks not to wait for others’ approval */
export function skipsApproval({ via }: Actor, asked: string | undefined): boolean {
  if (asked !== undefined && via !== 'operator')
    throw notPermitted('Only the operator of the installation makes a change that does not wait for approval.')
  return asked !== undefined
}

export function listOf(destroy: string | readonly string[] | undefined): readonly string[] {
  return typeof destroy === 'string' ? [destroy] : (destroy ?? [])
}

export function setVersion(reply: FastifyReply, version: number): FastifyReply {
  return reply.header('etag', `"${version}"`)
}

/** The version in `If-Match`; nothing where it is absent or `*`: whatever stands. @throws Problem 412 where it can be no version */
export function baseOf({ headers }: FastifyRequest): number | undefined {
  const text = headers['if-match']?.trim() ?? '*'
  if (text === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(text)?.[1]
  if (version === undefined) throw unknownBase(text)
  return Number(version)
}

export function unknownBase(base: unknown) {
  return problem(412, 'version-moved', `If-Match names ${String(base)}, which is no version of this policy.`)
}
