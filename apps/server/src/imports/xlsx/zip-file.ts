import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { unreadable } from '../csv-file.ts'

/** A file inside an archive, as the archive's directory tells of it. */
export interface ZipEntry {
  readonly name: string
  readonly isDeflated: boolean
  readonly crc: number
  /** Where its local header begins. */
  readonly at: number
  readonly packed: number
  /** Bytes that it unpacks to: told by the archive, and held to. */
  readonly size: number
}

export interface ZipFile {
  readonly path: string
  readonly entries: ReadonlyMap<string, ZipEntry>
}

const END = 0x06054b50
const IN_DIRECTORY = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const LONGEST_COMMENT = 65_535
const LARGEST_DIRECTORY = 4 * 1024 * 1024
const ENCRYPTED = 1
const DEFLATED = 8
const BROKEN = 'is a workbook that can’t be read: it is cut off or broken'

/** Reads the directory of an archive, and unpacks nothing. @throws Problem 422 where it is none that can be read. */
export async function openZip(path: string): Promise<ZipFile> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = await bytesAt(file, Math.max(0, size - END_BYTES - LONGEST_COMMENT), size)
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || end + END_BYTES > tail.length || tail.readUInt32LE(end) !== END) throw unreadable(BROKEN)
    const [length, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
    if (length > LARGEST_DIRECTORY || at + length > size) throw unreadable(BROKEN)
    const entries = readDirectory(await bytesAt(file, at, at + length))
    return { path, entries: new Map(entries.map((entry) => [entry.name, entry])) }
  } finally {
    await file.close()
  }
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from)
  return buffer.subarray(0, bytesRead)
}

function readDirectory(bytes: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === IN_DIRECTORY) {
    const [name, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ]
    const method = bytes.readUInt16LE(at + 10)
    if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0)
      throw unreadable('is a workbook with a password: save it without')
    if (method !== 0 && method !== DEFLATED) throw unreadable(BROKEN)
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      isDeflated: method === DEFLATED,
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + name + extra + comment
  }
  return entries
}

/**
 * Unpacks an entry, piece by piece, and never more of it than it says it has.
 * @throws Problem 422 where it is larger than `most`, or not as the archive says
 */
export async function* unpack({ path }: ZipFile, entry: ZipEntry, most: number): AsyncGenerator<Buffer> {
  if (entry.size > most) throw unreadable('is a workbook too large to be taken: save the sheet as CSV')
  let size = 0
  for await (const piece of unpacked(path, entry, await findData(path, entry))) {
    size += piece.length
    if (size > entry.size) throw unreadable(BROKEN)
    yield piece
  }
  if (size !== entry.size) throw unreadable(BROKEN)
}

async function findData(path: string, { at }: ZipEntry): Promise<number> {
  const file = await open(path)
  try {
    const header = await bytesAt(file, at, at + 30)
    if (header.length < 30 || header.readUInt32LE(0) !== LOCAL) throw unreadable(BROKEN)
    return at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await file.close()
  }
}

async function* unpacked(path: string, { packed, isDeflated }: ZipEntry, from: number): AsyncGenerator<Buffer> {
  if (packed === 0) return
  const bytes = createReadStream(path, { start: from, end: from + packed - 1 })
  const pieces: AsyncIterable<unknown> = isDeflated ? pipeline(bytes, createInflateRaw(), () => {}) : bytes
  try {
    for await (const piece of pieces) if (Buffer.isBuffer(piece)) yield piece
  } catch (error) {
    if (isZlibError(error)) throw unreadable(BROKEN)
    throw error
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_STREAM_PREMATURE_CLOSE)/.test(String(error.code))
}

/** An entry whole, as text. @throws Problem 422 as `unpack` */
export async function unpackText(zip: ZipFile, entry: ZipEntry, most: number): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of unpack(zip, entry, most)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
