import type { FieldValue, RecordFacts } from '@bailiwick/access'
import type { AggregateQuestion, FigureRow, Measure } from './scenario.ts'

/** The smallest group that figures over unseen records may show. Access model: section 6. */
const SMALLEST_GROUP = 5

/** The figures over these records, a row per group; without grouping a single row, also over no records. */
export function figuresOver(records: readonly RecordFacts[], asked: AggregateQuestion): readonly FigureRow[] {
  return groupsOf(records, asked).map((group) => rowOf(group, asked))
}

/**
 * Figures over records that the person needn't see: what lies in groups smaller than five is one row of its own, and where even
 * that is smaller than five, it isn't shown.
 */
export function figuresOverUnseen(records: readonly RecordFacts[], asked: AggregateQuestion): readonly FigureRow[] {
  const groups = groupsOf(records, asked)
  const large = groups.filter((group) => group.length >= SMALLEST_GROUP)
  const rest = groups.filter((group) => group.length < SMALLEST_GROUP).flat()
  const shown = large.map((group) => rowOf(group, asked))
  return rest.length < SMALLEST_GROUP ? shown : [...shown, { other: true, ...measuresOf(rest, asked.measures) }]
}

function groupsOf(records: readonly RecordFacts[], { groupBy }: AggregateQuestion): readonly RecordFacts[][] {
  if (groupBy.length === 0) return [[...records]]
  const groups = new Map<string, RecordFacts[]>()
  for (const record of records) {
    const key = JSON.stringify(groupBy.map((field) => groupValue(record, field)))
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return [...groups.values()]
}

function rowOf(group: readonly RecordFacts[], { groupBy, measures }: AggregateQuestion): FigureRow {
  const [first] = group
  const grouping = groupBy.map((field) => [field, first === undefined ? null : groupValue(first, field)] as const)
  return { ...Object.fromEntries(grouping), ...measuresOf(group, measures) }
}

function measuresOf(group: readonly RecordFacts[], measures: readonly Measure[]): FigureRow {
  return Object.fromEntries(measures.map((measure) => [measure, measureOf(group, measure)]))
}

function measureOf(group: readonly RecordFacts[], measure: Measure): number | null {
  const [operation, field = ''] = measure.split(' ')
  if (operation === 'count') return group.length
  const numbers = group.map((record) => record.values[field]).filter((value) => typeof value === 'number')
  if (numbers.length === 0) return null
  if (operation === 'min') return Math.min(...numbers)
  if (operation === 'max') return Math.max(...numbers)
  const sum = numbers.reduce((total, number) => total + number, 0)
  return operation === 'sum' ? sum : sum / numbers.length
}

function groupValue(record: RecordFacts, field: string): FieldValue {
  return field === 'owner' ? record.owner : (record.values[field] ?? null)
}
