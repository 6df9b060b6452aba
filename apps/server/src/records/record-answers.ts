import { RecordSchema } from '@bailiwick/contract'
import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { problem } from '../problem.ts'
import type { Changed } from './change-record.ts'

/** The record as it is now; nothing where the change took it out of its author's sight. */
export const CHANGED = { 200: RecordSchema, 204: Type.Null() }

export function sendChanged(reply: FastifyReply, { item, version }: Changed) {
  setVersion(reply, version)
  return item ? reply.code(200).send(item) : reply.code(204).send(null)
}

/** Puts the version where `If-Match` of a later request has it from. */
export function setVersion(reply: FastifyReply, version: unknown): void {
  reply.header('etag', `"${String(version)}"`)
}

/** The version in `If-Match`; nothing where it is absent or `*`. @throws Problem 412 where it can be no version. */
export function seenVersion(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (version === undefined)
    throw problem(412, 'version-moved', 'If-Match must hold the version of the record, as its ETag has it.')
  return Number(version)
}
