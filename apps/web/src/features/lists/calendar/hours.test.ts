import { describe, expect, it } from 'vitest'
import type { FieldInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { boxesOn, endedAt, instantAt, minuteIn, placedAt } from './hours.ts'

const ZONE = 'Europe/Helsinki'
const fieldOf = (field: string): FieldInfo => ({
  field,
  type: 'dateTime',
  name: field,
  access: 'edit',
  system: false,
  required: false,
  unique: false,
  title: false,
})
const WHEN = { start: fieldOf('startsAt'), end: fieldOf('endsAt'), due: fieldOf('dueDate') }

function meeting(id: string, startsAt: string, endsAt: string | null, more: object = {}): RecordItem {
  return { id, version: 1, access: 'full', startsAt, endsAt, ...more }
}
const boxes = (day: string, ...records: readonly RecordItem[]) => boxesOn(day, records, WHEN, ZONE)
const only = (day: string, record: RecordItem) => {
  const [box] = boxes(day, record)
  if (!box) throw new Error('It is not on that day.')
  return box
}

describe('an hour of a calendar', () => {
  it.each([
    ['2026-03-02', 9 * 60, '2026-03-02T07:00:00.000Z'],
    ['2026-07-02', 9 * 60, '2026-07-02T06:00:00.000Z'],
    // The clocks jump from three to four, and go back from four to three.
    ['2026-03-29', 4 * 60, '2026-03-29T01:00:00.000Z'],
    ['2026-03-29', 2 * 60, '2026-03-29T00:00:00.000Z'],
    ['2026-10-25', 5 * 60, '2026-10-25T03:00:00.000Z'],
  ])('of %s, minute %i, is %s in Helsinki, and is read back', (day, minute, instant) => {
    expect(instantAt(day, minute, ZONE)).toBe(instant)
    expect(minuteIn(instant, ZONE)).toBe(minute)
  })

  it('that the clocks jump over is the one after', () => {
    expect(minuteIn(instantAt('2026-03-29', 3 * 60 + 30, ZONE), ZONE)).toBeGreaterThanOrEqual(2 * 60 + 30)
  })
})

describe('what stands in the hours', () => {
  it('lies where it begins and ends, by the clocks of the time zone', () => {
    const box = only('2026-03-02', meeting('a', '2026-03-02T07:00:00Z', '2026-03-02T08:30:00Z'))
    expect(box).toMatchObject({ from: 540, to: 630, isStart: true, isEnd: true, column: 0, columns: 1 })
  })

  it('is drawn an hour long without an end, and half an hour at least', () => {
    expect(only('2026-03-02', meeting('a', '2026-03-02T07:00:00Z', null))).toMatchObject({ from: 540, to: 600 })
    const short = meeting('a', '2026-03-02T07:00:00Z', '2026-03-02T07:05:00Z')
    expect(only('2026-03-02', short)).toMatchObject({ from: 540, to: 570 })
  })

  it('goes over midnight to the next day, and ends at midnight on the day before', () => {
    const night = meeting('a', '2026-03-02T20:00:00Z', '2026-03-03T01:00:00Z')
    expect(only('2026-03-02', night)).toMatchObject({ from: 1320, to: 1440, isStart: true, isEnd: false })
    expect(only('2026-03-03', night)).toMatchObject({ from: 0, to: 180, isStart: false, isEnd: true })
    const evening = meeting('b', '2026-03-02T20:00:00Z', '2026-03-02T22:00:00Z')
    expect(boxes('2026-03-03', evening)).toEqual([])
  })

  it('stands side by side at the same time, and has the whole width otherwise', () => {
    const found = boxes(
      '2026-03-02',
      meeting('a', '2026-03-02T07:00:00Z', '2026-03-02T09:00:00Z'),
      meeting('b', '2026-03-02T07:30:00Z', '2026-03-02T08:00:00Z'),
      meeting('c', '2026-03-02T08:00:00Z', '2026-03-02T08:30:00Z'),
      meeting('d', '2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z'),
    )
    expect(found.map(({ record, column, columns }) => [record.id, column, columns])).toEqual([
      ['a', 0, 2],
      ['b', 1, 2],
      ['c', 1, 2],
      ['d', 0, 1],
    ])
  })

  it('is nothing of the whole day, nor without a time', () => {
    expect(boxes('2026-03-02', meeting('a', '2026-03-02T07:00:00Z', null, { allDay: true }))).toEqual([])
    expect(boxes('2026-03-02', { ...meeting('a', '', null), startsAt: null, dueDate: '2026-03-02' })).toEqual([])
  })
})

describe('what is put elsewhere', () => {
  const box = only('2026-03-27', meeting('a', '2026-03-27T07:00:00Z', '2026-03-27T08:30:00Z'))

  it('keeps its length, in steps of a quarter, at the hour that the clocks show there', () => {
    expect(placedAt(box, '2026-03-27', 50, WHEN, ZONE)).toEqual({
      startsAt: '2026-03-27T07:45:00.000Z',
      endsAt: '2026-03-27T09:15:00.000Z',
    })
    // Nine o'clock stays nine o'clock, over the change of the clocks.
    expect(placedAt(box, '2026-03-30', 0, WHEN, ZONE)).toEqual({
      startsAt: '2026-03-30T06:00:00.000Z',
      endsAt: '2026-03-30T07:30:00.000Z',
    })
  })

  it('gets no end that it did not have', () => {
    const open = only('2026-03-27', meeting('a', '2026-03-27T07:00:00Z', null))
    expect(placedAt(open, '2026-03-26', 0, WHEN, ZONE)).toEqual({ startsAt: '2026-03-26T07:00:00.000Z' })
  })

  it('is taken by its later part as well', () => {
    const night = meeting('a', '2026-03-02T20:00:00Z', '2026-03-03T01:00:00Z')
    expect(placedAt(only('2026-03-03', night), '2026-03-04', 60, WHEN, ZONE)).toEqual({
      startsAt: '2026-03-03T21:00:00.000Z',
      endsAt: '2026-03-04T02:00:00.000Z',
    })
  })

  it('ends later or earlier, and never before it has begun', () => {
    expect(endedAt(box, 30, WHEN, ZONE)).toEqual({ endsAt: '2026-03-27T09:00:00.000Z' })
    expect(endedAt(box, -600, WHEN, ZONE)).toEqual({ endsAt: '2026-03-27T07:15:00.000Z' })
    expect(endedAt(box, 14 * 60, WHEN, ZONE)).toEqual({ endsAt: '2026-03-27T22:30:00.000Z' })
  })
})
