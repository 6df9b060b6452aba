import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { MAX_JSON_DEPTH } from '@bailiwick/contract'
import type { FastifyRequest } from 'fastify'
import { parseJson } from '../http/json-text.ts'
import { errorUnder, invalidInput, Problem, problem, unavailable } from '../problem.ts'
import { requireMapping, requireOptions } from './mapping.ts'
import type { ImportRequest } from './run-import.ts'

/** A million rows of a wide table are some hundreds of megabytes. */
export const LARGEST_FILE = 1024 * 1024 * 1024
export const UPLOAD_LIMITS = { fileSize: LARGEST_FILE, files: 1, fields: 10, fieldSize: 1024 * 1024, parts: 11 }
const FIELDS = ['module', 'mapping', 'options', 'overwrite', 'dryRun', 'upload', 'fileName']
const LONGEST_NAME = 200

export interface Received {
  readonly request: ImportRequest
  /** Of a file that was sent before, in place of one. */
  readonly upload?: string
}

/**
 * Takes an upload in: the file goes to `target` as it comes, never into memory; the other fields say what to do with it.
 * @throws Problem 400 where the form can't be read, 413 where the file is too large, 422 with what is wrong or missing.
 */
export async function receiveUpload(request: FastifyRequest, target: string): Promise<Received> {
  if (!request.isMultipart()) throw problem(415, 'unsupported-media-type', 'An import is sent as multipart/form-data.')
  const fields: Record<string, string> = {}
  let hasFile = false
  let fileName: string | undefined
  for await (const part of partsOf(request)) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else if (part.fieldname !== 'file' || hasFile) await drain(part.file)
    else {
      hasFile = true
      fileName = nameOf(part.filename)
      await pipeline(part.file, createWriteStream(target, { mode: 0o600 })).catch(explainWrite)
      if (part.file.truncated) throw problem(413, 'too-large', 'The file is larger than an import takes.')
    }
  }
  const upload = fields.upload || undefined
  if (!hasFile && upload === undefined) throw missing('/file', 'is required: the CSV or XLSX file')
  if (hasFile && upload !== undefined) throw missing('/upload', 'is sent in place of a file, not beside one')
  return { request: { ...requestOf(fields), fileName: fileName ?? nameOf(fields.fileName) }, upload }
}

/** What the file is called where it comes from, without the folders. */
function nameOf(given: string | undefined): string | undefined {
  const name = (given ?? '')
    .replace(/^.*[\\/]/, '')
    .replace(/\p{Cc}/gu, '')
    .slice(0, LONGEST_NAME)
    .toWellFormed()
  return name === '' ? undefined : name
}

/** What fails here fails for what was sent; a failure of whoever takes the parts doesn't come by. */
async function* partsOf(request: FastifyRequest) {
  try {
    yield* request.parts({ limits: UPLOAD_LIMITS })
  } catch (error) {
    throw explainForm(error)
  }
}

/** The reader of forms names its own failures (`FST_…`); what has no name is a form without boundary, or one that is cut off. */
function explainForm(error: unknown): unknown {
  const isNamed = !(error instanceof Error) || 'code' in error
  return isNamed ? error : problem(400, 'malformed-request', 'This is not a form that can be read to its end.')
}

function explainWrite(error: unknown): never {
  const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
  throw isFull ? unavailable('There is no room for the file on the server’s disk.', 60) : explainForm(error)
}

async function drain(file: Readable): Promise<void> {
  await finished(file.resume()).catch((error: unknown) => {
    throw explainForm(error)
  })
}

function missing(path: string, message: string): Problem {
  return invalidInput([{ path, message }])
}

function requestOf(fields: Readonly<Record<string, string>>): ImportRequest {
  const unknown = Object.keys(fields).filter((name) => !FIELDS.includes(name))
  if (unknown.length > 0)
    throw invalidInput(unknown.map((name) => ({ path: `/${name}`, message: 'is not known here' })))
  const { module, mapping, options } = fields
  if (!module) throw missing('/module', 'is required')
  return {
    module,
    mapping: requireMapping(jsonOf('/mapping', mapping)),
    options: requireOptions(jsonOf('/options', options)),
    overwrite: isTrue(fields, 'overwrite'),
    dryRun: isTrue(fields, 'dryRun'),
  }
}

/** A field of the form: the form itself was read, and the field is what is wrong with it. */
function jsonOf(path: string, text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return {}
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw error.errors ? errorUnder(path, error) : missing(path, NO_JSON)
  }
}

const NO_JSON = `must be JSON, nested at most ${MAX_JSON_DEPTH} deep`

function isTrue(fields: Readonly<Record<string, string>>, name: string): boolean {
  const value = fields[name] ?? ''
  if (['', 'true', 'false', '0', '1'].includes(value)) return value === 'true' || value === '1'
  throw missing(`/${name}`, 'must be true or false')
}
