import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { findOrganization } from '../organizations/find-organization.ts'
import { freshKey, nordwindPolicy, testOffice } from '../testing/test-office.ts'

const office = await testOffice()

function create(idempotencyKey: string, body: object = { name: 'Acme' }, user = 'anna') {
  const headers = { authorization: `Bearer ${office.keyOf(user)}`, 'idempotency-key': idempotencyKey }
  return office.network.inject({ method: 'POST', url: '/api/v1/records/accounts', headers, body })
}

async function countAccounts(): Promise<number> {
  const headers = { authorization: `Bearer ${office.keyOf('admin')}` }
  const answer = await office.network.inject({ url: '/api/v1/records/accounts?count=exact', headers })
  return answer.json().count.value
}

test('the same request with the same key is done once and answered alike', async () => {
  const key = freshKey()
  const before = await countAccounts()
  const [first, again] = [await create(key), await create(key)]
  expect([first.statusCode, again.statusCode]).toEqual([201, 201])
  expect(again.payload).toBe(first.payload)
  expect(again.headers).toMatchObject({ location: first.headers.location, etag: first.headers.etag })
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(first.headers).not.toHaveProperty('idempotency-replayed')
  expect(await countAccounts()).toBe(before + 1)
})

test('many at once make one record; the others wait their turn or get its answer', async () => {
  const key = freshKey()
  const before = await countAccounts()
  const answers = await Promise.all(Array.from({ length: 8 }, () => create(key)))
  const statuses = answers.map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0)
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true)
  expect(await countAccounts()).toBe(before + 1)
})

test('another request with the same key is refused', async () => {
  const key = freshKey()
  await create(key)
  const other = await create(key, { name: 'Other' })
  expect(other.statusCode).toBe(422)
  expect(other.payload).not.toContain('Acme')
})

test('a key is the user’s own', async () => {
  const key = freshKey()
  const [annas, admins] = [await create(key), await create(key, { name: 'Acme' }, 'admin')]
  expect(admins.json().id).not.toBe(annas.json().id)
})

test('a refusal is kept as well', async () => {
  const key = freshKey()
  const [first, again] = [await create(key, { name: 1 }), await create(key, { name: 1 })]
  expect([first.statusCode, again.statusCode]).toEqual([422, 422])
  expect(again.payload).toBe(first.payload)
  expect(again.headers['idempotency-replayed']).toBe('true')
})

test.each([
  ['a space', 'a b'],
  ['nothing', ''],
  ['too much', 'a'.repeat(256)],
])('a key with %s in it is bad input', async (_what, key) => {
  expect((await create(key)).statusCode).toBe(422)
})

test('a running request holds the key for a while, not for ever', async () => {
  const key = freshKey()
  const first = await create(key)
  await pretendRunning(key)
  const held = await create(key)
  expect([held.statusCode, held.headers['retry-after']]).toEqual([409, '1'])
  office.lead = 6 * 60_000
  const later = await create(key)
  office.lead = 0
  expect(later.statusCode).toBe(201)
  expect(later.json().id).not.toBe(first.json().id)
})

async function pretendRunning(key: string): Promise<void> {
  const { database } = office.parts
  const organization = await findOrganization(database.control, 'nordwind')
  if (!organization) throw new Error('Nordwind is missing')
  await database
    .organization(organization)
    .updateTable('idempotency')
    .set({ status: null })
    .where('key', '=', key)
    .execute()
}

test('an answer is kept for a day', async () => {
  const key = freshKey()
  const first = await create(key)
  office.lead = 25 * 3_600_000
  const later = await create(key)
  office.lead = 0
  expect(later.json().id).not.toBe(first.json().id)
})

test('once the policy changed, the answer comes back without what it said', async () => {
  const key = freshKey()
  const first = await create(key, { name: 'Confided' })
  const policy = nordwindPolicy()
  await office.apply('nordwind', { ...policy, roles: { ceo: { name: 'Chief' } } })
  const again = await create(key, { name: 'Confided' })
  expect([again.statusCode, again.headers.location]).toEqual([201, first.headers.location])
  expect(again.payload).toBe('')
})

