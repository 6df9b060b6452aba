import type { Key, Level } from '@bailiwick/access'
import {
  type AggregateQuestion as AskedFigures,
  type ExplainAnswer,
  type FigureRow,
  madeUpIds,
  type RecordKey,
  type Scenario,
} from '@bailiwick/testkit/scenarios'
import type { AggregateQuestion, AnsweredGroup, MeasureOp } from '../records/aggregate.ts'

/** A record of a scenario: its module, and the id that stands for its key. */
export interface Placed {
  readonly module: Key
  readonly id: string
}

/** The scenario's keys and the ids that stand for them. */
export class RecordNames {
  readonly #places: ReadonlyMap<RecordKey, Placed>
  readonly #keys: ReadonlyMap<string, RecordKey>

  constructor(scenario: Scenario) {
    const idOf = madeUpIds(scenario)
    this.#places = new Map(scenario.records.map(({ key, module }) => [key, { module, id: idOf(key) }]))
    this.#keys = new Map(scenario.records.map(({ key }) => [idOf(key), key]))
  }

  placeOf(key: RecordKey): Placed {
    const place = this.#places.get(key)
    if (!place) throw new Error(`The scenario has no record ${key}.`)
    return place
  }

  /** An id that isn't the scenario's stands for itself, and so in no expected answer. */
  keysOf(items: readonly { readonly id: string }[]): readonly RecordKey[] {
    return items.map(({ id }) => this.#keys.get(id) ?? id)
  }
}

interface Cause {
  readonly kind: string
  readonly by?: string
  readonly level: Level
}

/** What an explanation tells that a scenario asks for. */
export interface Explanation {
  readonly allowed: boolean
  readonly grants: readonly Cause[]
  readonly caps: readonly Cause[]
}

/** An explanation in a scenario's words: `rule big-deals` → level. */
export function explainAnswer(told: Explanation): ExplainAnswer {
  return { allowed: told.allowed, grants: named(told.grants), caps: named(told.caps) }
}

function named(causes: readonly Cause[]): { readonly [cause: string]: Level } {
  return Object.fromEntries(
    causes.map(({ kind, by, level }) => [by === undefined ? kind : `${kind} ${by}`, level] as const),
  )
}

const OPERATIONS: ReadonlyMap<string, MeasureOp> = new Map([
  ['count', 'count'],
  ['sum', 'sum'],
  ['average', 'avg'],
  ['min', 'min'],
  ['max', 'max'],
])

/** A scenario's measures (`average amount`) as the interface asks for them. */
export function figuresQuestion({ measures, groupBy, filter }: AskedFigures): AggregateQuestion {
  return {
    groupBy,
    measures: measures.map((measure) => {
      const [operation = '', field] = measure.split(' ')
      const op = OPERATIONS.get(operation)
      if (!op) throw new Error(`There is no measure ${measure}.`)
      return field === undefined ? { op } : { op, field }
    }),
    ...(filter === undefined ? {} : { filter }),
  }
}

/** Groups as rows that name what they hold. */
export function figureRows(groups: readonly AnsweredGroup[], asked: AskedFigures): readonly FigureRow[] {
  return groups.map((group) => {
    const by = asked.groupBy.map((field, index) => [field, group.by?.[index] ?? null] as const)
    const measures = asked.measures.map((measure, index) => [measure, figure(group.measures[index])] as const)
    return { ...(group.other ? { other: true } : Object.fromEntries(by)), ...Object.fromEntries(measures) }
  })
}

/** Exact numbers come as text. */
function figure(value: number | string | null | undefined): number | string | null {
  return typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : (value ?? null)
}
