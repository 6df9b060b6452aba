import { expect, test } from 'vitest'
import { ANNA, account, askingOffice, READ } from './asking-fixture.ts'

const { office, ask, own, ollis } = await askingOffice()
const QUESTION = { subject: ANNA, action: READ, resource: account(own) }

const evaluations = async (who: string, body: object) => (await ask(who, 'evaluations', body)).json()
const items = [{ resource: account(own) }, { resource: account(ollis) }, { resource: account('A-1') }]
const defaults = { subject: ANNA, action: READ }
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
    subject: ANNA,
    action: { name: 'read', properties: { field: 'taxNumber' } },
    resource: { type: 'accounts' },
  }
  const list = [
    { resource: account(own) },
    { resource: account(own), action: READ },
    { resource: { id: own }, action: READ },
    { action: READ },
  ]
  expect(await evaluations('petra', { ...body, evaluations: list })).toEqual({ evaluations: [no, yes, no, no] })
})

test('takes a context that an item doesn’t bring from the defaults', async () => {
  const nora = { subject: { type: 'user', id: 'nora' }, action: READ, resource: { type: 'module', id: 'accounts' } }
  const list = [{}, { context: { ip: '10.0.0.1' } }, { context: {} }]
  expect(await evaluations('petra', { ...nora, context: { ip: '192.0.2.1' }, evaluations: list })).toEqual({
    evaluations: [no, yes, yes],
  })
})

test('answers for others with no where he doesn’t manage access', async () => {
  const list = [{ resource: account(own) }, { subject: { type: 'user', id: 'olli' }, resource: account(ollis) }]
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
  expect(await evaluations('petra', { action: READ, evaluations: list })).toEqual({ evaluations: expected })
})
