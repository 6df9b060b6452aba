import { describe, expect, it } from 'vitest'
import { addMonths, dayIn, daysShown, step } from './days.ts'

describe('a calendar', () => {
  it.each([
    ['fi-FI', '2026-02-23', '2026-04-05'],
    ['en-US', '2026-03-01', '2026-04-04'],
    ['ar-EG', '2026-02-28', '2026-04-03'],
  ])('of March 2026 in %s goes from %s to %s, in whole weeks', (locale, first, last) => {
    const days = daysShown('2026-03-31', 'month', locale)
    expect([days[0], days.at(-1), days.length % 7]).toEqual([first, last, 0])
  })

  it('shows the week around a day, over the turn of a year', () => {
    expect(daysShown('2026-12-31', 'week', 'fi-FI')).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ])
  })

  it('goes from the last day of a long month to the last of a short one', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(step('2026-03-31', 'month', -1)).toBe('2026-02-28')
    expect(step('2026-01-01', 'week', -1)).toBe('2025-12-25')
  })

  it('puts an instant on the day of the time zone that is looked at', () => {
    expect(dayIn('2026-03-31T23:30:00Z', 'Europe/Helsinki')).toBe('2026-04-01')
    expect(dayIn('2026-03-31T23:30:00Z', 'America/Chicago')).toBe('2026-03-31')
  })
})
