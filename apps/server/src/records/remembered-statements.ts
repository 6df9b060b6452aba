import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import type { Values } from './list-shapes/values.ts'
import type { RecordsParts } from './parts.ts'
import { type KeepPlan, PolicyMoved, type Reading, requireStamp, runStatement, withSnapshot } from './stamped.ts'

/** Stands in a remembered statement for a value that each use brings. */
export class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

const NOW = new Slot('now')

const numbered: Slot[] = []

/** The slot of that number, always the same one: for questions that have so many values as they have. */
export function slotOfNumber(number: number): Slot {
  for (let next = numbered.length; next <= number; next++) numbered.push(new Slot(`value ${next}`))
  return numbered[number] as Slot
}

/** What a question to the database is called, and how it is made; everything else that it depends on are the policy, the person and the clock. */
export interface RememberedQuestion {
  readonly name: string
  /** Must be of the same making for equal names. May hold slots. */
  build(reading: Reading): RawBuilder<unknown> | BuiltStatement
  /** Whether the statement itself finds nothing under another policy than it was made by; unstated, it is made to. */
  readonly asksForStamp?: boolean
  readonly values: ReadonlyMap<Slot, unknown>
}

export interface BuiltStatement {
  readonly statement: RawBuilder<unknown>
  /** Whether the database keeps its plan, too; see `runStatement`. */
  readonly keepPlan: KeepPlan
}

/** A select over the row of its values, which the planner sees where it is to go by them. */
export function overValues(values: Values, select: RawBuilder<unknown>, keepPlan: KeepPlan): BuiltStatement {
  const row = values.row(keepPlan ? 'hidden' : 'shown')
  return { statement: sql`select page.* from ${row} cross join lateral (${select}) as page`, keepPlan }
}

interface RememberedStatement {
  readonly text: string
  readonly values: readonly unknown[]
  /** Where slots stand among them. */
  readonly places: readonly { readonly at: number; readonly slot: Slot }[]
  readonly keepPlan: KeepPlan
  /** Which quarter of an hour it was made in. */
  readonly quarter: number
}

interface Stamped {
  readonly stamp: number
}

/**
 * As `stampedRows`, for a question that many ask alike: what a person reaches is made into a statement once for each policy, and not for
 * each request. To make it costs more than to run it. Whether the person is admitted is asked each time, before this.
 */
export async function rememberedRows<Row>(
  parts: RecordsParts,
  actor: Actor,
  asked: RememberedQuestion | ((reading: Reading) => RememberedQuestion),
): Promise<{ rows: Row[]; reading: Reading }> {
  return withSnapshot(parts, actor, async (reading) => {
    const question = typeof asked === 'function' ? asked(reading) : asked
    const rows = question.asksForStamp
      ? await guardedRows<Row>(parts, reading, question)
      : await stampedRowsOf<Row>(parts, reading, question)
    return { rows, reading }
  })
}

async function stampedRowsOf<Row>(parts: RecordsParts, reading: Reading, question: RememberedQuestion): Promise<Row[]> {
  const statement = rememberedStatement(reading, { ...question, build: (now) => stamped(now, question) })
  const rows = await runStatement<Row & Stamped>(parts, reading.actor, statement, statement.keepPlan)
  const stamp = rows[0]?.stamp
  if (stamp !== reading.snapshot.stamp) throw new PolicyMoved(stamp ?? -1)
  return rows
}

/** Nothing found may mean that the policy moved. A stamp never comes again, so the one after the statement tells. */
async function guardedRows<Row>(parts: RecordsParts, reading: Reading, question: RememberedQuestion): Promise<Row[]> {
  const statement = rememberedStatement(reading, question)
  const rows = await runStatement<Row>(parts, reading.actor, statement, statement.keepPlan)
  if (rows.length === 0) await requireStamp(reading)
  return rows
}

function stamped(reading: Reading, question: RememberedQuestion): BuiltStatement {
  const { statement, keepPlan } = built(reading, question)
  const whole = sql`
    select s.stamp, r.* from head s left join lateral (${statement}) r on s.stamp = ${reading.snapshot.stamp}::bigint`
  return { statement: whole, keepPlan }
}

