import { CreatedSchema, ListSchema, ProblemSchema, RecordSchema } from '@bailiwick/contract'
import type { FastifyReply, FastifySerializerCompiler } from 'fastify'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
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

/**
 * Writes the answers of routes that answer with records. What a record holds beyond its frame can't be declared, so a serializer made
 * of the schema would look at each value anew; here the frame is checked, and the rest is written in one go.
 */
export const writeRecords: FastifySerializerCompiler<unknown> = ({ httpStatus }) => {
  return httpStatus?.startsWith('2') ? textOfRecords : textOfProblem
}

/** @throws Error for what is neither a record, nor a page of them, nor the id of a new one */
function textOfRecords(answer: unknown): string {
  if (PAGE.Check(answer)) {
    const { items, next, count } = answer
    return JSON.stringify({ items, next, count })
  }
  if (RECORD.Check(answer) || CREATED.Check(answer)) return JSON.stringify(answer)
  throw new Error('An answer is not of the shape that its route declares.')
}

function textOfProblem(answer: unknown): string {
  if (!PROBLEM.Check(answer)) throw new Error('A problem is not of the shape of one.')
  const { type, title, status, detail, errors, version, changes } = answer
  return JSON.stringify({ type, title, status, detail, errors, version, changes })
}

const PAGE = Compile(ListSchema)
const RECORD = Compile(RecordSchema)
const CREATED = Compile(CreatedSchema)
const PROBLEM = Compile(ProblemSchema)
