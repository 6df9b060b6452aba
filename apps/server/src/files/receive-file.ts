import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { invalidInput, problem, unavailable } from '../problem.ts'

/** What came in of a file, besides its bytes. */
export interface ReceivedFile {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: Buffer
}

const LONGEST_NAME = 255

/**
 * Writes the form's one file to `target` as it comes, never into memory.
 * @throws Problem 400 where the form can't be read, 413 where the file is too large, 415, 422 where there is none.
 */
export async function receiveFile(request: FastifyRequest, target: string, largest: number): Promise<ReceivedFile> {
  if (!request.isMultipart()) throw problem(415, 'unsupported-media-type', 'A file is sent as multipart/form-data.')
  let received: ReceivedFile | undefined
  for await (const part of filesOf(request, largest)) {
    if (part.fieldname === 'file' && !received) received = await write(part, target)
    else await finished(part.file.resume()).catch(explain)
  }
  if (received) return received
  throw invalidInput([{ path: '/file', message: 'is required: the file' }])
}

async function* filesOf(request: FastifyRequest, fileSize: number): AsyncGenerator<MultipartFile> {
  const limits = { fileSize, files: 2, fields: 10, fieldSize: 10_000, parts: 12 }
  try {
    yield* request.files({ limits })
  } catch (error) {
    explain(error)
  }
}

async function write(part: MultipartFile, target: string): Promise<ReceivedFile> {
  const hash = createHash('sha256')
  let size = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(part.file, count, createWriteStream(target, { mode: 0o600 })).catch(explain)
  if (part.file.truncated) throw problem(413, 'too-large', 'The file is larger than a record takes.')
  return { name: nameOf(part.filename), type: typeOf(part.mimetype), size, sha256: hash.digest() }
}

/** The reader of forms names its own failures (`FST_…`); what has no name is a form without boundary, or one that is cut off. */
function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT')
    throw unavailable('There is no room for the file on the server’s disk.', 60)
  if (code === undefined || code === 'ERR_STREAM_PREMATURE_CLOSE')
    throw problem(400, 'malformed-request', 'This is not a form that can be read to its end.')
  throw error
}

/** The last part of a path, on one line, without what makes text run backwards. */
function nameOf(given: string | undefined): string {
  const last = (given ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const name = last.replaceAll(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim()
  return name === '' || /^\.+$/.test(name) ? 'file' : [...name].slice(0, LONGEST_NAME).join('')
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,80}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/

function typeOf(given: string | undefined): string {
  const type = (given ?? '').toLowerCase().split(';')[0]?.trim() ?? ''
  return MEDIA_TYPE.test(type) ? type : 'application/octet-stream'
}