function built(reading: Reading, question: RememberedQuestion): BuiltStatement {
  const made = question.build(reading)
  return 'keepPlan' in made ? made : { statement: made, keepPlan: true }
}

/** The question as a whole statement, ready to run. */
export function rememberedStatement(
  reading: Reading,
  question: RememberedQuestion,
): { readonly text: string; readonly values: readonly unknown[]; readonly keepPlan: KeepPlan } {
  const { text, values, places, keepPlan } = statementOf(reading, question)
  const filled = values.slice()
  for (const { at, slot } of places) {
    filled[at] = slot === NOW ? new Date(reading.now).toISOString() : question.values.get(slot)
  }
  return { text, values: filled, keepPlan }
}

/** Statements of one policy that are kept; the least recently used go first. */
const MOST_STATEMENTS = 2_000
/** Characters of texts and values of one policy that are kept together, more or less. */
const MOST_CHARACTERS = 8_000_000

/** A snapshot never changes: what was made of it goes with it. */
const kept = new WeakMap<Snapshot, StatementStore>()

function statementOf(reading: Reading, question: RememberedQuestion): RememberedStatement {
  const { snapshot, actor, now } = reading
  const store = kept.get(snapshot) ?? new StatementStore()
  kept.set(snapshot, store)
  const key = `${actor.user} ${question.name}`
  const known = store.find(key)
  if (known?.quarter === quarterOf(now)) return known
  const made = makeStatement(reading, question)
  if (made.isRememberable) store.keep(key, made)
  return made
}

/**
 * "Today" changes at a midnight of the organization's, and those are at quarters of an hour everywhere on earth: within one, a condition
 * depends on the clock by its very millisecond alone (when shares end), or not at all.
 */
function quarterOf(now: number): number {
  return Math.floor(now / 900_000)
}

/** Made for this millisecond and for the next: where the two differ, the moment stands, and any other difference is not understood. */
function makeStatement(
  reading: Reading,
  question: RememberedQuestion,
): RememberedStatement & { readonly isRememberable: boolean } {
  const { now } = reading
  const [first, next] = [compile(reading, question), compile({ ...reading, now: now + 1 }, question)]
  const [moment, nextMoment] = [now, now + 1].map((at) => new Date(at).toISOString())
  const values = first.values.map((value, at) => {
    return value === moment && next.values[at] === nextMoment ? NOW : asText(value)
  })
  const isRememberable =
    first.text === next.text && values.every((value, at) => value === NOW || value === asText(next.values[at]))
  const places = values.flatMap((value, at) => (value instanceof Slot ? [{ at, slot: value }] : []))
  return { text: first.text, values, places, keepPlan: first.keepPlan, quarter: quarterOf(now), isRememberable }
}

function compile(reading: Reading, question: RememberedQuestion) {
  const { statement, keepPlan } = built(reading, question)
  const { sql: text, parameters } = statement.compile(reading.database)
  return { text, values: parameters, keepPlan }
}

/** Lists as PostgreSQL writes them, so that a long one isn't written anew for each use; everything else as it is. */
function asText(value: unknown): unknown {
  return Array.isArray(value) ? `{${value.map(elementText).join(',')}}` : value
}

function elementText(value: unknown): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`
}

class StatementStore {
  readonly #statements = new Map<string, RememberedStatement>()
  /** Texts of equal shape are one: a connection's prepared statements are found by them. */
  readonly #texts = new Map<string, string>()
  #characters = 0

  find(key: string): RememberedStatement | undefined {
    const found = this.#statements.get(key)
    if (!found) return undefined
    this.#statements.delete(key)
    this.#statements.set(key, found)
    return found
  }

  keep(key: string, { text, values, places, keepPlan, quarter }: RememberedStatement): void {
    if (this.#characters > MOST_CHARACTERS) this.#empty()
    const shared = this.#texts.get(text) ?? text
    if (shared === text) this.#characters += text.length
    this.#texts.set(text, shared)
    this.#characters += values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0)
    this.#statements.delete(key)
    this.#statements.set(key, { text: shared, values, places, keepPlan, quarter })
    const [oldest] = this.#statements.keys()
    if (this.#statements.size > MOST_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest)
  }

  #empty(): void {
    this.#statements.clear()
    this.#texts.clear()
    this.#characters = 0
  }
}
