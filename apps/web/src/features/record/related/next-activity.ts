import type { RecordItem } from '../../../lib/records.ts'

const OVER: ReadonlySet<unknown> = new Set(['Completed', 'Cancelled'])

export interface NextActivity {
  readonly item: RecordItem
  /** A day or an instant; nothing where it has none. */
  readonly on?: string
}

/** The open activity that is due first; those without a date come last. */
export function nextActivity(activities: readonly RecordItem[]): NextActivity | undefined {
  const open = activities.filter(({ status }) => !OVER.has(status)).map((item) => ({ item, on: dateOf(item) }))
  return open.sort((a, b) => (a.on ?? '9999').localeCompare(b.on ?? '9999'))[0]
}

function dateOf({ startsAt, dueDate }: RecordItem): string | undefined {
  for (const value of [startsAt, dueDate]) if (typeof value === 'string') return value
  return undefined
}
