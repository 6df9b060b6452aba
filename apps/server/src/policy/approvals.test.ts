import type { PolicyDocument } from '@bailiwick/access'
import type { InjectOptions } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

/** Ada, Mia and Max manage access; Mia and Max nothing besides. Omar audits. */
function policy(approvals: number, more: PolicyDocument = { bailiwick: 1 }): PolicyDocument {
  const base = nordwindPolicy()
  return {
    ...base,
    ...more,
    organization: { ...base.organization, approvals, ...more.organization },
    profiles: {
      ...base.profiles,
      access: { system: ['useApi', 'manageAccess'] },
      audit: { system: ['useApi', 'viewAudit'] },
    },
    users: {
      ...base.users,
      mia: { name: 'Mia', profiles: ['access'] },
      max: { name: 'Max', profiles: ['access'] },
      omar: { name: 'Omar', profiles: ['audit'] },
    },
  }
}

const office = await testOffice()
const keys = new Map<string, string>()

async function ask(user: string, question: InjectOptions) {
  const headers = { authorization: `Bearer ${keys.get(user) ?? office.keyOf(user)}`, ...question.headers }
  return office.network.inject({ ...question, headers })
}
const changes = '/api/v1/policy/changes'
const put = (user: string, document: PolicyDocument, query = '', headers = {}) =>
  ask(user, { method: 'PUT', url: `/api/v1/policy${query}`, body: document, headers })
const decide = (user: string, id: number, what: 'approve' | 'decline' | 'withdraw') =>
  ask(user, { method: 'POST', url: `${changes}/${id}/${what}` })
const inForce = async () => {
  const answer = await ask('admin', { url: '/api/v1/policy' })
  return { version: Number(String(answer.headers.etag).replaceAll('"', '')), document: answer.json() }
}
const asOperator = (method: 'PUT' | 'POST', url: string, body?: object) =>
  office.operator.inject({ method, url, ...(body && { body }), headers: { 'bailiwick-act': 'nordwind/operator' } })

/** The policy as it is to be before each test, whatever it says now. */
async function begin(approvals: number): Promise<void> {
  const answer = await asOperator('PUT', '/api/v1/policy?withoutApproval=true', policy(approvals))
  expect(answer.statusCode).toBe(200)
}

const named = (name: string, approvals = 1) => policy(approvals, { bailiwick: 1, organization: { name } })

async function propose(user: string, document: PolicyDocument): Promise<number> {
  const answer = await put(user, document)
  expect(answer.statusCode, answer.payload).toBe(202)
  return answer.json().id
}

await begin(0)
for (const user of ['mia', 'max', 'omar']) {
  const made = await office.asOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user })
  keys.set(user, made.json().key)
}

