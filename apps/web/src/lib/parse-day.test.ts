import { describe, expect, it } from 'vitest'
import { parseDay } from './parse-day.ts'

describe('a day that is typed', () => {
  it.each([
    ['31/3/2026', 'en-GB', '2026-03-31'],
    ['3/31/2026', 'en-US', '2026-03-31'],
    ['31.3.2026', 'fi-FI', '2026-03-31'],
    ['31.3.', 'fi-FI', '2026-03-31'],
    ['31.3.27', 'fi-FI', '2027-03-31'],
    ['2026-03-31', 'en-US', '2026-03-31'],
    ['2026年3月31日', 'zh-Hans-CN', '2026-03-31'],
    ['٣١/٣/٢٠٢٦', 'ar-EG', '2026-03-31'],
  ])('%s in %s is %s', (text, locale, day) => {
    expect(parseDay(text, locale, 2026)).toBe(day)
  })

  it.each(['31/2/2026', 'tomorrow', '', '1/2/3/4', '12'])('"%s" is none', (text) => {
    expect(parseDay(text, 'en-GB', 2026)).toBeUndefined()
  })

  it.each(['en-GB', 'en-US', 'fi-FI', 'sv-SE', 'ar-EG', 'zh-CN'])(
    'takes in %s what it shows, in each month',
    (locale) => {
      const shown = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
      for (let month = 1; month <= 12; month++) {
        const day = `2026-${String(month).padStart(2, '0')}-23`
        expect(parseDay(shown.format(new Date(`${day}T00:00:00Z`)), locale)).toBe(day)
      }
    },
  )
})
