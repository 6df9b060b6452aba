import { type CustomTypesConfig, types } from 'pg'

const DATE = 1082
const TIMESTAMPTZ = 1184
const INT8 = 20
const NUMERIC = 1700

/** `2026-03-01 09:30:00.25+00`, which is what a session in UTC writes, → `2026-03-01T09:30:00.250Z`. Microseconds are cut off. */
export function readInstant(text: string): string {
  if (text.length >= 22 && text.endsWith('+00') && text[10] === ' ') {
    const fraction = text.slice(20, Math.min(23, text.length - 3)).padEnd(3, '0')
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
  }
  const parsed: unknown = types.getTypeParser(TIMESTAMPTZ)(text)
  return parsed instanceof Date ? parsed.toISOString() : text
}

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, Number],
  [NUMERIC, Number],
  [TIMESTAMPTZ, readInstant],
  [DATE, (text) => text],
])

/**
 * How values leave the database: bigint and numeric as numbers (ours stay within 15 digits), instants as ISO 8601 in UTC with
 * milliseconds, dates as `YYYY-MM-DD`. Everything else as `pg` reads it.
 */
export const valueParsers: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? types.getTypeParser(oid, format),
}
