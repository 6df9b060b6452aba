import type { PolicyDocument } from '@bailiwick/access'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { describe, expect, test } from 'vitest'
import { asPage, nordwindPolicy, testOffice } from '../testing/test-office.ts'

/** Until a window opens that is on the day after tomorrow. */
const TWO_DAYS = 2 * 24 * 3_600_000

const office = await testOffice()
const policy = nordwindPolicy()
const DOCUMENT = {
  ...policy,
  profiles: {
    ...policy.profiles,
    pdp: { system: ['useApi', 'manageAccess'] },
    blind: {
      system: ['useApi'],
      modules: { accounts: { actions: ['read', 'create'], fields: { externalId: 'hidden' } } },
    },
  },
  users: {
    ...policy.users,
    petra: { name: 'Petra', email: 'petra@nordwind.example', profiles: ['pdp'] },
    bea: { name: 'Bea', email: 'bea@nordwind.example', profiles: ['blind'] },
  },
} satisfies PolicyDocument
await office.apply('nordwind', DOCUMENT)
const keys = new Map<string, string>()
for (const user of ['petra', 'bea']) {
  const made = await office.asOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user })
  keys.set(user, made.json().key)
}
const keyOf = (user: string) => keys.get(user) ?? office.keyOf(user)

async function send(who: string, url: string, options: InjectOptions = {}): Promise<LightMyRequestResponse> {
  const headers = { authorization: `Bearer ${keyOf(who)}`, 'content-type': 'application/json', ...options.headers }
  return office.network.inject({ method: 'POST', url, ...options, headers })
}
const ask = (who: string, what: string, body: object, headers = {}) =>
  send(who, `/access/v1/${what}`, { body, headers })

const make = async (who: string, body: object): Promise<string> =>
  (await send(who, '/api/v1/records/accounts', { body })).json().id

const own = await make('anna', { name: 'Anna’s', externalId: 'A-1' })
const olli = await make('admin', { name: 'Olli’s', externalId: 'A-2', owner: 'user:olli' })
const binned = await make('admin', { name: 'In the bin', externalId: 'A-3', owner: 'user:anna' })
await office.network.inject({
  method: 'DELETE',
  url: `/api/v1/records/accounts/${binned}`,
  headers: { authorization: `Bearer ${keyOf('admin')}` },
})
const beas = await make('admin', { name: 'Bea’s', externalId: 'B-1', owner: 'user:bea' })

const anna = { type: 'user', id: 'anna' }
const bea = { type: 'user', id: 'bea' }
const read = { name: 'read' }
const account = (id: string) => ({ type: 'accounts', id })
const QUESTION = { subject: anna, action: read, resource: account(own) }
const decisionOf = async (who: string, question: object) => (await ask(who, 'evaluation', question)).json()

