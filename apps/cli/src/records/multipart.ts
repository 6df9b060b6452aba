import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'

export interface UploadedFile {
  /** Absolute. */
  readonly path: string
  /** What the server is told that it is called. */
  readonly name: string
  /** Bytes. */
  readonly size: number
}

/**
 * A form with a file at its end (RFC 7578), read from the disk as it is sent.
 * @param boundary a text that the file doesn't hold
 * @param onSent told how many bytes of the file are on their way
 */
export function multipart(
  fields: Readonly<Record<string, string>>,
  file: UploadedFile,
  boundary: string,
  onSent: (bytes: number) => void,
) {
  const head = Buffer.from(`${fieldParts(fields, boundary)}${fileHead(file, boundary)}`)
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + file.size + tail.length),
    },
    body: () => Readable.from(inParts(head, file, tail, onSent)),
  }
}

function fieldParts(fields: Readonly<Record<string, string>>, boundary: string): string {
  return Object.entries(fields)
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')
}

function fileHead({ name }: UploadedFile, boundary: string): string {
  const safe = name.replace(/[\r\n"\\]/g, '_')
  return `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${safe}"\r\nContent-Type: text/csv\r\n\r\n`
}

async function* inParts(head: Buffer, { path, size }: UploadedFile, tail: Buffer, onSent: (bytes: number) => void) {
  yield head
  let sent = 0
  if (size > 0) {
    for await (const part of createReadStream(path, { end: size - 1 })) {
      sent += part.length
      yield part
      onSent(sent)
    }
  }
  yield tail
}
