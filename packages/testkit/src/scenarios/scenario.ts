import {
  ACTIONS,
  type Action,
  type Condition,
  type FieldAccess,
  type FieldValue,
  type Key,
  type Level,
  type OwnerRef,
  type PolicyDocument,
  type Principal,
} from '@bailiwick/access'

/** The short name that a scenario gives to a record; each layer has ids of its own. */
export type RecordKey = string

export interface ScenarioShare {
  readonly with: Principal
  readonly level: Level
  /** Epoch milliseconds. */
  readonly expiresAt?: number
}

export interface ScenarioRecord {
  readonly key: RecordKey
  readonly module: Key
  readonly owner: OwnerRef
  readonly confidential: boolean
  readonly deleted: boolean
  /** Plain values only: a lookup stands in `lookups`. */
  readonly values: { readonly [field: Key]: FieldValue }
  /** Lookup field → the record of the same scenario that it points at. */
  readonly lookups: { readonly [field: Key]: RecordKey }
  readonly shares: readonly ScenarioShare[]
  /** What the record says of itself, where it matters. */
  readonly system: ScenarioSystem
}

/** System fields that a scenario may give a record; what is left out is whatever the layer makes of it. */
export interface ScenarioSystem {
  readonly createdAt?: string
  readonly createdBy?: string
  readonly updatedAt?: string
  readonly updatedBy?: string
  readonly version?: number
}

/** The circumstances a question is asked in; `now` is the scenario's unless the question says `at`. */
export interface Circumstances {
  /** Epoch milliseconds. */
  readonly now: number
  readonly ip?: string
}

export interface MayQuestion extends Circumstances {
  readonly user: Key
  readonly action: ScenarioAction
  /** One of the two: the record asked about, or the module of an action without a record. */
  readonly record?: RecordKey
  readonly module?: Key
  readonly field?: Key
}

export interface ListQuestion extends Circumstances {
  readonly user: Key
  readonly module: Key
  readonly action: ScenarioAction
  readonly filter?: Condition
  /** As in the query string: `-amount,name`. Where it is given the order of the answer counts. */
  readonly sort?: string
  readonly q?: string
}

export interface WhoQuestion extends Circumstances {
  readonly action: ScenarioAction
  readonly record: RecordKey
}

export interface FieldsQuestion extends Circumstances {
  readonly user: Key
  readonly module: Key
}

export interface LevelQuestion extends Circumstances {
  readonly user: Key
  readonly record: RecordKey
}

export interface ExplainQuestion extends Circumstances {
  readonly user: Key
  readonly action: Action
  readonly record: RecordKey
  readonly field?: Key
}

/** `count`, or an operation and a field: `sum amount`, `average amount`. */
export type Measure = string

export interface AggregateQuestion extends Circumstances {
  readonly user: Key
  readonly module: Key
  readonly measures: readonly Measure[]
  readonly groupBy: readonly Key[]
  readonly filter?: Condition
}

export interface RequestQuestion extends Circumstances {
  readonly user: Key
  readonly method: string
  /** Below the server's address; `{key}` stands for the id of a record, `{missing}` for an id that no record has. */
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly headers: { readonly [name: string]: string }
  readonly body?: unknown
}

export const QUESTION_KINDS = ['may', 'list', 'who', 'fields', 'level', 'explain', 'aggregate', 'request'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

/**
 * What an explanation names, nothing more and nothing less: cause → level. A cause is the kind of the grant or cap, and after it
 * the rule, team, role, profile or lookup field that it comes from: `owner`, `rule big-deals`, `restriction closed-deals`.
 */
export interface ExplainAnswer {
  readonly allowed: boolean
  readonly grants: { readonly [cause: string]: Level }
  readonly caps: { readonly [cause: string]: Level }
}

/**
 * Instead of records or figures: the question itself is turned down, because the module or a field named in it isn't there for
 * the person, or the field is masked.
 */
export const REFUSED = 'refused'
export type Refused = typeof REFUSED

/** The actions of the law, and taking a record out of the recycle bin, which the law words as seeing a deleted record. */
export const SCENARIO_ACTIONS = [...ACTIONS, 'restore'] as const
export type ScenarioAction = (typeof SCENARIO_ACTIONS)[number]

/** One line of figures: grouping fields and measures by name; `other: true` on the line that small groups fold into. */
export type FigureRow = { readonly [name: string]: FieldValue }

export interface RequestAnswer {
  readonly status: number
  /** Fragments that the body's text must, or must not, hold. */
  readonly contains: readonly string[]
  readonly lacks: readonly string[]
  /** The same person asking this instead must get the same status and the same body, word for word. */
  readonly sameAs?: TwinRequest
}

/** What is different in a request that must be answered alike. */
export interface TwinRequest {
  readonly path?: string
  readonly query?: { readonly [name: string]: string }
  readonly body?: unknown
  /** Words of the twin's answer → words of the answer that they stand for, where an answer repeats what was asked. */
  readonly where: { readonly [word: string]: string }
}

export type Expectation =
  | { readonly kind: 'may'; readonly question: MayQuestion; readonly answer: boolean }
  | { readonly kind: 'list'; readonly question: ListQuestion; readonly answer: readonly RecordKey[] | Refused }
  | { readonly kind: 'who'; readonly question: WhoQuestion; readonly answer: readonly Key[] }
  | {
      readonly kind: 'fields'
      readonly question: FieldsQuestion
      readonly answer: { readonly [field: Key]: FieldAccess }
    }
  | { readonly kind: 'level'; readonly question: LevelQuestion; readonly answer: Level }
  | { readonly kind: 'explain'; readonly question: ExplainQuestion; readonly answer: ExplainAnswer }
  | {
      readonly kind: 'aggregate'
      readonly question: AggregateQuestion
      readonly answer: readonly FigureRow[] | Refused
    }
  | { readonly kind: 'request'; readonly question: RequestQuestion; readonly answer: RequestAnswer }

/** An expectation with its place in the file and the sentence that says why. */
export type ScenarioQuestion = Expectation & { readonly because: string; readonly path: string }

export interface Scenario {
  /** File name without `.yaml`. */
  readonly file: string
  readonly title: string
  /** As written (base and overlay merged), for layers that apply the document themselves; not yet checked. */
  readonly policy: PolicyDocument
  readonly now: number
  /** Parents before children, whatever the order in the file. */
  readonly records: readonly ScenarioRecord[]
  readonly questions: readonly ScenarioQuestion[]
}
