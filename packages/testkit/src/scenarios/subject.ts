import { ACTIONS, type Action, type Key } from '@bailiwick/access'
import { type Names, requireUser } from './names.ts'
import type { Mapping } from './overlay.ts'
import { readInstant, readOneOrMore, readOptionalText, readTexts, requireOneOf } from './reader.ts'
import {
  type Circumstances,
  type Expectation,
  type RecordKey,
  SCENARIO_ACTIONS,
  type ScenarioAction,
  type ScenarioRecord,
} from './scenario.ts'

/** What the questions of one scenario may speak of. */
export interface Subject {
  readonly names: Names
  readonly now: number
  readonly records: ReadonlyMap<RecordKey, ScenarioRecord>
}

/** Reads one kind of question: what is asked, the answer as written, and the entry's path. */
export type QuestionReader = (asked: Mapping, answer: unknown, path: string, subject: Subject) => readonly Expectation[]

/** The keys that every kind of question may have: another instant, another address. */
export const CIRCUMSTANCES = ['at', 'ip']

export function readCircumstances(asked: Mapping, path: string, subject: Subject): Circumstances {
  const now = asked.at === undefined ? subject.now : readInstant(asked.at, `${path}/at`)
  const ip = readOptionalText(asked.ip, `${path}/ip`)
  return ip === undefined ? { now } : { now, ip }
}

/** The actions that are asked of a record, not of a module. */
export function recordActions(): readonly ScenarioAction[] {
  return SCENARIO_ACTIONS.filter((action) => action !== 'create' && action !== 'import')
}

export function usersOf(asked: Mapping, path: string, subject: Subject): readonly Key[] {
  const users = readOneOrMore(asked.user, `${path}/user`)
  return users.map((user) => requireUser(subject.names, user, `${path}/user`))
}

export function actionsOf(asked: Mapping, path: string): readonly ScenarioAction[] {
  const actions = readOneOrMore(asked.action, `${path}/action`)
  return actions.map((action) => requireOneOf(action, SCENARIO_ACTIONS, `${path}/action`, 'action'))
}

/** The actions of a question that knows no restoring. */
export function lawActionsOf(asked: Mapping, path: string): readonly Action[] {
  return readOneOrMore(asked.action, `${path}/action`).map((a) => requireOneOf(a, ACTIONS, `${path}/action`, 'action'))
}

export function recordsOf(asked: Mapping, path: string, subject: Subject): readonly ScenarioRecord[] {
  const keys = readOneOrMore(asked.record, `${path}/record`)
  return keys.map((key) => subject.records.get(requireRecordKey(key, `${path}/record`, subject))!)
}

/** The record keys of an answer, each of the module asked about. */
export function readRecordKeys(value: unknown, path: string, subject: Subject, module: Key): readonly RecordKey[] {
  const ofModule = [...subject.records.values()].filter((record) => record.module === module).map(({ key }) => key)
  return readTexts(value, path).map((key) => requireOneOf(key, ofModule, path, `record of ${module}`))
}

function requireRecordKey(key: string, path: string, subject: Subject): RecordKey {
  return requireOneOf(key, [...subject.records.keys()], path, 'record')
}

/** Every pair of a left and a right one. */
export function combinations<L, R>(left: readonly L[], right: readonly R[]): readonly (readonly [L, R])[] {
  return left.flatMap((l) => right.map((r) => [l, r] as const))
}
