import type { FieldAccess, Key, Level } from '@bailiwick/access'
import type {
  AggregateQuestion,
  ExplainAnswer,
  ExplainQuestion,
  FieldsQuestion,
  FigureRow,
  LevelQuestion,
  ListQuestion,
  MayQuestion,
  RecordKey,
  Refused,
  RequestQuestion,
  Scenario,
  ScenarioQuestion,
  WhoQuestion,
} from './scenario.ts'

export interface HttpAnswer {
  readonly status: number
  /** The body as it came over the wire. */
  readonly text: string
}

/**
 * One scenario set up in one layer: its policy in force, its records in place. Records are spoken of by their key in the scenario;
 * the session knows the ids. Every question brings its own `now` and, where it has one, its address.
 */
export interface ScenarioSession {
  may(question: MayQuestion): Promise<boolean>
  /** In the order of the layer; it counts only where the question sorts. */
  list(question: ListQuestion): Promise<readonly RecordKey[] | Refused>
  who(question: WhoQuestion): Promise<readonly Key[]>
  /** Every field of the module; one that is left out counts as hidden. */
  fields(question: FieldsQuestion): Promise<{ readonly [field: Key]: FieldAccess }>
  level(question: LevelQuestion): Promise<Level>
  explain(question: ExplainQuestion): Promise<ExplainAnswer>
  aggregate(question: AggregateQuestion): Promise<readonly FigureRow[] | Refused>
  request(question: RequestQuestion): Promise<HttpAnswer>
  close(): Promise<void>
}

/** A part of the program that can be asked the questions of a scenario. */
export interface ScenarioLayer {
  readonly name: string
  /** Whether its explanations say which rule, team, … a grant or cap comes from, or only the kind, at the highest level. */
  readonly explainsBy: 'cause' | 'kind'
  /**
   * Why the layer can't answer a question; `undefined` where it can. What is refused here is counted in the layer's summary,
   * by this reason, so that nothing goes unasked unnoticed.
   */
  unable(asked: ScenarioQuestion, scenario: Scenario): string | undefined
  open(scenario: Scenario): Promise<ScenarioSession>
}
