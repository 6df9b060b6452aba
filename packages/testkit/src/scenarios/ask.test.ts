import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { countUnasked } from './describe-scenarios.ts'
import type { ScenarioSession } from './layer.ts'
import { type Expectation, REFUSED, type Scenario } from './scenario.ts'

const NOW = { now: 0 }

function sessionOf(answers: Partial<ScenarioSession>): ScenarioSession {
  const unexpected = () => Promise.reject(new Error('not asked for'))
  const silent = { may: unexpected, list: unexpected, who: unexpected, fields: unexpected, level: unexpected }
  return {
    ...silent,
    explain: unexpected,
    aggregate: unexpected,
    request: unexpected,
    close: async () => {},
    ...answers,
  }
}

async function agrees(answers: Partial<ScenarioSession>, asked: Expectation, by: 'cause' | 'kind' = 'cause') {
  const { expected, actual } = await ask(sessionOf(answers), asked, by)
  try {
    expect(actual).toEqual(expected)
    return true
  } catch {
    return false
  }
}

const LIST = { kind: 'list', question: { ...NOW, user: 'anna', module: 'deals', action: 'read' } } as const

describe('a list', () => {
  test('is a set where nothing sorts it', async () => {
    expect(await agrees({ list: async () => ['b', 'a'] }, { ...LIST, answer: ['a', 'b'] })).toBe(true)
    expect(await agrees({ list: async () => ['a'] }, { ...LIST, answer: ['a', 'b'] })).toBe(false)
    expect(await agrees({ list: async () => ['a', 'b', 'b'] }, { ...LIST, answer: ['a', 'b'] })).toBe(false)
  })

  test('has its order where it is sorted', async () => {
    const asked = { kind: 'list', question: { ...LIST.question, sort: 'name' }, answer: ['a', 'b'] } as const
    expect(await agrees({ list: async () => ['b', 'a'] }, asked)).toBe(false)
    expect(await agrees({ list: async () => ['a', 'b'] }, asked)).toBe(true)
  })

  test('that is refused is not an empty one', async () => {
    expect(await agrees({ list: async () => [] }, { ...LIST, answer: REFUSED })).toBe(false)
    expect(await agrees({ list: async () => REFUSED }, { ...LIST, answer: [] })).toBe(false)
    expect(await agrees({ list: async () => REFUSED }, { ...LIST, answer: REFUSED })).toBe(true)
  })
})

test('fields are compared where they are listed, and what a layer leaves out is hidden', async () => {
  const asked = { kind: 'fields', question: { ...NOW, user: 'anna', module: 'deals' } } as const
  const fields = async () => ({ name: 'edit', amount: 'read' }) as const
  expect(await agrees({ fields }, { ...asked, answer: { name: 'edit', stage: 'hidden' } })).toBe(true)
  expect(await agrees({ fields }, { ...asked, answer: { amount: 'edit' } })).toBe(false)
})

describe('an explanation', () => {
  const asked = { kind: 'explain', question: { ...NOW, user: 'anna', action: 'read', record: 'acme' } } as const
  const told = { allowed: true, grants: { 'rule a': 'read', 'rule b': 'edit', owner: 'full' }, caps: {} } as const

  test('names every cause', async () => {
    expect(await agrees({ explain: async () => told }, { ...asked, answer: told })).toBe(true)
    const forgetful = { ...told, grants: { 'rule b': 'edit', owner: 'full' } } as const
    expect(await agrees({ explain: async () => forgetful }, { ...asked, answer: told })).toBe(false)
  })

  test('is compared by kind, at the highest grant and the lowest cap, where a layer knows no more', async () => {
    const byKind = { allowed: true, grants: { rule: 'edit', owner: 'full' }, caps: {} } as const
    expect(await agrees({ explain: async () => byKind }, { ...asked, answer: told }, 'kind')).toBe(true)
    const tooLow = { ...byKind, grants: { rule: 'read', owner: 'full' } } as const
    expect(await agrees({ explain: async () => tooLow }, { ...asked, answer: told }, 'kind')).toBe(false)
    const capped = { ...told, caps: { 'restriction a': 'edit', 'restriction b': 'none' } } as const
    const cappedByKind = { ...byKind, caps: { restriction: 'none' } } as const
    expect(await agrees({ explain: async () => cappedByKind }, { ...asked, answer: capped }, 'kind')).toBe(true)
  })
})

test('figures are rows in any order, with nothing more and nothing less', async () => {
  const question = { ...NOW, user: 'anna', module: 'deals', measures: ['count'], groupBy: ['stage'] }
  const asked = {
    kind: 'aggregate',
    question,
    answer: [
      { stage: 'Won', count: 1 },
      { other: true, count: 6 },
    ],
  } as const
  const rows = [
    { count: 6, other: true },
    { count: 1, stage: 'Won' },
  ] as const
  expect(await agrees({ aggregate: async () => rows }, asked)).toBe(true)
  expect(await agrees({ aggregate: async () => rows.slice(1) }, asked)).toBe(false)
  expect(await agrees({ aggregate: async () => [...rows, { stage: 'Lost', count: 1 }] }, asked)).toBe(false)
})

describe('a request', () => {
  const question = { ...NOW, user: 'anna', method: 'GET', path: '/here', query: {}, headers: {} }
  const answer = { status: 404, contains: ['there'], lacks: ['secret'] }
  const asked = { kind: 'request', question, answer } as const
  const answering = (status: number, text: string) => ({ request: async () => ({ status, text }) })

  test('has its status, what it must say and nothing that it must not', async () => {
    expect(await agrees(answering(404, 'not there'), asked)).toBe(true)
    expect(await agrees(answering(403, 'not there'), asked)).toBe(false)
    expect(await agrees(answering(404, 'not here'), asked)).toBe(false)
    expect(await agrees(answering(404, 'there is a secret'), asked)).toBe(false)
  })

  test('is answered as its twin, but for words that repeat what was asked', async () => {
    const echoing: Partial<ScenarioSession> = {
      request: async ({ path, query }) => ({ status: 404, text: `not there: ${path} ${query.sort ?? ''}` }),
    }
    const twin = (sameAs: object) => ({ ...asked, answer: { ...answer, sameAs: { where: {}, ...sameAs } } })
    expect(await agrees(echoing, twin({ path: '/elsewhere' }))).toBe(false)
    expect(await agrees(echoing, twin({ path: '/elsewhere', where: { elsewhere: 'here' } }))).toBe(true)
    expect(await agrees(echoing, twin({ query: { sort: 'x' } }))).toBe(false)
    expect(await agrees(answering(404, 'not there'), twin({ path: '/elsewhere' }))).toBe(true)
  })
})

test('questions that a layer cannot answer are counted by its reasons', () => {
  const asked = { kind: 'level', question: { ...NOW, user: 'anna', record: 'acme' }, answer: 'read' } as const
  const questions = [1, 2, 3].map((place) => ({ ...asked, because: 'It is so.', path: `${place}` }))
  const scenario: Scenario = { file: 'a', title: 'A', policy: { bailiwick: 1 }, now: 0, records: [], questions }
  const unable = ({ path }: { path: string }) => (path === '1' ? undefined : 'no levels here')
  const open = () => Promise.reject(new Error('not opened'))
  expect(countUnasked({ name: 'x', explainsBy: 'cause', unable, open }, [scenario])).toEqual({ 'no levels here': 2 })
})
