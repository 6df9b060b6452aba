import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { expect, test } from 'vitest'
import { laySiege, type Person } from './siege.ts'
import { SIEGE_POLICY } from './siege-policy.ts'
import { IDS } from './siege-records.ts'

/** Many more requests at once than there are connections to the database. */

const siege = await laySiege()
const THING = `/api/v1/records/things/${IDS.thing}`

function ask(person: Person, question: InjectOptions): Promise<LightMyRequestResponse> {
  return siege.network.inject({ ...question, headers: { ...siege.credentials(person), ...question.headers } })
}

/** Served, or told to come back: nothing broke, and nobody waits for somebody who waits for him. */
function isSane({ statusCode, headers }: LightMyRequestResponse): boolean {
  return statusCode < 500 || (statusCode === 503 && headers['retry-after'] !== undefined)
}

/** Comes back as long as there is too much to do. */
async function askUntilServed(person: Person, question: InjectOptions): Promise<LightMyRequestResponse> {
  for (;;) {
    const answer = await ask(person, question)
    if (answer.statusCode !== 503) return answer
  }
}

/** Reads, adds one and writes under the version that was read, again and again until it goes through. */
async function addOne(): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const read = await ask('anna', { url: THING })
    if (read.statusCode === 503) continue
    const pieces = read.json<{ pieces: number }>().pieces + 1
    const headers = { 'if-match': String(read.headers.etag) }
    const { statusCode } = await ask('anna', { method: 'PATCH', url: THING, body: { pieces }, headers })
    if (statusCode === 200) return
    expect([412, 503]).toContain(statusCode)
  }
  throw new Error('It never went through')
}

test('nobody’s change is lost under If-Match', { timeout: 120_000 }, async () => {
  const before = (await ask('anna', { url: THING })).json<{ pieces: number; version: number }>()
  await Promise.all(Array.from({ length: 30 }, addOne))
  const after = (await ask('anna', { url: THING })).json<{ pieces: number; version: number }>()
  expect(after).toMatchObject({ pieces: before.pieces + 30, version: before.version + 30 })
})

test('the same request under one Idempotency-Key is done once, however many send it at once', async () => {
  const headers = { 'idempotency-key': 'once' }
  const make = { method: 'POST', url: '/api/v1/records/things', body: { name: 'Only once' }, headers } as const
  const answers = await Promise.all(Array.from({ length: 40 }, () => askUntilServed('anna', make)))
  for (const { statusCode } of answers) expect([201, 409]).toContain(statusCode)
  const filter = encodeURIComponent(JSON.stringify({ field: 'name', op: 'eq', value: 'Only once' }))
  const { items } = (await ask('anna', { url: `/api/v1/records/things?filter=${filter}` })).json<{ items: unknown[] }>()
  expect(items).toHaveLength(1)
})

test('a value that must be unique is given away once', async () => {
  const make = { method: 'POST', url: '/api/v1/records/things', body: { name: 'a', code: 'one of a kind' } } as const
  const answers = await Promise.all(Array.from({ length: 40 }, () => askUntilServed('anna', make)))
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
  expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(39)
})

/** Two policies that differ in their tables and in what Anna may do. */
function policyOf(number: number): object {
  const { things, ...modules } = SIEGE_POLICY.modules ?? {}
  const fields = { ...things?.fields, ...(number % 2 === 0 && { passing: { type: 'text', indexed: true } }) }
  return { ...SIEGE_POLICY, modules: { ...modules, things: { ...things, fields } } }
}

function question(number: number): readonly [Person, InjectOptions] {
  const other = `/api/v1/records/things/${IDS.otherThing}`
  switch (number % 10) {
    case 0:
      return ['admin', { url: '/api/v1/records/things?count=exact&sort=name' }]
    case 1:
      return ['anna', { url: '/api/v1/records/things?count=exact&q=thing' }]
    case 2:
      return [
        'anna',
        { method: 'POST', url: '/api/v1/records/things', body: { name: `Thing ${number}`, account: IDS.account } },
      ]
    case 3:
      return [
        'admin',
        { method: 'POST', url: `${THING}/transfer`, body: { owner: number % 20 === 3 ? 'user:anna' : 'team:desk' } },
      ]
    case 4:
      return ['admin', { method: 'POST', url: `${THING}/shares`, body: { with: 'user:nils', level: 'read' } }]
    case 5:
      return ['anna', { method: 'POST', url: '/api/v1/records/things/aggregate', body: { groupBy: ['stage'] } }]
    case 6:
      return [
        'admin',
        {
          method: 'POST',
          url: '/api/v1/records/things/shares',
          body: { ids: [IDS.otherThing, IDS.thing], grants: [{ with: 'everyone', level: 'read' }] },
        },
      ]
    case 7:
      return [
        'admin',
        {
          method: 'POST',
          url: '/api/v1/records/things/mass',
          body: { ids: [IDS.otherThing, IDS.thing], set: { notes: `n${number}` } },
        },
      ]
    case 8:
      return number % 40 === 8
        ? ['admin', { method: 'PUT', url: '/api/v1/policy?destroy=things.passing', body: policyOf((number - 8) / 40) }]
        : ['anna', { url: `${other}/history` }]
    default:
      return ['anna', { method: 'PATCH', url: number % 20 === 9 ? THING : other, body: { notes: `n${number}` } }]
  }
}

test('writing, listing, counting, sharing and changing the policy at once end without a fault', {
  timeout: 120_000,
}, async () => {
  const questions = Array.from({ length: 300 }, (_, number) => question(number))
  const answers = await Promise.all(questions.map(([person, what]) => ask(person, what)))
  await siege.settle()
  const faults = answers.flatMap((answer, at) =>
    isSane(answer) ? [] : [{ asked: questions[at], told: answer.payload }],
  )
  expect({ faults, log: faults.length > 0 ? siege.takeLog() : '' }).toEqual({ faults: [], log: '' })
  expect(answers.filter(({ statusCode }) => statusCode < 300).length).toBeGreaterThan(200)
})
