import { setTimeout as sleep } from 'node:timers/promises'
import type { PlanJobSchema } from '@bailiwick/contract'
import type { InjectOptions } from 'fastify'
import type { Static } from 'typebox'
import { beforeEach, describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

const office = await testOffice()
const PLAN = '/api/v1/policy/plan'
const DOCUMENT = nordwindPolicy()
const PEOPLE = { ...DOCUMENT.users, bea: { profiles: ['managers'] } }
const PROFILES = { ...DOCUMENT.profiles, managers: { system: ['manageAccess', 'useApi'] } } as const
/** Anna's accounts become everybody's in sales. */
const SHARED = {
  bailiwick: 1,
  sharingRules: { all: { module: 'accounts', with: ['everyone'], level: 'read' } },
}

type PlanJob = Static<typeof PlanJobSchema>

const ask = (user: string, question: InjectOptions) =>
  office.network.inject({
    ...question,
    headers: { authorization: `Bearer ${office.keyOf(user)}`, ...question.headers },
  })
const askAsync = (user: string, prefer: string, body: object = SHARED) =>
  ask(user, { method: 'POST', url: PLAN, headers: { prefer }, body })

async function ended(user: string, url: string): Promise<PlanJob> {
  for (;;) {
    const job = (await ask(user, { url })).json<PlanJob>()
    if (job.state !== 'queued' && job.state !== 'running') return job
    await sleep(10)
  }
}

const applied = (users: object = PEOPLE) =>
  office.apply('nordwind', { ...DOCUMENT, profiles: PROFILES, sharingRules: {}, users: { ...users } })

beforeEach(() => applied())
await ask('anna', { method: 'POST', url: '/api/v1/records/accounts', body: { name: 'Annas Acme' } })

describe('A plan that nobody waits for', () => {
  it('is promised with its address, and is the plan that comes at once otherwise', async () => {
    const promised = await askAsync('admin', 'respond-async, wait=10')
    const { id } = promised.json<PlanJob>()
    const location = `/api/v1/policy/plans/${id}`
    expect(promised.statusCode).toBe(202)
    expect(promised.headers).toMatchObject({ location, 'preference-applied': 'respond-async' })
    expect(promised.json()).toMatchObject({ kind: 'plan', done: 0 })
    const job = await ended('admin', location)
    const atOnce = await ask('admin', { method: 'POST', url: PLAN, body: SHARED })
    expect(atOnce.statusCode).toBe(200)
    expect(atOnce.headers).not.toHaveProperty('preference-applied')
    expect(job.state).toBe('done')
    expect(job.plan).toEqual(atOnce.json())
    expect(JSON.stringify(job.plan?.changes)).toBe(JSON.stringify(atOnce.json().changes))
  })

  it.each(['return=minimal', 'respond-asynchronously', 'x="respond-async"'])('%s is another wish', async (prefer) => {
    expect((await askAsync('admin', prefer)).statusCode).toBe(200)
  })

  it('tells what is wrong with a document as the one at once does', async () => {
    const wrong = { bailiwick: 1, users: { ...DOCUMENT.users, vera: { role: 'nothing' } } }
    const { id } = (await askAsync('admin', 'respond-async', wrong)).json<PlanJob>()
    const { plan } = await ended('admin', `/api/v1/policy/plans/${id}`)
    expect(plan).toEqual((await ask('admin', { method: 'POST', url: PLAN, body: wrong })).json())
    expect(plan?.problems.map(({ path }) => path)).toContain('/users/vera/role')
    const headers = { prefer: 'respond-async', 'content-type': 'application/yaml' }
    const unreadable = await ask('admin', { method: 'POST', url: PLAN, headers, payload: 'a: [' })
    expect(unreadable.statusCode).toBe(422)
  })

  it.each(['plan', 'test'])('tells of a test about a record by what is no id: policy/%s', async (asked) => {
    const unreadable = { as: 'user:anna', module: 'accounts', record: { id: 'x' }, can: ['read'] }
    const body = { bailiwick: 1, tests: { unreadable } }
    const answer = await ask('admin', { method: 'POST', url: `/api/v1/policy/${asked}`, body })
    expect(answer.body).toContain('/tests/unreadable/record/id')
    expect(answer.statusCode).toBeLessThan(500)
  })

  it('names records to its asker, by its own address alone, for as long as the policy stands', async () => {
    const hidden = { bailiwick: 1, users: { ...PEOPLE, anna: { ...DOCUMENT.users?.anna, status: 'suspended' } } }
    const { id } = (await askAsync('admin', 'respond-async', hidden)).json<PlanJob>()
    const url = `/api/v1/policy/plans/${id}`
    expect(JSON.stringify(await ended('admin', url))).toContain('Annas Acme')
    const generic = await ask('admin', { url: `/api/v1/jobs/${id}` })
    expect(generic.json()).toEqual({ id, kind: 'plan', state: 'done', done: expect.any(Number), total: 1_000 })
    await applied({ ...PEOPLE, vera: { profiles: ['sales'] } })
    const later = await ask('admin', { url })
    expect(later.payload).not.toContain('Annas Acme')
    expect(later.json().plan.effect.people).toContainEqual(expect.objectContaining({ user: 'anna' }))
  })

  it('is somebody else’s as if it were not there', async () => {
    const { id } = (await askAsync('admin', 'respond-async')).json<PlanJob>()
    const key = await office.asOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user: 'bea' })
    const headers = { authorization: `Bearer ${key.json().key}` }
    const find = (one: string) => office.network.inject({ url: `/api/v1/policy/plans/${one}`, headers })
    const [others, missing] = [await find(id), await find('00000000-0000-7000-8000-000000000000')]
    expect([others.statusCode, others.payload]).toEqual([404, missing.payload])
    const own = await office.network.inject({
      method: 'POST',
      url: PLAN,
      headers: { ...headers, prefer: 'respond-async' },
      body: SHARED,
    })
    expect((await find(own.json().id)).statusCode).toBe(200)
    await applied({ ...PEOPLE, bea: { profiles: ['sales'] } })
    expect((await find(own.json().id)).statusCode).toBe(403)
  })

  it('takes managing access from the start', async () => {
    expect((await askAsync('anna', 'respond-async')).statusCode).toBe(403)
    expect((await ask('anna', { url: '/api/v1/policy/plans/00000000-0000-7000-8000-000000000000' })).statusCode).toBe(
      403,
    )
  })

  it('is the operator’s too, on his socket', async () => {
    const headers = { 'bailiwick-act': 'nordwind/operator', prefer: 'respond-async' }
    const promised = await office.operator.inject({ method: 'POST', url: PLAN, headers, body: SHARED })
    expect(promised.statusCode).toBe(202)
    const url = String(promised.headers.location)
    const read = async () => (await office.operator.inject({ url, headers })).json<PlanJob>()
    while ((await read()).state !== 'done') await sleep(10)
    expect((await read()).plan).toMatchObject({ applies: true })
    expect((await ask('admin', { url })).statusCode).toBe(404)
  })

  it('names to the operator what an administrator reads, and nothing that is confidential', async () => {
    const secret = await ask('anna', {
      method: 'POST',
      url: '/api/v1/records/accounts',
      body: { name: 'Annas Secret' },
    })
    const url = `/api/v1/records/accounts/${secret.json().id}/confidential`
    expect((await ask('admin', { method: 'POST', url, body: { confidential: true } })).statusCode).toBe(204)
    const hidden = { bailiwick: 1, users: { ...PEOPLE, anna: { ...DOCUMENT.users?.anna, status: 'suspended' } } }
    const headers = { 'bailiwick-act': 'nordwind/operator' }
    const planned = await office.operator.inject({ method: 'POST', url: PLAN, headers, body: hidden })
    expect(planned.statusCode).toBe(200)
    expect(planned.json().effect.people).toContainEqual(expect.objectContaining({ user: 'anna', lost: 2 }))
    expect(planned.payload).toContain('Annas Acme')
    expect(planned.payload).not.toContain('Annas Secret')
    expect(planned.payload).not.toContain(secret.json().id)
  })

  it('names no record that was taken from its asker since, and each as it is called now', async () => {
    const make = async (name: string) => {
      const body = { name, owner: 'user:anna' }
      return (await ask('admin', { method: 'POST', url: '/api/v1/records/accounts', body })).json().id
    }
    const [kept, confided, deleted] = [await make('Kept'), await make('Confided'), await make('Deleted')]
    const hidden = {
      bailiwick: 1,
      restrictionRules: {
        none: {
          module: 'accounts',
          for: ['user:anna'],
          when: { field: 'id', op: 'in', value: [kept, confided, deleted] },
          level: 'none',
        },
      },
    }
    const { id } = (await askAsync('admin', 'respond-async', hidden)).json<PlanJob>()
    const url = `/api/v1/policy/plans/${id}`
    const before = JSON.stringify(await ended('admin', url))
    for (const one of ['Kept', 'Confided', 'Deleted', kept, confided, deleted]) expect(before).toContain(one)
    const of = (record: string) => `/api/v1/records/accounts/${record}`
    const changes: InjectOptions[] = [
      { method: 'PATCH', url: of(kept), body: { name: 'Called so now' }, headers: { 'if-match': '"1"' } },
      { method: 'POST', url: `${of(confided)}/confidential`, body: { confidential: true } },
      { method: 'DELETE', url: of(deleted) },
    ]
    for (const change of changes)
      expect((await ask('admin', change)).statusCode, change.url?.toString()).toBeLessThan(300)
    const { effect } = (await ask('admin', { url })).json().plan
    const later = JSON.stringify(effect)
    expect(later).toContain('Called so now')
    for (const gone of ['Kept', 'Confided', 'Deleted', confided, deleted]) expect(later).not.toContain(gone)
    expect(effect.people).toContainEqual(expect.objectContaining({ user: 'anna', lost: 3 }))
  })
})
