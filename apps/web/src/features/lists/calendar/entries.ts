import type { ListSearch } from '../../../lib/list-search.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import type { ListQuestion, RecordItem } from '../../../lib/records.ts'
import { addDays, dayIn, daysBetween } from './days.ts'

/** The fields that say when: an instant with its end, or a day. Masked ones say nothing. */
export interface WhenFields {
  readonly start: FieldInfo | undefined
  readonly end: FieldInfo | undefined
  readonly due: FieldInfo | undefined
}

export function whenFields({ fields }: ModuleInfo): WhenFields {
  const open = fields.filter(({ access }) => access !== 'masked')
  const named = (name: string) => open.find(({ field }) => field === name)
  return { start: named('startsAt'), end: named('endsAt'), due: named('dueDate') }
}

export interface Entry {
  readonly record: RecordItem
  readonly day: string
  /** Where it has a time of day. */
  readonly at: string | undefined
}

const MOST = 200

/** The records with something between two days; a day more on either side, since a time zone may put an instant on another day. */
export function entriesQuestion(module: ModuleInfo, { filter, q }: ListSearch, days: readonly string[]): ListQuestion {
  const { start, end, due } = whenFields(module)
  const [from = '', to = ''] = [days[0], days.at(-1)]
  const within = (field: FieldInfo, first: string, last: string) => ({
    all: [
      { field: field.field, op: 'gte', value: first },
      { field: field.field, op: 'lte', value: last },
    ],
  })
  const any = [
    ...(start ? [within(start, `${addDays(from, -1)}T00:00:00Z`, `${addDays(to, 2)}T00:00:00Z`)] : []),
    // What began before and isn't over yet.
    ...(start && end ? [lastingInto(start, end, from, to)] : []),
    ...(due ? [within(due, from, to)] : []),
  ]
  const shown = new Set([start, end, due])
  const fields = module.fields.filter((one) => one.title || shown.has(one) || BESIDE.has(one.field))
  return {
    module: module.module,
    ...(q && { q }),
    filter: filter === undefined ? { any } : { all: [filter, { any }] },
    ...((start ?? due) && { sort: (start ?? due)?.field }),
    fields: fields.map(({ field }) => field),
    limit: MOST,
  }
}

function lastingInto(start: FieldInfo, end: FieldInfo, from: string, to: string): unknown {
  return {
    all: [
      { field: start.field, op: 'lt', value: `${addDays(to, 2)}T00:00:00Z` },
      { field: end.field, op: 'gt', value: `${addDays(from, -1)}T00:00:00Z` },
    ],
  }
}

const BESIDE = new Set(['owner', 'confidential', 'type', 'status', 'allDay'])

/** What stands on which day, timed things in their order and those of the whole day before them. */
export function entriesOf(module: ModuleInfo, records: readonly RecordItem[], timeZone: string): Map<string, Entry[]> {
  const { start, due } = whenFields(module)
  const byDay = new Map<string, Entry[]>()
  for (const record of records) {
    const at = start && textOf(record[start.field])
    const day = at ? dayIn(at, timeZone) : due && textOf(record[due.field])
    if (day) byDay.set(day, [...(byDay.get(day) ?? []), { record, day, at: record.allDay === true ? undefined : at }])
  }
  for (const entries of byDay.values()) entries.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
  return byDay
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** What changes where an entry goes to another day: its day, or its start and end by as many days. */
export function movedTo({ record, day }: Entry, to: string, { start, end, due }: WhenFields): Record<string, string> {
  const days = daysBetween(day, to)
  const shifted = (field: FieldInfo | undefined) => {
    const at = field && textOf(record[field.field])
    return field && at ? { [field.field]: new Date(new Date(at).getTime() + days * 86_400_000).toISOString() } : {}
  }
  return start && textOf(record[start.field]) ? { ...shifted(start), ...shifted(end) } : due ? { [due.field]: to } : {}
}
