import {
  type Action,
  type Condition,
  compareCodePoints,
  type FieldAccess,
  type FieldValue,
  fold,
  type Key,
  type ModuleCatalogue,
  type RecordFacts,
} from '@bailiwick/access'
import { figuresOver, figuresOverUnseen } from './figures.ts'
import type { Law } from './law.ts'
import type { ScenarioSession } from './layer.ts'
import { factsOf, madeUpIds } from './record-facts.ts'
import {
  type AggregateQuestion,
  type Circumstances,
  type FigureRow,
  type ListQuestion,
  type MayQuestion,
  REFUSED,
  type RecordKey,
  type Refused,
  type Scenario,
  type ScenarioAction,
} from './scenario.ts'

/** A session that answers from facts alone, asking the law about one record after another. */
export function openLaw(law: Law, scenario: Scenario, catalogue: ModuleCatalogue): ScenarioSession {
  return new LawSession(
    law,
    factsOf(scenario, catalogue, madeUpIds(scenario)),
    Object.keys(scenario.policy.users ?? {}),
  )
}

class LawSession implements ScenarioSession {
  readonly #law: Law
  readonly #records: ReadonlyMap<RecordKey, RecordFacts>
  readonly #users: readonly Key[]

  constructor(law: Law, records: ReadonlyMap<RecordKey, RecordFacts>, users: readonly Key[]) {
    this.#law = law
    this.#records = records
    this.#users = users
  }

  async may(question: MayQuestion): Promise<boolean> {
    const { user, action, field, record } = question
    const module = question.module ?? this.#facts(record!).module
    const isFieldOpen = field === undefined || opens(this.#law.fields(user, module).get(field), action)
    if (record !== undefined) return isFieldOpen && this.#allows(user, action, this.#facts(record), question)
    return isFieldOpen && this.#law.allowsOnModule(user, actionOfLaw(action), module, question)
  }

  async list(question: ListQuestion): Promise<readonly RecordKey[] | Refused> {
    const { user, module, action, filter, sort } = question
    const named = [...fieldsNamed(filter), ...(sort === undefined ? [] : sortKeys(sort).map(({ field }) => field))]
    if (!this.#law.allowsOnModule(user, actionOfLaw(action), module, question)) return REFUSED
    if (!this.#mayUse(user, module, named)) return REFUSED
    const listed = [...this.#records].filter(
      ([, facts]) =>
        facts.module === module &&
        this.#allows(user, action, facts, question) &&
        (filter === undefined || this.#law.meets(user, filter, facts, question)),
    )
    return (sort === undefined ? listed : sortedBy(listed, sort)).map(([key]) => key)
  }

  async who({ action, record, ...asking }: Parameters<ScenarioSession['who']>[0]): Promise<readonly Key[]> {
    return this.#users.filter((user) => this.#allows(user, action, this.#facts(record), asking))
  }

  async fields({ user, module }: Parameters<ScenarioSession['fields']>[0]) {
    return Object.fromEntries(this.#law.fields(user, module))
  }

  async level(question: Parameters<ScenarioSession['level']>[0]) {
    return this.#law.level(question.user, this.#facts(question.record), question)
  }

  async explain(question: Parameters<ScenarioSession['explain']>[0]) {
    const { user, action, record, field } = question
    return this.#law.explain(user, action, this.#facts(record), question, field)
  }

  async aggregate(question: AggregateQuestion): Promise<readonly FigureRow[] | Refused> {
    const { user, module, filter, groupBy, measures } = question
    const measured = measures.flatMap((measure) => measure.split(' ').slice(1))
    if (!this.#law.allowsOnModule(user, 'read', module, question)) return REFUSED
    if (!this.#mayUse(user, module, [...measured, ...groupBy, ...fieldsNamed(filter)])) return REFUSED
    const countsAll = this.#law.countsAll(user, module)
    const counted = [...this.#records.values()].filter(
      (facts) =>
        facts.module === module &&
        (countsAll ? !facts.confidential && !facts.deleted : this.#allows(user, 'read', facts, question)) &&
        (filter === undefined || this.#law.meets(user, filter, facts, question)),
    )
    return countsAll ? figuresOverUnseen(counted, question) : figuresOver(counted, question)
  }

  request(): never {
    throw new Error('a law answers no requests')
  }

  async close(): Promise<void> {}

  #facts(key: RecordKey): RecordFacts {
    const facts = this.#records.get(key)
    if (facts === undefined) throw new Error(`the scenario has no record ${key}`)
    return facts
  }

  /** Seeing a deleted record is asked by `restore`; `read` here is reading it where it was. All else is for the law to say. */
  #allows(user: Key, action: ScenarioAction, facts: RecordFacts, asking: Circumstances): boolean {
    const isDeleted = facts.deleted === true
    if (action === 'restore') return isDeleted && this.#law.restores(user, facts, asking)
    return !(isDeleted && action === 'read') && this.#law.allows(user, action, facts, asking)
  }

  #mayUse(user: Key, module: Key, named: readonly Key[]): boolean {
    const fields = this.#law.fields(user, module)
    return named.every((field) => opens(fields.get(field), 'read'))
  }
}

/** To restore, a person must read the module at least; the rest is the record's. */
function actionOfLaw(action: ScenarioAction): Action {
  return action === 'restore' ? 'read' : action
}

const WRITING: readonly ScenarioAction[] = ['create', 'update', 'overwrite', 'mass']

/** Whether the access to a field is enough for an action that names it. */
export function opens(access: FieldAccess | undefined, action: ScenarioAction): boolean {
  return access === 'edit' || (access === 'read' && !WRITING.includes(action))
}

function fieldsNamed(condition: Condition | undefined): readonly Key[] {
  if (condition === undefined) return []
  if ('all' in condition) return condition.all.flatMap(fieldsNamed)
  if ('any' in condition) return condition.any.flatMap(fieldsNamed)
  return 'not' in condition ? fieldsNamed(condition.not) : [condition.field]
}

function sortKeys(sort: string): readonly { readonly field: Key; readonly direction: 1 | -1 }[] {
  return sort.split(',').map((key) => ({ field: key.replace(/^-/, ''), direction: key.startsWith('-') ? -1 : 1 }))
}

type Keyed = readonly [RecordKey, RecordFacts]

function sortedBy(records: readonly Keyed[], sort: string): readonly Keyed[] {
  const keys = sortKeys(sort)
  return [...records].sort(([, a], [, b]) => {
    const orders = keys.map(({ field, direction }) => direction * order(a.values[field], b.values[field]))
    return orders.find((one) => one !== 0) ?? 0
  })
}

function order(a: FieldValue | undefined, b: FieldValue | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareCodePoints(fold(String(a ?? '')), fold(String(b ?? '')))
}
