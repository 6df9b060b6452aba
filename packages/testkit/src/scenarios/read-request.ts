import type { Mapping } from './overlay.ts'
import { readMapping, readOneOrMore, readOpenMapping, readText, requireOneOf, ScenarioMistake } from './reader.ts'
import type { Expectation, RequestAnswer, TwinRequest } from './scenario.ts'
import { CIRCUMSTANCES, readCircumstances, type Subject, usersOf } from './subject.ts'

export function readRequest(value: Mapping, answer: unknown, at: string, subject: Subject): readonly Expectation[] {
  const path = `${at}/request`
  const optional = ['query', 'headers', 'body', ...CIRCUMSTANCES]
  const asked = readMapping(value, path, { required: ['user', 'method', 'path'], optional })
  const details = {
    method: requireOneOf(asked.method, ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'], `${path}/method`, 'method'),
    path: readPath(asked.path, `${path}/path`, subject),
    query: readParameters(asked.query ?? {}, `${path}/query`),
    headers: readParameters(asked.headers ?? {}, `${path}/headers`),
    ...(asked.body === undefined ? {} : { body: asked.body }),
    ...readCircumstances(asked, path, subject),
  }
  const expected = readRequestAnswer(answer, `${at}/answer`, subject)
  return usersOf(asked, path, subject).map((user) => ({
    kind: 'request',
    question: { ...details, user },
    answer: expected,
  }))
}

/** Parameters as text; a mapping or a list is written as JSON, as a filter in a query string is. */
function readParameters(value: unknown, path: string): { readonly [name: string]: string } {
  const entries = Object.entries(readOpenMapping(value, path))
  const written = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item))
  return Object.fromEntries(entries.map(([name, item]) => [name, written(item)]))
}

function readPath(value: unknown, path: string, subject: Subject): string {
  const text = readText(value, path)
  for (const [, key] of text.matchAll(/\{([^}]*)\}/g)) {
    requireOneOf(key, [...subject.records.keys(), 'missing'], path, 'record')
  }
  return text
}

function readRequestAnswer(value: unknown, path: string, subject: Subject): RequestAnswer {
  const mapping = readMapping(value, path, { required: ['status'], optional: ['contains', 'lacks', 'sameAs'] })
  if (typeof mapping.status !== 'number') throw new ScenarioMistake(`${path}/status`, 'a number is expected')
  const answer = {
    status: mapping.status,
    contains: mapping.contains === undefined ? [] : readOneOrMore(mapping.contains, `${path}/contains`),
    lacks: mapping.lacks === undefined ? [] : readOneOrMore(mapping.lacks, `${path}/lacks`),
  }
  return mapping.sameAs === undefined
    ? answer
    : { ...answer, sameAs: readTwin(mapping.sameAs, `${path}/sameAs`, subject) }
}

function readTwin(value: unknown, path: string, subject: Subject): TwinRequest {
  const twin = readMapping(value, path, { optional: ['path', 'query', 'body', 'where'] })
  if (twin.path === undefined && twin.query === undefined && twin.body === undefined) {
    throw new ScenarioMistake(path, 'something has to be different: path, query or body')
  }
  return {
    ...(twin.path === undefined ? {} : { path: readPath(twin.path, `${path}/path`, subject) }),
    ...(twin.query === undefined ? {} : { query: readParameters(twin.query, `${path}/query`) }),
    ...(twin.body === undefined ? {} : { body: twin.body }),
    where: readParameters(twin.where ?? {}, `${path}/where`),
  }
}
