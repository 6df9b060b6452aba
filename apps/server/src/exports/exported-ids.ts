import { appendFile, open, writeFile } from 'node:fs/promises'

/** An id takes sixteen bytes: those of a million records are some megabytes, and the file that they are of has many times that. */
const BYTES = 16
/** Asked about in one statement. */
export const IDS_AT_ONCE = 5_000

/** Where it is written down which records the file of an export holds. */
export function idsOf(exportFile: string): string {
  return `${exportFile}.ids`
}

/** Begins anew to write down what a file holds. */
export function beginIds(exportFile: string): Promise<void> {
  return writeFile(idsOf(exportFile), '', { mode: 0o600 })
}

export function writeIds(exportFile: string, records: readonly { readonly id: string }[]): Promise<void> {
  const ids = records.map(({ id }) => id.replaceAll('-', ''))
  return appendFile(idsOf(exportFile), Buffer.from(ids.join(''), 'hex'))
}

/** What was written down of a file, some at a time; nothing where nothing was. */
export async function* readIds(exportFile: string): AsyncGenerator<string[]> {
  const file = await open(idsOf(exportFile)).catch(() => undefined)
  if (!file) return
  try {
    const some = Buffer.alloc(IDS_AT_ONCE * BYTES)
    for (let place = 0; ; ) {
      const { bytesRead } = await file.read(some, 0, some.length, place)
      const whole = bytesRead - (bytesRead % BYTES)
      if (whole === 0) return
      yield idsIn(some.subarray(0, whole))
      place += whole
    }
  } finally {
    await file.close()
  }
}

function idsIn(bytes: Buffer): string[] {
  return Array.from({ length: bytes.length / BYTES }, (_, at) => idAt(bytes.subarray(at * BYTES, (at + 1) * BYTES)))
}

function idAt(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
