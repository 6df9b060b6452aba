import { LEVELS, type Level } from '@bailiwick/access'
import type { ScenarioSession } from './layer.ts'
import {
  type Expectation,
  type ExplainAnswer,
  type FigureRow,
  REFUSED,
  type Refused,
  type RequestAnswer,
  type RequestQuestion,
  type TwinRequest,
} from './scenario.ts'

/** What was expected and what came, in forms that are deeply equal exactly where the answer is the expected one. */
export interface Comparison {
  readonly expected: unknown
  readonly actual: unknown
}

/** Asks one question of a session; throws what the session throws. */
export async function ask(
  session: ScenarioSession,
  asked: Expectation,
  explainsBy: 'cause' | 'kind' = 'cause',
): Promise<Comparison> {
  switch (asked.kind) {
    case 'may':
      return { expected: asked.answer, actual: await session.may(asked.question) }
    case 'list': {
      const order = asked.question.sort === undefined ? sorted : asListed
      return { expected: order(asked.answer), actual: order(await session.list(asked.question)) }
    }
    case 'who':
      return { expected: sorted(asked.answer), actual: sorted(await session.who(asked.question)) }
    case 'fields':
      return { expected: asked.answer, actual: onlyKeysOf(asked.answer, await session.fields(asked.question)) }
    case 'level':
      return { expected: asked.answer, actual: await session.level(asked.question) }
    case 'explain':
      return compareExplained(asked.answer, await session.explain(asked.question), explainsBy)
    case 'aggregate':
      return { expected: sortedRows(asked.answer), actual: sortedRows(await session.aggregate(asked.question)) }
    case 'request':
      return askRequest(session, asked.question, asked.answer)
  }
}

function sorted(texts: readonly string[] | Refused): readonly string[] | Refused {
  return texts === REFUSED ? texts : [...texts].sort()
}

function asListed(texts: readonly string[] | Refused): readonly string[] | Refused {
  return texts
}

function onlyKeysOf(expected: object, actual: { readonly [field: string]: string }): unknown {
  return Object.fromEntries(Object.keys(expected).map((field) => [field, actual[field] ?? 'hidden']))
}

function compareExplained(expected: ExplainAnswer, actual: ExplainAnswer, by: 'cause' | 'kind'): Comparison {
  return by === 'cause' ? { expected, actual } : { expected: kindsOf(expected), actual: kindsOf(actual) }
}

function kindsOf({ allowed, grants, caps }: ExplainAnswer) {
  return { allowed, grants: strongestByKind(grants, 'highest'), caps: strongestByKind(caps, 'lowest') }
}

/** `rule a: read, rule b: edit` as `rule: edit` for grants; for caps the lowest of a kind counts. */
function strongestByKind(causes: { readonly [cause: string]: Level }, which: 'highest' | 'lowest') {
  const kinds: { [kind: string]: Level } = {}
  for (const [cause, level] of Object.entries(causes)) {
    const kind = cause.split(' ')[0] ?? cause
    const difference = LEVELS.indexOf(level) - LEVELS.indexOf(kinds[kind] ?? level)
    if (kinds[kind] === undefined || (which === 'highest' ? difference > 0 : difference < 0)) kinds[kind] = level
  }
  return kinds
}

/** Groups come in no promised order, and neither do the names in a row. */
function sortedRows(rows: readonly FigureRow[] | Refused): readonly string[] | Refused {
  if (rows === REFUSED) return rows
  return sorted(rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))))
}

async function askRequest(session: ScenarioSession, question: RequestQuestion, answer: RequestAnswer) {
  const came = await session.request(question)
  const twin = answer.sameAs === undefined ? undefined : await askTwin(session, question, answer.sameAs)
  return {
    expected: {
      status: answer.status,
      missing: [],
      tooMuch: [],
      twin: answer.sameAs === undefined ? undefined : { status: came.status, text: came.text },
    },
    actual: {
      status: came.status,
      missing: answer.contains.filter((fragment) => !came.text.includes(fragment)),
      tooMuch: answer.lacks.filter((fragment) => came.text.includes(fragment)),
      twin,
    },
  }
}

async function askTwin(session: ScenarioSession, question: RequestQuestion, { where, ...different }: TwinRequest) {
  const { status, text } = await session.request({ ...question, ...different })
  return { status, text: Object.entries(where).reduce((sofar, [word, stands]) => sofar.replaceAll(word, stands), text) }
}