function post(user: string, url: string, body: object, idempotencyKey?: string) {
  const headers = {
    authorization: `Bearer ${office.keyOf(user)}`,
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  }
  return office.network.inject({ method: 'POST', url, headers, body })
}

async function takeAway(id: string): Promise<void> {
  const { statusCode } = await post('admin', `/api/v1/records/accounts/${id}/transfer`, { owner: 'user:admin' })
  expect(statusCode).toBe(200)
}

test('once a record is taken away, the answer comes back without what it said of it', async () => {
  const key = freshKey()
  const first = await create(key, { name: 'Handed over' })
  const { id } = first.json()
  const [once, more] = [freshKey(), `/api/v1/records/accounts/${id}/shares`]
  const shared = await post('admin', more, { with: 'user:olli', level: 'read' }, once)
  expect(shared.statusCode).toBe(201)
  await takeAway(id)
  const again = await create(key, { name: 'Handed over' })
  expect([again.statusCode, again.headers.location, again.payload]).toEqual([201, first.headers.location, ''])
  const still = await post('admin', more, { with: 'user:olli', level: 'read' }, once)
  expect([still.payload, still.headers['idempotency-replayed']]).toEqual([shared.payload, 'true'])
})

test('of a record that one never read the refusal comes back whole, as of one that is not there', async () => {
  const { id } = (await post('admin', '/api/v1/records/accounts', { name: 'Not Anna’s' })).json()
  const told = []
  for (const one of [id, '019b0000-0000-7000-8000-00000000dead']) {
    const [key, url] = [freshKey(), `/api/v1/records/accounts/${one}/comments`]
    const first = await post('anna', url, { text: 'Hello' }, key)
    const again = await post('anna', url, { text: 'Hello' }, key)
    expect([again.statusCode, again.payload]).toEqual([404, first.payload])
    told.push(again.payload.replaceAll(one, 'id'))
  }
  expect(told[0]).not.toBe('')
  expect(told[0]).toBe(told[1])
})

test('what only tells is told anew', async () => {
  const { id } = (await create(freshKey(), { name: 'Quokka Oy' })).json()
  const may = {
    subject: { type: 'user', id: 'anna' },
    action: { name: 'read' },
    resource: { type: 'accounts', id },
  }
  const count = { measures: [{ op: 'count' }], filter: { field: 'id', op: 'eq', value: id } }
  const questions: [string, object][] = [
    ['/access/v1/evaluation', may],
    ['/access/v1/evaluations', { evaluations: [may] }],
    ['/access/v1/search/resource', { ...may, resource: { type: 'accounts' } }],
    ['/access/v1/search/action', { subject: may.subject, resource: may.resource }],
    ['/api/v1/records/accounts/aggregate', count],
    ['/api/v1/records/accounts/duplicates', { values: { name: 'Quokka Oy' } }],
  ]
  const key = freshKey()
  const ask = async (idempotencyKey?: string) => {
    const answers = []
    for (const [url, body] of questions) answers.push(await post('anna', url, body, idempotencyKey))
    return answers.map(({ statusCode, payload }) => `${statusCode} ${payload}`)
  }
  const before = await ask(key)
  expect(before.map((answer) => answer.slice(0, 4))).toEqual(questions.map(() => '200 '))
  await takeAway(id)
  const after = await ask(key)
  expect(after).toEqual(await ask())
  for (const [at, answer] of after.entries()) expect(answer).not.toBe(before[at])
})

/** Answers can't be kept meanwhile: as where the process ends once all is done. */
async function losingAnswers<Result>(work: () => Promise<Result>): Promise<Result> {
  const place = await findOrganization(office.parts.database.control, 'nordwind')
  if (!place) throw new Error('There is no nordwind')
  const asOwner = (statements: readonly string[]) =>
    office.parts.database.ownerTransaction(place, async (owner) => {
      for (const statement of statements) await sql.raw(statement).execute(owner)
    })
  await asOwner([
    `create function lose() returns trigger language plpgsql as $$ begin raise 'the answer is lost'; end $$`,
    'create trigger lose before update on idempotency for each row when (new.body is not null) execute function lose()',
  ])
  try {
    return await work()
  } finally {
    await asOwner(['drop trigger lose on idempotency', 'drop function lose'])
  }
}

