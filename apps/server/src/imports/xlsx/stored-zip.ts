import { unpack, type ZipEntry, type ZipFile } from './zip-file.ts'

/** A file to be put into an archive: a text, or an entry of another archive. */
export interface Stored {
  readonly name: string
  readonly content: string | ZipEntry
  /** Bytes that it has at most. */
  readonly most: number
}

const LOCAL = 0x04034b50
const END = 0x06054b50

/** An archive that packs nothing, of just these files in this order: whatever reads it can't be led further than what was checked here. */
export async function* storedZip(source: ZipFile, files: readonly Stored[]): AsyncGenerator<Buffer> {
  for (const { name, content, most } of files) {
    const text = typeof content === 'string' ? Buffer.from(content) : undefined
    const { size, crc } = typeof content === 'string' ? { size: text?.length ?? 0, crc: 0 } : content
    yield header(name, size, crc)
    if (text) yield text
    else if (typeof content !== 'string') yield* unpack(source, content, most)
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  yield end
}

function header(name: string, size: number, crc: number): Buffer {
  const bytes = Buffer.alloc(30 + Buffer.byteLength(name))
  bytes.writeUInt32LE(LOCAL, 0)
  bytes.writeUInt16LE(20, 4)
  bytes.writeUInt32LE(crc, 14)
  bytes.writeUInt32LE(size, 18)
  bytes.writeUInt32LE(size, 22)
  bytes.writeUInt16LE(Buffer.byteLength(name), 26)
  bytes.write(name, 30)
  return bytes
}
