import { createReadStream } from 'node:fs'
import type { FILE_ENCODINGS } from '@bailiwick/contract'

/** What a file may be in, by names that iconv-lite knows too. Those that nothing in the file tells are taken where somebody says so. */
export type Encoding = (typeof FILE_ENCODINGS)[number]

const NEWLINE = 0x0a
const RETURN = 0x0d

/**
 * The encoding of a text file: what its byte order mark says, or UTF-16 that plainly lacks one; else UTF-8 where every byte of it fits,
 * and Windows' western code page where not; `given`, that. Reads it once, whatever its size, and counts its lines on the way.
 */
export async function findEncoding(
  path: string,
  given?: Encoding,
): Promise<{ readonly encoding: Encoding; readonly lines: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let marked = given
  let isUtf8 = true
  let lines = 0
  let last: number | undefined
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const bytes = chunk as Buffer
    if (last === undefined) marked ??= findMark(bytes) ?? guessWideText(bytes)
    if (isUtf8 && !marked) isUtf8 = fits(decoder, bytes)
    lines += countLines(bytes)
    last = bytes.at(-1) ?? last
  }
  if (isUtf8 && !marked) isUtf8 = fits(decoder, undefined)
  if (last !== NEWLINE && last !== RETURN) lines += 1
  return { encoding: marked ?? (isUtf8 ? 'utf-8' : 'windows-1252'), lines }
}

function findMark(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Two letters of two bytes each, without a mark before them: some programs write it so, and no other text has NUL characters. */
function guessWideText([first, second, third, fourth]: Buffer): Encoding | undefined {
  if (first && second === 0 && third && fourth === 0) return 'utf-16le'
  if (first === 0 && second && third === 0 && fourth) return 'utf-16be'
  return undefined
}

function fits(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer | undefined): boolean {
  try {
    decoder.decode(bytes, { stream: bytes !== undefined })
    return true
  } catch {
    return false
  }
}

function countLines(bytes: Buffer): number {
  const isMac = !bytes.includes(NEWLINE) && bytes.includes(RETURN)
  const sought = isMac ? RETURN : NEWLINE
  let count = 0
  for (let at = bytes.indexOf(sought); at !== -1; at = bytes.indexOf(sought, at + 1)) count += 1
  return count
}