test('what is done before its answer could be kept is not done again', async () => {
  const [key, before] = [freshKey(), await countAccounts()]
  const first = await losingAnswers(() => create(key))
  const again = await create(key)
  expect(first.statusCode).toBe(500)
  expect([again.statusCode, again.payload]).toEqual([201, ''])
  expect(again.headers['idempotency-replayed']).toBe('true')
  expect(await countAccounts()).toBe(before + 1)
  const headers = { authorization: `Bearer ${office.keyOf('anna')}` }
  const made = await office.network.inject({ url: String(again.headers.location), headers })
  expect(made.json()).toMatchObject({ name: 'Acme' })
})

test('a job whose answer was lost is found by the repetition, and there is one', async () => {
  const headers = { authorization: `Bearer ${office.keyOf('admin')}` }
  const asked = { ...headers, 'idempotency-key': freshKey() }
  const body = { module: 'accounts', format: 'csv' }
  const ask = () => office.network.inject({ method: 'POST', url: '/api/v1/exports', headers: asked, body })
  const first = await losingAnswers(ask)
  const again = await ask()
  expect([first.statusCode, again.statusCode, again.payload]).toEqual([500, 202, ''])
  expect((await ask()).headers.location).toBe(again.headers.location)
  const made = await office.network.inject({ url: String(again.headers.location), headers })
  expect(made.json()).toMatchObject({ kind: 'export' })
})

describe('A file under a key', () => {
  const auth = { authorization: `Bearer ${office.keyOf('anna')}` }

  function bring(account: string, key: string, content: string, boundary = 'b') {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`
    const payload = `${head}${content}\r\n--${boundary}--\r\n`
    const type = `multipart/form-data; boundary=${boundary}`
    const headers = { ...auth, 'idempotency-key': key, 'content-type': type }
    return office.network.inject({ method: 'POST', url: `/api/v1/records/accounts/${account}/files`, headers, payload })
  }

  const filesOf = async (account: string) =>
    (await office.network.inject({ url: `/api/v1/records/accounts/${account}/files`, headers: auth })).json().items

  test('is taken once, whatever the form is bounded by, and another of its length is refused', async () => {
    const [account, key] = [(await create(freshKey())).json().id, freshKey()]
    const first = await bring(account, key, 'one')
    const again = await bring(account, key, 'one', 'another-boundary')
    expect([first.statusCode, again.statusCode, again.payload]).toEqual([201, 201, first.payload])
    expect(again.headers['idempotency-replayed']).toBe('true')
    const other = await bring(account, key, 'two')
    expect([other.statusCode, other.payload.includes('another request')]).toEqual([422, true])
    expect(await filesOf(account)).toEqual([first.json()])
  })

  test('of many pieces is compared as it comes in', async () => {
    const [account, key] = [(await create(freshKey())).json().id, freshKey()]
    const address = await office.network.listen({ port: 0, host: '127.0.0.1' })
    const send = (last: string) => {
      const body = new FormData()
      body.set('file', new Blob(['x'.repeat(3_000_000), last]), 'large.txt')
      const url = `${address}/api/v1/records/accounts/${account}/files`
      return fetch(url, { method: 'POST', headers: { ...auth, 'idempotency-key': key }, body })
    }
    const answers = [await send('1'), await send('1'), await send('2')]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 422])
    expect(await filesOf(account)).toMatchObject([{ size: 3_000_001 }])
  })

  test('whose answer was lost is known by what was in it', async () => {
    const [account, key] = [(await create(freshKey())).json().id, freshKey()]
    const first = await losingAnswers(() => bring(account, key, 'one'))
    const [other, again] = [await bring(account, key, 'two'), await bring(account, key, 'one')]
    expect([first.statusCode, other.statusCode, again.statusCode, again.payload]).toEqual([500, 422, 201, ''])
    expect(await filesOf(account)).toHaveLength(1)
  })

  test('that was refused unread may be sent again', async () => {
    const key = freshKey()
    const nowhere = '018f0000-0000-7000-8000-000000000000'
    const answers = [await bring(nowhere, key, 'one'), await bring(nowhere, key, 'two')]
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers['idempotency-replayed']])).toEqual([
      [404, undefined],
      [404, undefined],
    ])
  })
})
