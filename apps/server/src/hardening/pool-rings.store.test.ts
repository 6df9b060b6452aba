import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { describe, expect, test } from 'vitest'
import { laySiege, type Person } from './siege.ts'
import { SIEGE_POLICY } from './siege-policy.ts'
import { IDS } from './siege-records.ts'

/**
 * An organization with one connection for all its requests. Whoever holds it and asks for a second waits for himself, and the program
 * gives that up with a 503: so with one connection every kind of request goes through, or there is a way into a ring.
 */
const siege = await laySiege({ connections: 1 })

const THINGS = '/api/v1/records/things'
const THING = `${THINGS}/${IDS.thing}`

function ask(person: Person, question: InjectOptions): Promise<LightMyRequestResponse> {
  return siege.network.inject({ ...question, headers: { ...siege.credentials(person), ...question.headers } })
}

function post(url: string, body: object, headers: Record<string, string> = {}): InjectOptions {
  return { method: 'POST', url, body, headers }
}

function upload(fields: Readonly<Record<string, string>>, text: string): InjectOptions {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--edge\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const file = `--edge\r\ncontent-disposition: form-data; name="file"; filename="things.csv"\r\n\r\n${text}\r\n--edge--\r\n`
  const headers = { 'content-type': 'multipart/form-data; boundary=edge' }
  return { method: 'POST', url: '/api/v1/imports', headers, payload: [...parts, file].join('') }
}

const rows = (of: string) => `name,code\n${Array.from({ length: 700 }, (_, n) => `${of} ${n},${of}-${n}`).join('\n')}\n`
const policyOf = (name: string) => ({
  ...SIEGE_POLICY,
  users: { ...SIEGE_POLICY.users, nils: { name, profiles: ['nothing'] } },
})

const KINDS: { readonly [name: string]: () => readonly [Person, InjectOptions] } = {
  'a read': () => ['anna', { url: THING }],
  'a list': () => ['anna', { url: `${THINGS}?count=exact&q=thing` }],
  'a total': () => ['anna', post(`${THINGS}/aggregate`, { groupBy: ['stage'] })],
  history: () => ['anna', { url: `${THING}/history` }],
  comments: () => ['anna', { url: `${THING}/comments` }],
  'what is related': () => ['anna', { url: `/api/v1/records/accounts/${IDS.account}/related` }],
  'an explanation': () => ['anna', { url: `${THING}/explain` }],
  'an audience': () => ['admin', { url: `${THING}/audience` }],
  'a new record': () => ['anna', post(THINGS, { name: 'New', account: IDS.account })],
  'a new record under a key': () => ['anna', post(THINGS, { name: 'New' }, { 'idempotency-key': `k${Math.random()}` })],
  'a change': () => ['anna', { method: 'PATCH', url: THING, body: { notes: 'changed' } }],
  'a comment': () => ['anna', post(`${THING}/comments`, { text: 'So it is' })],
  'a share': () => ['admin', post(`${THING}/shares`, { with: 'user:nils', level: 'read' })],
  'shares of many': () => [
    'admin',
    post(`${THINGS}/shares`, { ids: [IDS.thing], grants: [{ with: 'everyone', level: 'read' }] }),
  ],
  'a transfer': () => ['admin', post(`${THING}/transfer`, { owner: 'user:anna' })],
  'a change of many': () => [
    'admin',
    post(`${THINGS}/mass`, { ids: [IDS.thing, IDS.otherThing], set: { notes: 'many' } }),
  ],
  'an import': () => ['admin', upload({ module: 'things' }, rows(`i${Math.random()}`))],
  'a trial import': () => ['admin', upload({ module: 'things', dryRun: 'true' }, rows('dry'))],
  'an export': () => ['admin', post('/api/v1/exports', { module: 'things', format: 'csv' })],
  'the policy': () => ['admin', { url: '/api/v1/policy' }],
  'a plan': () => ['admin', post('/api/v1/policy/plan', policyOf('Planned'))],
  'a plan as a job': () => ['admin', post('/api/v1/policy/plan', policyOf('Planned'), { prefer: 'respond-async' })],
  'an apply': () => ['admin', { method: 'PUT', url: '/api/v1/policy', body: policyOf(`N${Math.random()}`) }],
  'a decision': () => [
    'admin',
    post('/access/v1/evaluation', {
      subject: { type: 'user', id: 'anna' },
      action: { name: 'read' },
      resource: { type: 'things', id: IDS.thing },
    }),
  ],
  'a search of subjects': () => [
    'admin',
    post('/access/v1/search/subject', {
      subject: { type: 'user' },
      action: { name: 'read' },
      resource: { type: 'things', id: IDS.thing },
    }),
  ],
}

/** The job that was begun, as it ended. */
async function jobOf(person: Person, answer: LightMyRequestResponse): Promise<unknown> {
  if (answer.statusCode !== 202) return undefined
  await siege.settle()
  const job = await ask(person, { url: `/api/v1/jobs/${answer.json<{ id: string }>().id}` })
  return job.json<{ state: string }>().state
}

describe('With one connection', () => {
  test.each(Object.keys(KINDS))('%s is answered', { timeout: 60_000 }, async (name) => {
    const [person, question] = KINDS[name]!()
    const answer = await ask(person, question)
    expect({ status: answer.statusCode, told: answer.statusCode < 300 ? '' : answer.payload }).toMatchObject({
      told: '',
    })
    expect(await jobOf(person, answer)).toBeOneOf([undefined, 'done'])
  })

  test('all kinds at once, each several times, are answered or told to come back', { timeout: 120_000 }, async () => {
    const asked = Array.from({ length: 4 }, () => Object.keys(KINDS)).flat()
    const answers = await Promise.all(asked.map((name) => ask(...KINDS[name]!())))
    await siege.settle()
    const faults = answers.flatMap(({ statusCode, headers, payload }, at) => {
      const isSane = statusCode < 500 || (statusCode === 503 && headers['retry-after'] !== undefined)
      return isSane ? [] : [{ asked: asked[at], payload }]
    })
    expect(faults).toEqual([])
    const after = await ask('anna', { url: THING })
    expect(after.statusCode).toBe(200)
  })
})
