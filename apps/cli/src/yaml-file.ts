import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { addAbortSignal } from 'node:stream'
import { obstacleToJson } from '@bailiwick/contract'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { readText } from './connection/transport.ts'
import type { Context } from './context.ts'
import { Failure, type FailureDetail, interrupted } from './failure.ts'

/** A document as it stands in a file: a policy, or how columns are mapped. */
export interface YamlFile {
  /** What it says, as JSON would have it. */
  readonly input: unknown
  /** Tells of each error where in the file it lies. */
  locate(errors: readonly FailureDetail[]): FailureDetail[]
}

/** How often anchors may be repeated: enough for people, too little to fill the memory. The server's bound is the same. */
const MOST_ALIASES = 100
/** How long a document may be once its anchors are written out, in characters. The server's bound is the same. */
const LONGEST_TEXT = 32 * 1024 * 1024

/** Reads YAML or JSON. @param file `-` is standard input @throws {Failure} with the line of each mistake */
export async function readYamlFile(context: Context, file: string): Promise<YamlFile> {
  const text = await readSource(context, file)
  const name = file === '-' ? '(standard input)' : file
  const lines = new LineCounter()
  const document = parseDocument(text, {
    uniqueKeys: true,
    lineCounter: lines,
    prettyErrors: false,
    resolveKnownTags: false,
  })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  const unread = [...document.errors, ...document.warnings]
  const mistakes = unread.map(({ message, pos }) => ({ path: '', message, place: at(pos[0]) }))
  if (mistakes.length > 0) throw new Failure(`${name} is neither YAML nor JSON.`, { details: mistakes })
  const placeOf = (pointer: string) => {
    const offset = offsetOf(document, segmentsOf(pointer))
    return offset === undefined ? name : at(offset)
  }
  const input = toInput(document, name)
  const locate = (errors: readonly FailureDetail[]) => errors.map((error) => ({ ...error, place: placeOf(error.path) }))
  const obstacle = obstacleToJson(input, LONGEST_TEXT)
  if (obstacle !== undefined) {
    const detail = { path: obstacle.path, message: `It ${obstacle.what}.` }
    throw new Failure(`${name} says what JSON cannot.`, { details: locate([detail]) })
  }
  return { input, locate }
}

async function readSource({ folder, signal }: Context, file: string): Promise<string> {
  try {
    if (file === '-') return await readText(addAbortSignal(signal, process.stdin))
    return await readFile(path.resolve(folder, file), 'utf8')
  } catch (error) {
    if (signal.aborted) throw interrupted()
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

type YamlDocument = ReturnType<typeof parseDocument>

function toInput(document: YamlDocument, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    throw new Failure(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function segmentsOf(pointer: string): string[] {
  const segments = pointer.split('/').slice(1)
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Where the part begins that a pointer leads to; of what isn't there, where its parent does. */
function offsetOf(document: YamlDocument, segments: readonly string[]): number | undefined {
  for (let length = segments.length; length > 0; length--) {
    const node: unknown = document.getIn(segments.slice(0, length).map(asIndex), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return undefined
}

/** A list is entered by number, a map with such a key by its text: keys of a policy never begin with a digit. */
function asIndex(segment: string): string | number {
  return /^\d+$/.test(segment) ? Number(segment) : segment
}
