import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { isStorableText } from '../http/json-text.ts'
import { invalidInput, type Problem } from '../problem.ts'
import { type Encoding, findEncoding } from './encoding.ts'

/** How a file is to be read, found out from the file itself. */
export interface CsvFile {
  readonly path: string
  readonly encoding: Encoding
  readonly separator: string
  /** The first row, trimmed. */
  readonly header: readonly string[]
  /** About how many rows follow it: line breaks, those inside cells included. */
  readonly roughTotal: number
}

const SEPARATORS = [',', ';', '\t', '|']
const SAMPLE_BYTES = 256 * 1024
export const MOST_COLUMNS = 1_000

/**
 * Looks at a file: its encoding, separator, and header.
 * @throws Problem 422 where it is no CSV file that can be read.
 */
export async function openCsv(
  path: string,
  parseHeader: (text: string, separator: string) => string[],
): Promise<CsvFile> {
  const { encoding, lines } = await findEncoding(path)
  const first = firstRow(await readSample(path, encoding))
  const separator = findSeparator(first)
  const header = parseHeader(first, separator).map((cell) => cell.trim())
  if (header.every((cell) => cell === '')) throw unreadable('has no header: its first row must name the columns')
  if (!header.every(isStorableText)) throw unreadable('is no text that can be read: save it as CSV in UTF-8')
  if (header.length > MOST_COLUMNS) throw unreadable(`has more than ${MOST_COLUMNS} columns`)
  return { path, encoding, separator, header, roughTotal: Math.max(0, lines - 1) }
}

export function unreadable(why: string): Problem {
  return invalidInput([{ path: '/file', message: why }])
}

async function readSample(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0)
    if (bytesRead === 0) throw unreadable('is empty')
    if (buffer.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
      throw unreadable('is a spreadsheet or an archive: save the sheet as CSV first')
    }
    return iconv.decode(buffer.subarray(0, bytesRead), encoding)
  } finally {
    await file.close()
  }
}

/** The text of the first row that says something, quoted line breaks included. */
function firstRow(sample: string): string {
  const text = sample.replace(/^[\r\n]+/, '')
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') isQuoted = !isQuoted
    else if ((character === '\n' || character === '\r') && !isQuoted) return text.slice(0, at)
  }
  if (sample.length >= SAMPLE_BYTES / 4) throw unreadable('has a first row that is too long for a header')
  return text
}

function findSeparator(row: string): string {
  const unquoted = row.replace(/"(?:[^"]|"")*"/g, '')
  const counts = SEPARATORS.map((separator) => unquoted.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}
