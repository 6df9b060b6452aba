import type { RecordItem } from '../../../lib/records.ts'
import { addDays, dayIn } from './days.ts'
import type { WhenFields } from './entries.ts'

const MINUTE = 60_000
export const MINUTES_OF_DAY = 1_440
/** How exactly things are put down, in minutes. */
export const STEP = 15
/** As long something without an end is drawn, in minutes; nothing is drawn shorter than a line of text. */
const USUAL = 60
const SHORTEST = 30

/** How far the clocks of a time zone stand before those of UTC at an instant, in ms. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(instant / 1000) * 1000
}

/** The minute of its day at which an instant falls, by the clocks of a time zone. */
export function minuteIn(instant: string | number, timeZone: string): number {
  const at = new Date(instant).getTime()
  const shown = new Date(at + offsetAt(at, timeZone))
  return shown.getUTCHours() * 60 + shown.getUTCMinutes()
}

/** The instant at which the clocks of a time zone show a minute of a day; the one after where they jump over it. */
export function instantAt(day: string, minute: number, timeZone: string): string {
  const shown = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE
  const first = shown - offsetAt(shown, timeZone)
  return new Date(shown - offsetAt(first, timeZone)).toISOString()
}

/** What of a record lies on one day, in minutes of it. */
export interface Segment {
  readonly record: RecordItem
  readonly day: string
  readonly from: number
  readonly to: number
  /** Whether it begins and ends on this day. */
  readonly isStart: boolean
  readonly isEnd: boolean
}

/** What stands beside others at the same time: in which column of how many. */
export interface Box extends Segment {
  readonly column: number
  readonly columns: number
}

/** The timed records of one day, each in its place. What has no time of day stands above the hours and isn't here. */
export function boxesOn(
  day: string,
  records: readonly RecordItem[],
  { start, end }: WhenFields,
  timeZone: string,
): readonly Box[] {
  if (!start) return []
  const segments = records.flatMap((record) => {
    const from = record[start.field]
    const to = end && record[end.field]
    if (record.allDay === true || typeof from !== 'string') return []
    return segmentOn(day, record, from, typeof to === 'string' && to > from ? to : undefined, timeZone) ?? []
  })
  return side(segments.sort((a, b) => a.from - b.from || b.to - a.to))
}

function segmentOn(day: string, record: RecordItem, from: string, to: string | undefined, timeZone: string) {
  const last = new Date(new Date(to ?? Date.parse(from) + USUAL * MINUTE).getTime() - 1)
  const [firstDay, lastDay] = [dayIn(from, timeZone), dayIn(last, timeZone)]
  if (day < firstDay || day > lastDay) return undefined
  const isStart = day === firstDay
  const isEnd = day === lastDay
  const begins = isStart ? minuteIn(from, timeZone) : 0
  const ends = isEnd ? minuteIn(last.getTime(), timeZone) + 1 : MINUTES_OF_DAY
  return { record, day, from: begins, to: Math.max(ends, begins + SHORTEST), isStart, isEnd }
}

/** Puts what overlaps side by side, in as few columns as it takes. */
function side(segments: readonly Segment[]): readonly Box[] {
  const boxes: Box[] = []
  let group: (Segment & { readonly column: number })[] = []
  let until = 0
  const close = () => {
    const columns = Math.max(0, ...group.map(({ column }) => column + 1))
    boxes.push(...group.map((one) => ({ ...one, columns })))
    group = []
  }
  for (const segment of segments) {
    if (segment.from >= until) close()
    const taken = new Set(group.filter(({ to }) => to > segment.from).map(({ column }) => column))
    let column = 0
    while (taken.has(column)) column++
    group.push({ ...segment, column })
    until = Math.max(until, segment.to)
  }
  close()
  return boxes
}

/** What changes where something is put to another day and time: its start, and its end by as much. */
export function placedAt(
  { record, day, from, isStart }: Segment,
  to: string,
  minutes: number,
  { start, end }: WhenFields,
  timeZone: string,
): Record<string, string> {
  const before = start && record[start.field]
  if (!start || typeof before !== 'string') return {}
  // A part of a later day is taken where it begins: at midnight.
  const wanted = (isStart ? from : 0) + minutes
  const [onto, minute] = normal(to, snapped(wanted))
  const daysOff = isStart ? undefined : day
  const target = Date.parse(instantAt(onto, minute, timeZone))
  const origin = daysOff === undefined ? Date.parse(before) : Date.parse(instantAt(daysOff, 0, timeZone))
  const moved = (instant: string) => new Date(Date.parse(instant) + target - origin).toISOString()
  const until = end && record[end.field]
  return { [start.field]: moved(before), ...(end && typeof until === 'string' && { [end.field]: moved(until) }) }
}

/** What changes where something is made longer or shorter: its end, a step behind its start at the earliest. */
export function endedAt(
  { record, day, to }: Segment,
  minutes: number,
  { start, end }: WhenFields,
  timeZone: string,
): Record<string, string> {
  const begins = start && record[start.field]
  if (!end || typeof begins !== 'string') return {}
  const [onto, minute] = normal(day, snapped(to + minutes))
  const earliest = Date.parse(begins) + STEP * MINUTE
  const wanted = Date.parse(instantAt(onto, minute, timeZone))
  return { [end.field]: new Date(Math.max(earliest, wanted)).toISOString() }
}

/** A minute before or behind a day is one of the day before or after. */
function normal(day: string, minute: number): readonly [string, number] {
  const days = Math.floor(minute / MINUTES_OF_DAY)
  return [addDays(day, days), minute - days * MINUTES_OF_DAY]
}

export function snapped(minute: number): number {
  return Math.round(minute / STEP) * STEP
}
