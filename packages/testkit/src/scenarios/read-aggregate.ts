import type { FieldValue, Key } from '@bailiwick/access'
import { requireField, requireModule } from './names.ts'
import type { Mapping } from './overlay.ts'
import { readCondition } from './read-condition.ts'
import { readList, readMapping, readOpenMapping, readTexts, requireOneOf, ScenarioMistake } from './reader.ts'
import { type Expectation, type FigureRow, REFUSED } from './scenario.ts'
import { CIRCUMSTANCES, readCircumstances, type Subject, usersOf } from './subject.ts'

export function readAggregate(value: Mapping, answer: unknown, at: string, subject: Subject): readonly Expectation[] {
  const path = `${at}/aggregate`
  const optional = ['groupBy', 'filter', ...CIRCUMSTANCES]
  const asked = readMapping(value, path, { required: ['user', 'module', 'measures'], optional })
  const module = requireModule(subject.names, asked.module, `${path}/module`)
  const measures = readTexts(asked.measures, `${path}/measures`)
  for (const measure of measures) requireMeasure(measure, module, `${path}/measures`, subject)
  const groupBy = asked.groupBy === undefined ? [] : readTexts(asked.groupBy, `${path}/groupBy`)
  for (const field of groupBy) requireField(subject.names, module, field, `${path}/groupBy`)
  const rows = answer === REFUSED ? REFUSED : readRows(answer, `${at}/answer`, groupBy, measures)
  const filter = asked.filter === undefined ? {} : { filter: readCondition(asked.filter, `${path}/filter`) }
  const details = { module, measures, groupBy, ...filter }
  const circumstances = readCircumstances(asked, path, subject)
  return usersOf(asked, path, subject).map((user) => ({
    kind: 'aggregate',
    question: { ...details, user, ...circumstances },
    answer: rows,
  }))
}

function requireMeasure(measure: string, module: Key, path: string, subject: Subject): void {
  if (measure === 'count') return
  const [operation, field] = measure.split(' ')
  requireOneOf(operation, ['sum', 'average', 'min', 'max'], path, 'measure')
  requireField(subject.names, module, field, path)
}

function readRows(value: unknown, path: string, groupBy: readonly Key[], measures: readonly string[]) {
  return readList(value, path).map((row, i) => readRow(row, `${path}/${i}`, groupBy, measures))
}

function readRow(value: unknown, path: string, groupBy: readonly Key[], measures: readonly string[]): FigureRow {
  const given = readOpenMapping(value, path)
  const names = given.other === true ? ['other', ...measures] : [...groupBy, ...measures]
  const row = readMapping(value, path, { optional: names })
  for (const name of names) if (!Object.hasOwn(row, name)) throw new ScenarioMistake(path, `${name} is missing`)
  return Object.fromEntries(names.map((name) => [name, readFigure(row[name], `${path}/${name}`)]))
}

function readFigure(value: unknown, path: string): FieldValue {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value
  throw new ScenarioMistake(path, 'a number, a text, yes or no, or null is expected')
}
