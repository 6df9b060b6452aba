/** Values as the server reads them; null is the database's null. */
export type BoundTexts = readonly (string | null)[]

/** The texts of a statement's values; nothing where one of them is better left to `pg` (bytes, dates, documents). */
export function boundTexts(values: readonly unknown[]): BoundTexts | undefined {
  const texts: (string | null)[] = []
  for (const value of values) {
    const text = boundText(value)
    if (text === undefined) return undefined
    texts.push(text)
  }
  return texts
}

function boundText(value: unknown): string | null | undefined {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return String(value)
  return Array.isArray(value) ? arrayText(value) : undefined
}

function arrayText(items: readonly unknown[]): string | undefined {
  let text = '{'
  for (const item of items) {
    if (typeof item === 'object' && item !== null) return undefined
    text += `${text.length > 1 ? ',' : ''}${item === null || item === undefined ? 'NULL' : quoted(String(item))}`
  }
  return `${text}}`
}

function quoted(text: string): string {
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`
}

/** Execute the unnamed portal to its end; and Sync: this was all. */
const EXECUTE_AND_SYNC = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 4])
const BIND = 0x42
/** The message's length, an empty portal name, the end of the statement's, and three counts. */
const FRAME = 4 + 1 + 1 + 2 + 2 + 2

/** The messages that run a prepared statement, values and rows as text (PostgreSQL's "extended query", without a description). */
export function executionOf(name: string, values: BoundTexts): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)))
  const length = sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), FRAME + Buffer.byteLength(name))
  const message = Buffer.allocUnsafe(1 + length + EXECUTE_AND_SYNC.length)
  let at = message.writeUInt8(BIND, 0)
  at = message.writeInt32BE(length, at)
  at = message.writeUInt8(0, at)
  at += message.write(name, at)
  at = message.writeUInt8(0, at)
  at = message.writeInt16BE(0, at)
  at = message.writeUInt16BE(values.length, at)
  for (const [index, value] of values.entries()) {
    at = message.writeInt32BE(sizes[index]!, at)
    if (value !== null) at += message.write(value, at)
  }
  at = message.writeInt16BE(0, at)
  EXECUTE_AND_SYNC.copy(message, at)
  return message
}
