import { type SortKey, type SortPosition, sortName } from './sort-keys.ts'

/** With a `Place`: where values come later, each in its slot. */
export interface Cursor<Place = never> {
  readonly position: SortPosition<Place>
  readonly id: string | Place
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LONGEST = 20_000

/** What a caller hands back to go on from a row: opaque to him, and good for the same sort only. */
export function writeCursor(sort: readonly SortKey[], cursor: Cursor): string {
  return Buffer.from(JSON.stringify([sortName(sort), cursor.position, cursor.id])).toString('base64url')
}

/** The cursor, where the text is one that this sort could have made. */
export function readCursor(sort: readonly SortKey[], text: string): Cursor | undefined {
  if (text.length > LONGEST) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return isCursor(sort, value) ? { position: value[1], id: value[2] } : undefined
  } catch {
    return undefined
  }
}

function isCursor(sort: readonly SortKey[], value: unknown): value is [string, (string | null)[], string] {
  if (!Array.isArray(value) || value.length !== 3 || value[0] !== sortName(sort)) return false
  const [, position, id] = value
  if (!Array.isArray(position) || position.length !== sort.length) return false
  return position.every((one, index) => isPosition(sort[index], one)) && typeof id === 'string' && UUID.test(id)
}

const NUMBER = /^-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?$/
const INSTANT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d){0,2}$/
const SHAPES: { readonly [type: string]: RegExp } = {
  number: NUMBER,
  integer: NUMBER,
  money: NUMBER,
  percent: NUMBER,
  user: /^\d{1,9}$/,
  boolean: /^(true|false|t|f)$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  dateTime: INSTANT,
}

/** Only text that its column's type can read: a cursor made up by hand must not make the database complain. */
function isPosition(key: SortKey | undefined, value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) return false
  const shape = key?.field.key === 'id' ? UUID : SHAPES[key?.field.type ?? '']
  return shape === undefined || (shape.test(value) && isRealDay(key, value))
}

function isRealDay(key: SortKey | undefined, value: string): boolean {
  if (key?.field.type !== 'date' && key?.field.type !== 'dateTime') return true
  const day = value.slice(0, 10)
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) && isRealTime(value.slice(11))
}

function isRealTime(time: string): boolean {
  if (time === '') return true
  const [hours, minutes, seconds] = time.split(/[:.+-]/).map(Number)
  return (hours ?? 0) < 24 && (minutes ?? 0) < 60 && (seconds ?? 0) < 60
}
