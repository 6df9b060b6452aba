import { describe, expect, test } from 'vitest'
import { ANNA, account, askingOffice, READ } from './asking-fixture.ts'

const { office, ask, make, own, ollis, binned } = await askingOffice()
const more = [await make('anna', { name: 'Second' }), await make('anna', { name: 'Third' })]

const accounts = { type: 'accounts' }
const users = { type: 'user' }
const WHO = { subject: users, action: READ, resource: account(own) }
const WHAT = { subject: ANNA, action: READ, resource: accounts }
const WHICH = { subject: ANNA, resource: account(own) }
const NOTHING = { results: [], page: { next_token: '', count: 0 } }
const SEARCHES = [
  ['subject', WHO],
  ['resource', WHAT],
  ['action', WHICH],
] as const

const search = async (kind: string, body: object, who = 'petra') => (await ask(who, `search/${kind}`, body)).json()

test('finds who may, what on, and what', async () => {
  expect(await search('subject', WHO)).toEqual({
    results: [
      { type: 'user', id: 'admin' },
      { type: 'user', id: 'anna' },
    ],
    page: { next_token: '', count: 2 },
  })
  expect(await search('resource', WHAT)).toEqual({
    results: [own, ...more].map(account),
    page: { next_token: '', count: 3 },
  })
  expect(await search('action', WHICH)).toEqual({
    results: [{ name: 'create' }, { name: 'read' }, { name: 'update' }],
    page: { next_token: '', count: 3 },
  })
})

test('finds the same by external id and by e-mail address', async () => {
  expect(await search('subject', { ...WHO, resource: account('A-1') })).toEqual(await search('subject', WHO))
  expect(await search('action', { ...WHICH, resource: account('A-1') })).toEqual(await search('action', WHICH))
  const byEmail = { type: 'user', id: 'Anna@nordwind.example' }
  expect(await search('resource', { ...WHAT, subject: byEmail })).toEqual(await search('resource', WHAT))
})

test('ignores the id of what it looks for, and an action where it looks for actions', async () => {
  expect(await search('subject', { ...WHO, subject: ANNA })).toEqual(await search('subject', WHO))
  expect(await search('resource', { ...WHAT, resource: account(ollis) })).toEqual(await search('resource', WHAT))
  expect(await search('action', { ...WHICH, action: { name: 'delete' } })).toEqual(await search('action', WHICH))
})

test('looks at modules where the resource is one', async () => {
  const create = { name: 'create' }
  const module = { type: 'module', id: 'accounts' }
  const found = await search('subject', { subject: users, action: create, resource: module })
  expect(found.results.map(({ id }: { id: string }) => id)).toEqual(['admin', 'anna', 'bea', 'nora', 'olli'])
  expect(await search('resource', { subject: ANNA, action: create, resource: { type: 'module' } })).toEqual({
    results: [module],
    page: { next_token: '', count: 1 },
  })
  const all = await search('resource', {
    subject: { type: 'user', id: 'admin' },
    action: READ,
    resource: { type: 'module' },
  })
  const ids = all.results.map(({ id }: { id: string }) => id)
  expect(ids).toContain('contacts')
  expect(ids).toEqual([...ids].sort())
})

test('asks for the access to a field', async () => {
  const about = (name: string, field: string) => ({ name, properties: { field } })
  const who = async (action: object) =>
    (await search('subject', { ...WHO, action })).results.map(({ id }: { id: string }) => id)
  expect(await who(about('read', 'taxNumber'))).toEqual(['admin'])
  expect(await who(about('update', 'name'))).toEqual(['admin', 'anna'])
  expect(await who(about('update', 'id'))).toEqual([])
  expect(await search('resource', { ...WHAT, action: about('read', 'taxNumber') })).toEqual(NOTHING)
  expect((await search('resource', { ...WHAT, action: about('read', 'name') })).results).toHaveLength(3)
})

describe('finds nothing, rather than failing,', () => {
  const missing = account('00000000-0000-7000-8000-000000000000')
  const nobody = { type: 'user', id: 'nobody' }
  test.each([
    ['subject', { ...WHO, subject: { type: 'spaceship' } }],
    ['subject', { ...WHO, action: { name: 'fly' } }],
    ['subject', { ...WHO, resource: missing }],
    ['subject', { ...WHO, resource: account(binned) }],
    ['subject', { ...WHO, resource: { type: 'spaceships', id: own } }],
    ['subject', { ...WHO, resource: { type: 'module', id: 'spaceships' } }],
    ['resource', { ...WHAT, subject: nobody }],
    ['resource', { ...WHAT, subject: { type: 'spaceship', id: 'anna' } }],
    ['resource', { ...WHAT, action: { name: 'fly' } }],
    ['resource', { ...WHAT, resource: { type: 'spaceships' } }],
    ['resource', { ...WHAT, resource: { type: 'contacts' } }],
    ['resource', { ...WHAT, subject: { type: 'user', id: 'sam' } }],
    ['action', { ...WHICH, subject: nobody }],
    ['action', { ...WHICH, resource: missing }],
    ['action', { ...WHICH, resource: account(ollis) }],
    ['action', { ...WHICH, resource: { type: 'spaceships', id: own } }],
  ])('looking for a %s in %j', async (kind, body) => {
    const answer = await ask('petra', `search/${kind}`, body)
    expect([answer.statusCode, answer.json()]).toEqual([200, NOTHING])
  })
})

