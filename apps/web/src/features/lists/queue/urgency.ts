/** How long a ticket may wait before it is late, by its priority, in hours; a due time of its own goes before. */
const HOURS: Readonly<Record<string, number>> = { Urgent: 4, High: 24, Medium: 72, Low: 168 }
const USUAL = 72
const HOUR = 3_600_000

export interface Waiting {
  readonly [field: string]: unknown
}

/** When a ticket is late, in ms; nothing where it can't be told. */
export function deadlineOf({ createdAt, dueAt, priority }: Waiting): number | undefined {
  if (typeof dueAt === 'string') return Date.parse(dueAt)
  if (typeof createdAt !== 'string') return undefined
  return Date.parse(createdAt) + (HOURS[String(priority)] ?? USUAL) * HOUR
}

/** The most urgent first: whose time is up, or will be soonest. */
export function byUrgency(a: Waiting, b: Waiting): number {
  return (deadlineOf(a) ?? Number.POSITIVE_INFINITY) - (deadlineOf(b) ?? Number.POSITIVE_INFINITY) || 0
}
