import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { problem } from '../problem.ts'

/** What is in a form that is read as it comes, for comparing it with another. */
export interface StreamedContent {
  write(chunk: Buffer): void
  /** Nothing before the form came to its end. */
  digest(): string | undefined
}

/** Of a request whose body is a form that nobody has read yet; nothing of any other. */
export function streamedContentOf({ body, headers }: FastifyRequest): StreamedContent | undefined {
  const type = headers['content-type'] ?? ''
  if (body !== undefined || !/^multipart\/form-data\b/i.test(type)) return undefined
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? []
  return contentWithin(quoted ?? bare ?? '')
}

/** The boundary is left out: a form gets another whenever it is sent. What follows the last one is no part of the form. */
export function contentWithin(boundary: string): StreamedContent {
  const delimiter = Buffer.from(`--${boundary}`)
  const hash = createHash('sha256')
  let rest = Buffer.alloc(0)
  let digest: string | undefined
  return {
    write(chunk) {
      if (digest !== undefined) return
      rest = Buffer.concat([rest, chunk])
      let at = rest.indexOf(delimiter)
      // The two characters behind it tell whether it was the last.
      while (at >= 0 && rest.length >= at + delimiter.length + END.length) {
        hash.update(rest.subarray(0, at)).update(BETWEEN)
        rest = rest.subarray(at + delimiter.length)
        if (rest.subarray(0, END.length).equals(END)) {
          digest = hash.digest('hex')
          return
        }
        at = rest.indexOf(delimiter)
      }
      const settled = at >= 0 ? at : Math.max(0, rest.length - delimiter.length)
      hash.update(rest.subarray(0, settled))
      rest = rest.subarray(settled)
    },
    digest: () => digest,
  }
}

const END = Buffer.from('--')
const BETWEEN = Buffer.from('--boundary')

/** Has the content written down while another reads the stream: from the first byte on, and no sooner than that one begins. */
export function readAlong(stream: Readable, content: StreamedContent): void {
  const begin = (event: string | symbol) => {
    if (event !== 'data') return
    stream.off('newListener', begin)
    stream.on('data', (chunk: Buffer) => content.write(chunk))
  }
  stream.on('newListener', begin)
}

/**
 * Reads the stream to its end, for nothing but its content.
 * @throws Problem 400 where it breaks off
 */
export async function readThrough(stream: Readable, content: StreamedContent): Promise<string | undefined> {
  try {
    for await (const chunk of stream) content.write(chunk as Buffer)
  } catch {
    throw problem(400, 'malformed-request', 'This is not a form that can be read to its end.')
  }
  return content.digest()
}