test('shows who asks about himself what his lists show', async () => {
  expect(await search('resource', WHAT, 'anna')).toEqual(await search('resource', WHAT))
  const create = { ...WHAT, action: { name: 'create' } }
  expect((await search('resource', create, 'anna')).results).toEqual([own, ...more].map(account))
  expect(await search('resource', create)).toEqual(await search('resource', create, 'anna'))
})

describe('pages', () => {
  test.each(SEARCHES)('of a search for a %s come one after the other, each result once', async (kind, body) => {
    const whole = (await search(kind, body)).results
    const came = []
    let token: string | undefined
    do {
      const page = { limit: 1, ...(token !== undefined && { token }) }
      const answer = await search(kind, { ...body, page })
      expect(answer.page.count).toBe(1)
      came.push(...answer.results)
      token = answer.page.next_token
    } while (token !== '')
    expect(came).toEqual(whole)
  })

  test.each(SEARCHES)('of no results for a %s lead on', async (kind, body) => {
    const none = await search(kind, { ...body, page: { limit: 0 } })
    expect(none).toEqual({ results: [], page: { next_token: expect.stringMatching(/./), count: 0 } })
    const page = { token: none.page.next_token }
    expect(await search(kind, { ...body, page })).toEqual(await search(kind, body))
  })

  test('go on under a grown limit, and under what a change left', async () => {
    const { page } = await search('resource', { ...WHAT, page: { limit: 1 } })
    const added = await make('anna', { name: 'Fourth' })
    const rest = await search('resource', { ...WHAT, page: { token: page.next_token, limit: 5_000 } })
    expect(rest.results).toEqual([...more, added].map(account))
  })

  test.each(SEARCHES)('are refused where the token is none of the search for a %s', async (kind, body) => {
    const other =
      kind === 'subject' ? { ...body, action: { name: 'update' } } : { ...body, subject: { type: 'user', id: 'admin' } }
    const { page } = await search(kind, { ...other, page: { limit: 1 } })
    expect(page.next_token).not.toBe('')
    const [name] = JSON.parse(
      Buffer.from((await search(kind, { ...body, page: { limit: 0 } })).page.next_token, 'base64url').toString(),
    )
    const made = (position: unknown) => Buffer.from(JSON.stringify([name, position])).toString('base64url')
    const bad = [
      page.next_token,
      'x',
      'bnVsbA',
      made("' or true --"),
      made(5),
      made(['anna']),
      'A'.repeat(5_000),
      '\u{1f600}',
    ]
    for (const token of bad) {
      const answer = await ask('petra', `search/${kind}`, { ...body, page: { token } })
      expect([token, answer.statusCode]).toEqual([token, 400])
    }
  })

  test.each([{ limit: -1 }, { limit: 1.5 }, { limit: '5' }, { token: 5 }, 'x'])('%j is refused', async (page) => {
    for (const [kind, body] of SEARCHES) {
      expect((await ask('petra', `search/${kind}`, { ...body, page })).statusCode).toBe(400)
    }
  })
})

test.each([
  ['subject', { subject: users, resource: account(own) }],
  ['subject', { action: READ, resource: account(own) }],
  ['subject', { ...WHO, resource: accounts }],
  ['subject', { ...WHO, subject: {} }],
  ['resource', { action: READ, resource: accounts }],
  ['resource', { ...WHAT, subject: users }],
  ['resource', { ...WHAT, resource: {} }],
  ['action', { subject: ANNA }],
  ['action', { ...WHICH, subject: users }],
  ['action', { ...WHICH, resource: accounts }],
  ['action', { ...WHICH, context: { time: 'soon' } }],
])('a search for a %s is refused where it is %j', async (kind, body) => {
  expect((await ask('petra', `search/${kind}`, body)).statusCode).toBe(400)
})

test('is asked at a moment and from an address', async () => {
  const module = { type: 'module', id: 'accounts' }
  const who = async (context: object) =>
    (await search('subject', { subject: users, action: READ, resource: module, context })).results.map(
      ({ id }: { id: string }) => id,
    )
  expect(await who({ ip: '192.0.2.1' })).not.toContain('nora')
  expect(await who({ ip: '10.0.0.1' })).toContain('nora')
  expect(await who({ time: new Date(office.parts.now() + 2 * 86_400_000).toISOString() })).toContain('wendy')
})
