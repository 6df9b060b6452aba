/** 0 is Sunday, as `Date` has it. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

interface WeekInfo {
  /** 1 is Monday, 7 is Sunday. */
  readonly firstDay: number
  readonly weekend: readonly number[]
}

/** Newer browsers have a method, older ones a property, the oldest neither: Monday then, as ISO 8601 has it. */
function weekInfo(locale: string): WeekInfo {
  const asked = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): WeekInfo; weekInfo?: WeekInfo }
  return asked.getWeekInfo?.() ?? asked.weekInfo ?? { firstDay: 1, weekend: [6, 7] }
}

const fromIso = (day: number) => (day % 7) as Weekday

export function firstDayOfWeek(locale: string): Weekday {
  return fromIso(weekInfo(locale).firstDay)
}

export function weekendDays(locale: string): Weekday[] {
  return weekInfo(locale).weekend.map(fromIso)
}