describe('A change of a policy that asks for approval', () => {
  beforeEach(() => begin(1))

  it('doesn’t count before another person has approved it, and then says who did', async () => {
    const before = await inForce()
    const planned = await ask('admin', { method: 'POST', url: '/api/v1/policy/plan', body: named('North', 0) })
    expect(planned.json()).toMatchObject({ applies: true, needed: 1 })
    const answer = await put('admin', named('North'), '?reason=A%20better%20name')
    expect(answer.statusCode).toBe(202)
    const change = answer.json()
    expect(answer.headers.location).toBe(`${changes}/${change.id}`)
    expect(change).toMatchObject({
      state: 'pending',
      base: before.version,
      author: 'user:admin',
      reason: 'A better name',
      needed: 1,
      approvals: [],
      changes: [{ path: '/organization/name', kind: 'changed' }],
      may: { approve: false, decline: false, withdraw: true },
    })
    expect(await inForce()).toEqual(before)
    const approved = await decide('mia', change.id, 'approve')
    expect(approved.statusCode).toBe(200)
    expect(approved.json()).toMatchObject({ state: 'applied', version: before.version + 1, endedBy: 'user:mia' })
    const { version, document } = await inForce()
    expect(version).toBe(before.version + 1)
    expect(document.organization.name).toBe('North')
    const log = (await ask('admin', { url: '/api/v1/policy/versions?limit=1' })).json()
    expect(log.items[0]).toMatchObject({ author: 'user:admin', approvers: ['user:mia'], reason: 'A better name' })
  })

  it('is approved neither by its author nor by whoever manages no access', async () => {
    const id = await propose('mia', named('South'))
    expect((await decide('mia', id, 'approve')).statusCode).toBe(403)
    expect((await decide('omar', id, 'approve')).statusCode).toBe(403)
    expect((await decide('anna', id, 'approve')).statusCode).toBe(403)
    expect((await ask('anna', { url: changes })).statusCode).toBe(403)
    const byOperator = await asOperator('POST', `${changes}/${id}/approve`)
    expect(byOperator.statusCode).toBe(403)
    expect((await inForce()).document.organization.name).toBe('Nordwind')
    expect((await decide('max', id, 'approve')).json().state).toBe('applied')
  })

  it('takes as many others as the policy says, each of whom counts once', async () => {
    await begin(2)
    const id = await propose('admin', named('East', 2))
    for (let times = 0; times < 2; times++) {
      const once = await decide('mia', id, 'approve')
      expect(once.statusCode).toBe(200)
      expect(once.json()).toMatchObject({ state: 'pending', approvals: [{ by: 'user:mia' }], needed: 2 })
    }
    expect((await inForce()).document.organization.name).toBe('Nordwind')
    expect((await decide('max', id, 'approve')).json()).toMatchObject({ state: 'applied' })
    const log = (await ask('admin', { url: '/api/v1/policy/versions?limit=1' })).json()
    expect(log.items[0].approvers).toEqual(['user:mia', 'user:max'])
  })

  it('can’t be approved once the policy has moved on, and says so', async () => {
    const [one, other] = [await propose('admin', named('One')), await propose('mia', named('Other'))]
    expect((await decide('max', one, 'approve')).statusCode).toBe(200)
    const late = await decide('max', other, 'approve')
    expect(late.statusCode).toBe(409)
    expect(late.json().detail).toContain('moved on')
    const read = (await ask('max', { url: `${changes}/${other}` })).json()
    expect(read).toMatchObject({ state: 'stale', may: { approve: false, decline: true } })
    expect(read).not.toHaveProperty('plan')
    expect((await inForce()).document.organization.name).toBe('One')
    expect((await decide('mia', other, 'withdraw')).statusCode).toBe(200)
  })

  it('is asked for by lowering the number, too', async () => {
    const id = await propose('admin', policy(0))
    expect((await put('admin', named('At once'))).statusCode).toBe(202)
    expect((await decide('mia', id, 'approve')).json().state).toBe('applied')
    expect((await put('admin', named('At once', 0))).statusCode).toBe(200)
  })

  it('is asked for by bringing a version back, too', async () => {
    await decide('mia', await propose('admin', named('Renamed')), 'approve')
    const { version } = await inForce()
    const back = await ask('admin', { method: 'POST', url: `/api/v1/policy/versions/${version - 1}/restore` })
    expect(back.statusCode).toBe(202)
    expect((await inForce()).document.organization.name).toBe('Renamed')
    expect((await decide('max', back.json().id, 'approve')).json().state).toBe('applied')
    expect((await inForce()).document.organization.name).toBe('Nordwind')
  })

  it('is turned down by others, withdrawn by its author, and then done with', async () => {
    const [declined, withdrawn] = [await propose('admin', named('No')), await propose('admin', named('Sorry'))]
    expect((await decide('admin', declined, 'decline')).statusCode).toBe(403)
    expect((await decide('mia', withdrawn, 'withdraw')).statusCode).toBe(403)
    expect((await decide('mia', declined, 'decline')).json()).toMatchObject({ state: 'declined', endedBy: 'user:mia' })
    expect((await decide('admin', withdrawn, 'withdraw')).json()).toMatchObject({ state: 'withdrawn' })
    for (const id of [declined, withdrawn]) {
      const late = await decide('max', id, 'approve')
      expect(late.statusCode).toBe(409)
      expect(late.json().detail).toContain('doesn’t wait any more')
    }
    expect((await decide('max', 999_999, 'approve')).statusCode).toBe(404)
  })

  it('is examined when it is proposed and again when it is applied', async () => {
    const field = { fields: { nickname: { type: 'text' } } } as const
    expect((await put('admin', policy(1, { bailiwick: 1, roles: { a: { parent: 'nowhere' } } }))).statusCode).toBe(422)
    const withField = policy(1, { bailiwick: 1, modules: { accounts: field } })
    await asOperator('PUT', '/api/v1/policy?withoutApproval=true', withField)
    const id = await propose('mia', policy(1, { bailiwick: 1, modules: { accounts: {} } }))
    const made = { name: 'Bauer', nickname: 'B' }
    const record = await ask('anna', { method: 'POST', url: '/api/v1/records/accounts', body: made })
    expect(record.statusCode).toBe(201)
    const refused = await decide('max', id, 'approve')
    expect(refused.statusCode).toBe(422)
    expect(refused.json().errors).toMatchObject([{ path: '/modules/accounts/fields/nickname' }])
    expect((await ask('max', { url: `${changes}/${id}` })).json()).toMatchObject({ state: 'pending', approvals: [] })
    await asOperator('PUT', '/api/v1/policy?withoutApproval=true&destroy=accounts.nickname', {
      ...policy(1),
      modules: { accounts: {} },
    })
  })

  it('is applied once, however many approve at the same moment', async () => {
    const { version } = await inForce()
    const id = await propose('admin', named('Once'))
    const answers = await Promise.all([decide('mia', id, 'approve'), decide('max', id, 'approve')])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expect((await inForce()).version).toBe(version + 1)
  })

  it('waits for the operator as well, unless he says that it isn’t to, which no person can', async () => {
    const waiting = await asOperator('PUT', '/api/v1/policy', named('By the operator'))
    expect(waiting.statusCode).toBe(202)
    expect(waiting.json()).toMatchObject({ author: 'operator', may: { withdraw: true } })
    expect((await put('admin', named('By a person'), '?withoutApproval=true')).statusCode).toBe(403)
    expect((await inForce()).document.organization.name).toBe('Nordwind')
    expect((await decide('mia', waiting.json().id, 'approve')).json().state).toBe('applied')
    const atOnce = await asOperator('PUT', '/api/v1/policy?withoutApproval=true', named('At once'))
    expect(atOnce.statusCode).toBe(200)
    const log = (await ask('admin', { url: '/api/v1/policy/versions?limit=1' })).json()
    expect(log.items[0]).toMatchObject({ author: 'operator', approvers: [] })
  })

  it('is listed, and read with what it would do', async () => {
    const without = policy(1)
    const { anna: _gone, ...users } = without.users ?? {}
    const id = await propose('admin', { ...without, users })
    const { items } = (await ask('mia', { url: `${changes}?limit=1` })).json()
    expect(items).toMatchObject([{ id, state: 'pending', changes: 1, may: { approve: true, decline: true } }])
    const older = (await ask('mia', { url: `${changes}?before=${id}` })).json()
    expect(older.items.every((item: { id: number }) => item.id < id)).toBe(true)
    const read = (await ask('mia', { url: `${changes}/${id}` })).json()
    expect(read.plan).toMatchObject({ applies: true, upToDate: false })
    expect(read.document.users).not.toHaveProperty('anna')
    await decide('mia', id, 'decline')
  })

  it('is told to those who may approve it, and to nobody else', async () => {
    const inbox = async (user: string) =>
      (await ask(user, { url: '/api/v1/notifications' }))
        .json()
        .items.filter(({ kind }: { kind: string }) => kind === 'approval')
    const id = await propose('mia', named('Told'))
    const told = { kind: 'approval', by: 'user:mia', policyChange: id }
    expect((await inbox('max'))[0]).toMatchObject(told)
    expect((await inbox('admin'))[0]).toMatchObject(told)
    expect((await inbox('mia')).filter(({ by }: { by: string }) => by === 'user:mia')).toEqual([])
    expect(await inbox('omar')).toEqual([])
    expect(await inbox('anna')).toEqual([])
    await decide('max', id, 'decline')
  })

  it('stands in the audit, with who proposed, approved and declined it', async () => {
    const id = await propose('mia', named('Audited'))
    await decide('max', id, 'approve')
    const query = 'action=proposePolicy,approvePolicy,changePolicy&limit=3'
    const { items } = (await ask('omar', { url: `/api/v1/audit?${query}` })).json()
    const said = items.map(({ action, by }: { action: string; by: string }) => `${action} ${by}`)
    expect(said.sort()).toEqual(['approvePolicy user:max', 'changePolicy user:mia', 'proposePolicy user:mia'])
    const version = items.find(({ action }: { action: string }) => action === 'changePolicy')
    expect(version.details.approvers).toEqual(['user:max'])
  })
})
