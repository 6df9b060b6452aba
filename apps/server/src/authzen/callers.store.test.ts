import { expect, test } from 'vitest'
import { asPage } from '../testing/test-office.ts'
import { ANNA, account, askingOffice, BEA, READ, TWO_DAYS } from './asking-fixture.ts'

const { office, ask, decisionOf, own, ollis, binned, beas } = await askingOffice()
const QUESTION = { subject: ANNA, action: READ, resource: account(own) }

const others = { ...QUESTION, subject: { type: 'user', id: 'olli' }, resource: account(ollis) }

test('needs a session or a key in force', async () => {
  expect((await ask('nobody', 'evaluation', QUESTION)).statusCode).toBe(401)
  expect((await ask('sam', 'evaluation', QUESTION)).statusCode).toBe(401)
  expect((await ask('olli', 'evaluation', others)).statusCode).toBe(403)
})

test('may come with a session and its anti-forgery header', async () => {
  const cookie = await office.signIn('olli@nordwind.example')
  const url = '/access/v1/evaluation'
  const asked = await office.network.inject({ method: 'POST', url, body: others, headers: asPage(cookie) })
  const forged = await office.network.inject({ method: 'POST', url, body: others, headers: { cookie } })
  expect([asked.statusCode, asked.json(), forged.statusCode]).toEqual([200, { decision: true }, 403])
})

test('asks about himself without managing access, and about nobody else', async () => {
  expect(await decisionOf('anna', QUESTION)).toEqual({ decision: true })
  expect(await decisionOf('anna', { ...QUESTION, resource: account(ollis) })).toEqual({ decision: false })
  expect((await ask('anna', 'evaluation', others)).statusCode).toBe(403)
})

test('learns nothing of who there is', async () => {
  const about = async (id: string, type = 'user') => {
    const answers = await Promise.all(
      ['evaluation', 'search/resource', 'search/action'].map((what) =>
        ask('anna', what, { ...QUESTION, subject: { type, id } }),
      ),
    )
    return answers.map(({ statusCode, payload }) => [statusCode, payload])
  }
  expect((await about('olli')).map(([status]) => status)).toEqual([403, 403, 403])
  expect(await about('nobody')).toEqual(await about('olli'))
  expect(await about('anna', 'spaceship')).toEqual(await about('olli'))
})

test('never finds out who may, without managing access', async () => {
  const answer = await ask('anna', 'search/subject', { ...QUESTION, subject: { type: 'user' } })
  expect(answer.statusCode).toBe(403)
})

test('can’t tell a record that he doesn’t read from one that isn’t there', async () => {
  const missing = '00000000-0000-7000-8000-000000000000'
  for (const action of ['read', 'update', 'create', 'import', 'delete', 'mass']) {
    const about = (id: string) => decisionOf('anna', { ...QUESTION, action: { name: action }, resource: account(id) })
    expect(await about(ollis)).toEqual({ decision: false })
    expect(await about(missing)).toEqual({ decision: false })
    expect(await about(binned)).toEqual({ decision: false })
  }
  const actions = async (id: string) =>
    (await ask('anna', 'search/action', { subject: ANNA, resource: account(id) })).json()
  expect(await actions(ollis)).toEqual({ results: [], page: { next_token: '', count: 0 } })
  expect(await actions(missing)).toEqual(await actions(ollis))
  expect((await actions(own)).results).toEqual([{ name: 'create' }, { name: 'read' }, { name: 'update' }])
})

test('names records by external id only where he may read it', async () => {
  const about = (id: string) => ({ subject: BEA, action: READ, resource: account(id) })
  expect(await decisionOf('bea', about(beas))).toEqual({ decision: true })
  expect(await decisionOf('bea', about('B-1'))).toEqual({ decision: false })
  expect(await decisionOf('petra', about('B-1'))).toEqual({ decision: true })
})

test('moves the clock only where he manages access', async () => {
  const question = {
    ...QUESTION,
    subject: { type: 'user', id: 'wendy' },
    resource: { type: 'module', id: 'accounts' },
  }
  const time = new Date(office.parts.now() + TWO_DAYS).toISOString()
  expect(await decisionOf('petra', { ...question, context: { time } })).toEqual({ decision: true })
  office.lead = TWO_DAYS
  const back = new Date(office.parts.now() - TWO_DAYS).toISOString()
  expect(await decisionOf('wendy', { ...question, context: { time: back } })).toEqual({ decision: true })
  expect(await decisionOf('petra', { ...question, context: { time: back } })).toEqual({ decision: false })
  office.lead = 0
})

test('may be the operator, on his socket alone', async () => {
  const headers = { 'bailiwick-act': 'nordwind/operator' }
  const url = '/access/v1/evaluation'
  expect((await office.operator.inject({ method: 'POST', url, body: QUESTION, headers })).json()).toEqual({
    decision: true,
  })
  expect((await office.network.inject({ method: 'POST', url, body: QUESTION, headers })).statusCode).toBe(401)
})

test('stays in his organization', async () => {
  const answer = await ask('sudwind/admin', 'evaluation', {
    ...QUESTION,
    subject: { type: 'user', id: 'ada@nordwind.example' },
  })
  expect(answer.json()).toEqual({ decision: false })
})
