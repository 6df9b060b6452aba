import { expect, test } from 'vitest'
import { ANNA, account, askingOffice, DOCUMENT, READ, TWO_DAYS } from './asking-fixture.ts'

const { office, ask, send, keyOf, decisionOf, make, own, ollis, binned } = await askingOffice()
const QUESTION = { subject: ANNA, action: READ, resource: account(own) }

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
  ['somebody else’s record', { ...QUESTION, resource: account(ollis) }, false],
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
    { subject: ANNA, action: { name: 'create' }, resource: { type: 'module', id: 'accounts' } },
    true,
  ],
  [
    'importing, on the module',
    { subject: ANNA, action: { name: 'import' }, resource: { type: 'module', id: 'accounts' } },
    false,
  ],
  [
    'creating, on another module',
    { subject: ANNA, action: { name: 'create' }, resource: { type: 'module', id: 'deals' } },
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
      subject: ANNA,
      action: { name: 'create', properties: { field: 'name' } },
      resource: { type: 'module', id: 'accounts' },
    },
    true,
  ],
  [
    'properties that mean nothing here',
    {
      subject: { ...ANNA, properties: { role: 'x' } },
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

test('an id goes before an external id that is the same, even that of a record in the bin', async () => {
  await make('admin', { name: 'Called as Anna’s', externalId: own, owner: 'user:olli' })
  await make('anna', { name: 'Called as Olli’s', externalId: ollis })
  await make('anna', { name: 'Called as what is in the bin', externalId: binned })
  const [ids, expected] = [[own, ollis, binned], [true, false, false].map((decision) => ({ decision }))]
  const each = await Promise.all(ids.map((id) => decisionOf('petra', { ...QUESTION, resource: account(id) })))
  const evaluations = ids.map((id) => ({ resource: account(id) }))
  const together = await ask('petra', 'evaluations', { subject: ANNA, action: READ, evaluations })
  expect([each, together.json().evaluations]).toEqual([expected, expected])
})

test('is made under the circumstances that the context gives', async () => {
  const onModule = (user: string, context?: object) => {
    const question = {
      subject: { type: 'user', id: user },
      action: READ,
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
  ['no subject', { action: READ, resource: account(own) }],
  ['no action', { subject: ANNA, resource: account(own) }],
  ['no resource', { subject: ANNA, action: READ }],
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

test('what is wrong is told with its place and what would be right, as everywhere', async () => {
  const told = async (about: string, body: object) => {
    const { errors } = (await ask('petra', about, body)).json<{ errors: { path: string; message: string }[] }>()
    return Object.fromEntries(errors.map(({ path, message }) => [path, message]))
  }
  expect(await told('evaluation', { subject: { type: 'user' }, action: { name: 123 }, resource: 'accounts' })).toEqual({
    '/subject/id': 'is required',
    '/action/name': 'must be a text',
    '/resource': 'must be an object',
  })
  expect(await told('evaluations', { subject: { type: 'user' }, action: READ })).toEqual({
    '/subject/id': 'is required',
    '/resource': 'is required',
  })
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
