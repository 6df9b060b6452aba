import type { FieldInfo } from '../../../lib/modules.ts'

/** In rem. */
const WIDTHS: Readonly<Record<string, number>> = {
  boolean: 5.5,
  health: 7.5,
  integer: 6,
  number: 6,
  percent: 6,
  money: 7.5,
  date: 7.5,
  dateTime: 10.5,
  autoNumber: 6.5,
  choice: 9.5,
  choices: 12,
  user: 10.5,
  lookup: 11.5,
  email: 14,
  url: 11,
  phone: 9.5,
  longText: 16,
}
const TITLE = 14
const OTHER = 10
const CHECKS = 2.5

/** The tracks of a table's rows, the same in each, and the least that they take together. */
export function tracksOf(columns: readonly FieldInfo[], withChecks: boolean): { tracks: string; least: string } {
  const widths = columns.map((field) => widthOf(field))
  const tracks = columns.map((field, at) => `minmax(${widths[at]}rem, ${field.title ? 1.6 : 1}fr)`)
  const least = widths.reduce((sum, width) => sum + width, withChecks ? CHECKS : 0)
  return { tracks: [...(withChecks ? [`${CHECKS}rem`] : []), ...tracks].join(' '), least: `${least}rem` }
}

function widthOf({ title, type }: FieldInfo): number {
  return title ? TITLE : (WIDTHS[type] ?? OTHER)
}