describe('an evaluation', () => {
  const CASES: readonly (readonly [string, object, boolean])[] = [
    ['his own record', QUESTION, true],
    ['by external id', { ...QUESTION, resource: account('A-1') }, true],
    ['by an id in capitals', { ...QUESTION, resource: account(own.toUpperCase()) }, true],
    ['an external id to the letter only', { ...QUESTION, resource: account('a-1') }, false],
    [
      'a subject by e-mail address, folded',
      { ...QUESTION, subject: { type: 'user', id: 'ANNA@Nordwind.Example' } },
      true,
    ],
    ['a subject as records name it', { ...QUESTION, subject: { type: 'user', id: 'user:anna' } }, true],
    ['somebody else’s record', { ...QUESTION, resource: account(olli) }, false],
    ['an action that his profiles lack', { ...QUESTION, action: { name: 'delete' } }, false],
    ['an unknown action', { ...QUESTION, action: { name: 'can_read' } }, false],
    ['an action of another name’s sort', { ...QUESTION, action: { name: '__proto__' } }, false],
    ['an unknown subject', { ...QUESTION, subject: { type: 'user', id: 'nobody' } }, false],
    ['another type of subject', { ...QUESTION, subject: { type: 'spaceship', id: 'anna' } }, false],
    ['an unknown module', { ...QUESTION, resource: { type: 'spaceships', id: own } }, false],
    ['a module that every object has', { ...QUESTION, resource: { type: 'constructor', id: own } }, false],
    ['a module that he doesn’t read', { ...QUESTION, resource: { type: 'contacts', id: own } }, false],
    ['an unknown record', { ...QUESTION, resource: account('00000000-0000-7000-8000-000000000000') }, false],
    ['a record in the bin', { ...QUESTION, resource: account(binned) }, false],
    ['a record in the bin by external id', { ...QUESTION, resource: account('A-3') }, false],
    ['SQL as an id', { ...QUESTION, resource: account("' or true --") }, false],
    [
      'a suspended subject',
      { ...QUESTION, subject: { type: 'user', id: 'sam' }, resource: { type: 'module', id: 'accounts' } },
      false,
    ],
    [
      'a subject outside his sign-in windows',
      { ...QUESTION, subject: { type: 'user', id: 'wendy' }, resource: { type: 'module', id: 'accounts' } },
      false,
    ],
    [
      'creating, on the module',
      { subject: anna, action: { name: 'create' }, resource: { type: 'module', id: 'accounts' } },
      true,
    ],
    [
      'importing, on the module',
      { subject: anna, action: { name: 'import' }, resource: { type: 'module', id: 'accounts' } },
      false,
    ],
    [
      'creating, on another module',
      { subject: anna, action: { name: 'create' }, resource: { type: 'module', id: 'deals' } },
      false,
    ],
    ['a field that he may change', { ...QUESTION, action: { name: 'update', properties: { field: 'name' } } }, true],
    ['a masked field', { ...QUESTION, action: { name: 'read', properties: { field: 'phone' } } }, false],
    ['a hidden field', { ...QUESTION, action: { name: 'read', properties: { field: 'taxNumber' } } }, false],
    ['an unknown field', { ...QUESTION, action: { name: 'read', properties: { field: 'nowhere' } } }, false],
    ['reading a system field', { ...QUESTION, action: { name: 'read', properties: { field: 'owner' } } }, true],
    ['changing a system field', { ...QUESTION, action: { name: 'update', properties: { field: 'owner' } } }, false],
    [
      'a field when creating',
      {
        subject: anna,
        action: { name: 'create', properties: { field: 'name' } },
        resource: { type: 'module', id: 'accounts' },
      },
      true,
    ],
    [
      'properties that mean nothing here',
      {
        subject: { ...anna, properties: { role: 'x' } },
        action: { name: 'read', properties: { method: 'GET' } },
        resource: { ...account(own), properties: { status: 1 } },
        foo: 'bar',
      },
      true,
    ],
    ['a context that means nothing here', { ...QUESTION, context: { source: 'door 5', nested: { a: [1] } } }, true],
    ['a time without seconds', { ...QUESTION, context: { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' } }, true],
  ]
  test.each(CASES)('%s', async (_title, question, decision) => {
    const answer = await ask('petra', 'evaluation', question)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.payload).toBe(JSON.stringify({ decision }))
  })

  test('is made under the circumstances that the context gives', async () => {
    const onModule = (user: string, context?: object) => {
      const question = {
        subject: { type: 'user', id: user },
        action: read,
        resource: { type: 'module', id: 'accounts' },
      }
      return decisionOf('petra', { ...question, ...(context && { context }) })
    }
    expect(await onModule('nora')).toEqual({ decision: true })
    expect(await onModule('nora', { ip: '10.1.2.3' })).toEqual({ decision: true })
    expect(await onModule('nora', { ip: '192.0.2.1' })).toEqual({ decision: false })
    const open = new Date(office.parts.now() + TWO_DAYS).toISOString()
    expect(await onModule('wendy', { time: open })).toEqual({ decision: true })
  })

  const MALFORMED: readonly (readonly [string, object])[] = [
    ['no subject', { action: read, resource: account(own) }],
    ['no action', { subject: anna, resource: account(own) }],
    ['no resource', { subject: anna, action: read }],
    ['a subject without type', { ...QUESTION, subject: { id: 'anna' } }],
    ['a subject without id', { ...QUESTION, subject: { type: 'user' } }],
    ['an action without name', { ...QUESTION, action: {} }],
    ['a resource without type', { ...QUESTION, resource: { id: own } }],
    ['a resource without id', { ...QUESTION, resource: { type: 'accounts' } }],
    ['a text for a subject', { ...QUESTION, subject: 'anna' }],
    ['a number for a name', { ...QUESTION, action: { name: 123 } }],
    ['a number for an id', { ...QUESTION, resource: { type: 'accounts', id: 5 } }],
    ['a field that is no text', { ...QUESTION, action: { name: 'read', properties: { field: ['name'] } } }],
    ['properties that are no object', { ...QUESTION, action: { name: 'read', properties: 'name' } }],
    ['a context that is no object', { ...QUESTION, context: 'now' }],
    ['a time that is none', { ...QUESTION, context: { time: 'yesterday' } }],
    ['an address that is none', { ...QUESTION, context: { ip: '10.0.0' } }],
    ['a character that cannot be stored', { ...QUESTION, resource: account('\0') }],
    ['a list', []],
  ]
  test.each(MALFORMED)('%s is refused', async (_title, body) => {
    const answer = await ask('petra', 'evaluation', body, { 'x-request-id': 'r-1' })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({ status: 400, type: 'urn:bailiwick:problem:malformed-request' })
    expect(answer.headers['x-request-id']).toBe('r-1')
  })

  test.each(['evaluation', 'evaluations', 'search/subject', 'search/resource', 'search/action'])(
    'what isn’t JSON is refused with 400 by %s',
    async (what) => {
      const url = `/access/v1/${what}`
      const text = await send('petra', url, {
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify(QUESTION),
      })
      const form = await send('petra', url, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=b',
      })
      const broken = await send('petra', url, { body: '{"subject":' })
      const empty = await send('petra', url, { body: '' })
      const none = await office.network.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${keyOf('petra')}` },
      })
      expect([text, form, broken, empty, none].map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400, 400])
    },
  )

  test('says which request it answers, refusals too', async () => {
    const id = { 'x-request-id': 'bfe9eb29 "quoted" ä' }
    expect((await ask('petra', 'evaluation', QUESTION, id)).headers['x-request-id']).toBe(id['x-request-id'])
    expect((await ask('nobody', 'evaluation', QUESTION, id)).headers['x-request-id']).toBe(id['x-request-id'])
    expect((await ask('petra', 'evaluation', QUESTION)).headers['x-request-id']).toBeUndefined()
  })
})

describe('who asks', () => {
  const others = { ...QUESTION, subject: { type: 'user', id: 'olli' }, resource: account(olli) }

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
    expect(await decisionOf('anna', { ...QUESTION, resource: account(olli) })).toEqual({ decision: false })
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
      expect(await about(olli)).toEqual({ decision: false })
      expect(await about(missing)).toEqual({ decision: false })
      expect(await about(binned)).toEqual({ decision: false })
    }
    const actions = async (id: string) =>
      (await ask('anna', 'search/action', { subject: anna, resource: account(id) })).json()
    expect(await actions(olli)).toEqual({ results: [], page: { next_token: '', count: 0 } })
    expect(await actions(missing)).toEqual(await actions(olli))
    expect((await actions(own)).results).toEqual([{ name: 'create' }, { name: 'read' }, { name: 'update' }])
  })

  test('names records by external id only where he may read it', async () => {
    const about = (id: string) => ({ subject: bea, action: read, resource: account(id) })
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
})

describe('a batch', () => {
  const evaluations = async (who: string, body: object) => (await ask(who, 'evaluations', body)).json()
  const items = [{ resource: account(own) }, { resource: account(olli) }, { resource: account('A-1') }]
  const defaults = { subject: anna, action: read }
  const yes = { decision: true }
  const no = { decision: false }

  test.each([
    [undefined, [yes, no, yes]],
    ['execute_all', [yes, no, yes]],
    ['deny_on_first_deny', [yes, no]],
    ['permit_on_first_permit', [yes]],
  ])('under %s', async (semantic, expected) => {
    const options = semantic === undefined ? {} : { options: { evaluations_semantic: semantic, another: 1 } }
    expect(await evaluations('petra', { ...defaults, evaluations: items, ...options })).toEqual({
      evaluations: expected,
    })
  })

  test('gives every decision where none ends it early', async () => {
    const all = (semantic: string, list: readonly object[]) =>
      evaluations('petra', { ...defaults, evaluations: list, options: { evaluations_semantic: semantic } })
    expect(await all('deny_on_first_deny', [items[0] ?? {}, items[2] ?? {}])).toEqual({ evaluations: [yes, yes] })
    expect(await all('permit_on_first_permit', [items[1] ?? {}, {}])).toEqual({ evaluations: [no, no] })
    expect(await all('deny_on_first_deny', [{}, items[0] ?? {}])).toEqual({ evaluations: [no] })
  })

  test('answers a bad item with no, in its place', async () => {
    const bad = [{}, null, 'x', 5, [], { resource: 'x' }, { resource: { type: 'accounts' } }, { action: {} }]
    const odd = [
      { resource: account(own), context: { time: 'never' } },
      { resource: account(own), subject: null },
    ]
    const list = [items[0], ...bad, ...odd, items[2]]
    const expected = list.map((_item, index) => ({ decision: index === 0 || index === list.length - 1 }))
    expect(await evaluations('petra', { ...defaults, evaluations: list })).toEqual({ evaluations: expected })
  })

  test('replaces a default whole', async () => {
    const body = {
      subject: anna,
      action: { name: 'read', properties: { field: 'taxNumber' } },
      resource: { type: 'accounts' },
    }
    const list = [
      { resource: account(own) },
      { resource: account(own), action: read },
      { resource: { id: own }, action: read },
      { action: read },
    ]
    expect(await evaluations('petra', { ...body, evaluations: list })).toEqual({ evaluations: [no, yes, no, no] })
  })

  test('takes a context that an item doesn’t bring from the defaults', async () => {
    const nora = { subject: { type: 'user', id: 'nora' }, action: read, resource: { type: 'module', id: 'accounts' } }
    const list = [{}, { context: { ip: '10.0.0.1' } }, { context: {} }]
    expect(await evaluations('petra', { ...nora, context: { ip: '192.0.2.1' }, evaluations: list })).toEqual({
      evaluations: [no, yes, yes],
    })
  })

  test('answers for others with no where he doesn’t manage access', async () => {
    const list = [{ resource: account(own) }, { subject: { type: 'user', id: 'olli' }, resource: account(olli) }]
    expect(await evaluations('anna', { ...defaults, evaluations: list })).toEqual({ evaluations: [yes, no] })
    expect(await evaluations('petra', { ...defaults, evaluations: list })).toEqual({ evaluations: [yes, yes] })
  })

  test('without evaluations is one evaluation', async () => {
    expect(await evaluations('petra', QUESTION)).toEqual(yes)
    expect(await evaluations('petra', { ...QUESTION, evaluations: [] })).toEqual(yes)
    expect((await ask('petra', 'evaluations', { ...defaults })).statusCode).toBe(400)
    expect((await ask('anna', 'evaluations', { ...QUESTION, subject: { type: 'user', id: 'olli' } })).statusCode).toBe(
      403,
    )
  })

  test.each([
    ['an unknown semantic', { ...defaults, evaluations: items, options: { evaluations_semantic: 'any' } }],
    ['evaluations that are no list', { ...defaults, evaluations: { 0: items[0] } }],
    ['a default that is no object', { ...defaults, subject: 'anna', evaluations: items }],
    ['a default of another shape', { ...defaults, action: { name: 1 }, evaluations: items }],
    ['too many evaluations', { ...defaults, evaluations: Array.from({ length: 1_001 }, () => ({})) }],
  ])('%s is refused', async (_title, body) => {
    expect((await ask('petra', 'evaluations', body)).statusCode).toBe(400)
  })

  test('of a thousand, of many people, keeps its order', async () => {
    const people = ['anna', 'olli', 'petra', 'nora', 'admin', 'bea', 'sam', 'wendy', 'nobody']
    const modules = ['accounts', 'contacts', 'deals']
    const list = Array.from({ length: 1_000 }, (_none, index) => ({
      subject: { type: 'user', id: people[index % people.length] },
      resource: { type: modules[(index >> 2) % modules.length], id: index % 2 === 0 ? own : 'A-1' },
      ...(index % 5 === 0 && { context: { time: new Date(office.parts.now() - (index % 7) * 1_000).toISOString() } }),
    }))
    const readers = new Set(['anna', 'admin'])
    const expected = list.map(({ subject, resource }) => ({
      decision: readers.has(subject.id ?? '') && resource.type === 'accounts',
    }))
    expect(await evaluations('petra', { action: read, evaluations: list })).toEqual({ evaluations: expected })
  })
})

describe('the metadata', () => {
  test('says where the server listens, whatever the Host header says', async () => {
    const spoofed = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-request-id': 'm-1' }
    const answer = await office.network.inject({ url: '/.well-known/authzen-configuration', headers: spoofed })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['x-request-id']).toBe('m-1')
    const address = `http://127.0.0.1:${office.parts.config.port}`
    expect(answer.json()).toEqual({
      policy_decision_point: address,
      access_evaluation_endpoint: `${address}/access/v1/evaluation`,
      access_evaluations_endpoint: `${address}/access/v1/evaluations`,
      search_subject_endpoint: `${address}/access/v1/search/subject`,
      search_resource_endpoint: `${address}/access/v1/search/resource`,
      search_action_endpoint: `${address}/access/v1/search/action`,
    })
  })
})

test('a decision follows a change of the policy at once', async () => {
  const before = await decisionOf('petra', QUESTION)
  const users = { ...DOCUMENT.users, anna: { profiles: ['sales'], status: 'suspended' as const } }
  await office.apply('nordwind', { ...DOCUMENT, users })
  const suspended = await decisionOf('petra', QUESTION)
  await office.apply('nordwind', DOCUMENT)
  expect([before, suspended, await decisionOf('petra', QUESTION)]).toEqual([
    { decision: true },
    { decision: false },
    { decision: true },
  ])
})
