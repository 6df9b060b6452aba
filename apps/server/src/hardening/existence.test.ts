import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { describe, expect, test } from 'vitest'
import { type DescribedRoute, describedRoutes } from './described-routes.ts'
import { laySiege, type Person } from './siege.ts'
import { IDS } from './siege-records.ts'
import { watchStatements } from './watched-statements.ts'

/** What isn't there and what may not be seen answer alike, in everything that can be told apart from outside or by its time. */

const watched = watchStatements()
const siege = await laySiege()

interface Question {
  readonly name: string
  readonly ask: (id: string, module: string) => InjectOptions
}

const get = (name: string, path: (id: string, module: string) => string): Question => ({
  name: `GET ${name}`,
  ask: (id, module) => ({ method: 'GET', url: path(id, module) }),
})
const send = (
  method: 'POST' | 'PATCH' | 'DELETE',
  name: string,
  path: (id: string, module: string) => string,
  body?: (id: string, module: string) => object,
  headers?: Record<string, string>,
): Question => ({
  name: `${method} ${name}`,
  ask: (id, module) => ({
    method,
    url: path(id, module),
    ...(body && { body: body(id, module) }),
    ...(headers && { headers }),
  }),
})

const at = (rest: string) => (id: string, module: string) => `/api/v1/records/${module}/${id}${rest}`
const subject = { type: 'user', id: 'anna' }

/** Everything that can be asked about one record. */
const ABOUT_RECORDS: readonly Question[] = [
  get('record', at('')),
  get('comments', at('/comments')),
  get('history', at('/history')),
  get('related', at('/related')),
  get('shares', at('/shares')),
  get('explain', at('/explain')),
  get('explain of an action', at('/explain?action=delete')),
  get('explain of a field', at('/explain?action=update&field=name')),
  get('explain of a hidden field', at('/explain?action=update&field=secret')),
  get('explain of somebody else', at('/explain?user=omar')),
  get('audience', at('/audience')),
  send('PATCH', 'record', at(''), () => ({ notes: 'a' })),
  send('PATCH', 'record at a version', at(''), () => ({ notes: 'a' }), { 'if-match': '"9"' }),
  send('PATCH', 'record with what it has none of', at(''), () => ({ nothingLikeIt: 'a' })),
  send('PATCH', 'record with a taken value', at(''), () => ({ code: 'A-1' })),
  send('DELETE', 'record', at('')),
  send('DELETE', 'record at a version', at(''), undefined, { 'if-match': '"9"' }),
  send('POST', 'restore', at('/restore')),
  send('POST', 'transfer', at('/transfer'), () => ({ owner: 'user:anna' })),
  send('POST', 'transfer to nobody', at('/transfer'), () => ({ owner: 'user:nobody' })),
  send('POST', 'confidential', at('/confidential'), () => ({ confidential: true })),
  send('POST', 'shares', at('/shares'), () => ({ with: 'user:anna', level: 'read' })),
  send('POST', 'shares with nobody', at('/shares'), () => ({ with: 'user:nobody', level: 'read' })),
  send('DELETE', 'shares', at('/shares?with=user:anna')),
  send('POST', 'comments', at('/comments'), () => ({ text: 'a' })),
  send(
    'POST',
    'share many',
    (_id, module) => `/api/v1/records/${module}/shares`,
    (id) => ({
      ids: [id],
      grants: [{ with: 'user:anna', level: 'read' }],
    }),
  ),
  get('list by id', (id, module) => `/api/v1/records/${module}?filter=${filter({ field: 'id', op: 'eq', value: id })}`),
  send(
    'POST',
    'evaluation',
    () => '/access/v1/evaluation',
    (id, module) => ({
      subject,
      action: { name: 'read' },
      resource: { type: module, id },
    }),
  ),
  send(
    'POST',
    'evaluation of a field',
    () => '/access/v1/evaluation',
    (id, module) => ({
      subject,
      action: { name: 'update', properties: { field: 'name' } },
      resource: { type: module, id },
    }),
  ),
  send(
    'POST',
    'evaluations',
    () => '/access/v1/evaluations',
    (id, module) => ({
      subject,
      action: { name: 'read' },
      evaluations: [{ resource: { type: module, id } }, { resource: { type: module, id }, action: { name: 'delete' } }],
    }),
  ),
  send(
    'POST',
    'search of actions',
    () => '/access/v1/search/action',
    (id, module) => ({
      subject,
      resource: { type: module, id },
    }),
  ),
  send(
    'POST',
    'search of subjects',
    () => '/access/v1/search/subject',
    (id, module) => ({
      subject: { type: 'user' },
      action: { name: 'read' },
      resource: { type: module, id },
    }),
  ),
]

function filter(condition: object): string {
  return encodeURIComponent(JSON.stringify(condition))
}

const UNSEEN: readonly {
  readonly what: string
  readonly module: string
  readonly id: string
  readonly by: readonly Person[]
}[] = [
  { what: 'somebody else’s', module: 'things', id: IDS.hiddenThing, by: ['anna', 'page', 'nils'] },
  { what: 'a confidential', module: 'things', id: IDS.confidentialThing, by: ['anna', 'omar'] },
  { what: 'a deleted', module: 'things', id: IDS.deletedThing, by: ['anna', 'omar'] },
  { what: 'another module’s', module: 'things', id: IDS.account, by: ['anna', 'admin'] },
  { what: 'another organization’s', module: 'accounts', id: IDS.south, by: ['admin', 'anna'] },
  { what: 'somebody else’s', module: 'accounts', id: IDS.hiddenAccount, by: ['anna'] },
]

describe.each(ABOUT_RECORDS)('$name', ({ ask }) => {
  test.each(UNSEEN.flatMap(({ by, ...record }) => by.map((person) => ({ ...record, person }))))(
    'is answered to $person of $what record in $module as of none',
    async ({ person, module, id }) => {
      // So that neither pays for what is read once: who a key lets in is remembered from the second time on.
      for (let times = 0; times < 2; times++) await asked(person, ask(IDS.missing, module))
      const missing = await asked(person, ask(IDS.missing, module))
      const unseen = await asked(person, ask(id, module))
      expect(unseen.answer).toEqual(alike(missing.answer, IDS.missing, id))
      expect(unseen.statements).toEqual(missing.statements)
      expect(unseen.statements.length).toBeGreaterThan(0)
    },
  )
})

test('every route that names a record is asked about one', async () => {
  const routes = (await describedRoutes(siege.network)).filter(({ path }) => /\{module\}.*\{id\}/.test(path))
  const requests = ABOUT_RECORDS.map(({ ask }) => ask(IDS.thing, 'things'))
  const isAsked = ({ method, path }: DescribedRoute) =>
    requests.some((request) => {
      const url = String(request.url).replace(/\?.*$/, '')
      return request.method === method && url === path.replace('{module}', 'things').replace('{id}', IDS.thing)
    })
  expect(routes.length).toBeGreaterThan(10)
  expect(routes.filter((route) => !isAsked(route)).map(({ name }) => name)).toEqual([])
})

const ABOUT_MODULES: readonly Question[] = [
  get('list', (_id, module) => `/api/v1/records/${module}`),
  get(
    'list with a filter',
    (_id, module) => `/api/v1/records/${module}?filter=${filter({ field: 'name', op: 'eq', value: 'a' })}`,
  ),
  get('bin', (_id, module) => `/api/v1/records/${module}?deleted=true`),
  get('record', at('')),
  get('module', (_id, module) => `/api/v1/modules/${module}`),
  send('PATCH', 'record', at(''), () => ({ name: 'a' })),
  send(
    'POST',
    'record',
    (_id, module) => `/api/v1/records/${module}`,
    () => ({ name: 'a' }),
  ),
  send(
    'POST',
    'record that lacks something',
    (_id, module) => `/api/v1/records/${module}`,
    () => ({}),
  ),
  send(
    'POST',
    'aggregate',
    (_id, module) => `/api/v1/records/${module}/aggregate`,
    () => ({ measures: [{ op: 'count' }] }),
  ),
  send(
    'POST',
    'mass',
    (_id, module) => `/api/v1/records/${module}/mass`,
    (id) => ({ ids: [id], set: { name: 'a' } }),
  ),
  send(
    'POST',
    'mass by filter',
    (_id, module) => `/api/v1/records/${module}/mass`,
    () => ({ filter: { all: [] }, set: { name: 'a' } }),
  ),
  send(
    'POST',
    'share many',
    (_id, module) => `/api/v1/records/${module}/shares`,
    (id) => ({
      ids: [id],
      grants: [{ with: 'user:anna', level: 'read' }],
    }),
  ),
  send(
    'POST',
    'export',
    () => '/api/v1/exports',
    (_id, module) => ({ module, format: 'csv' }),
  ),
  send(
    'POST',
    'evaluation',
    () => '/access/v1/evaluation',
    (id, module) => ({
      subject,
      action: { name: 'read' },
      resource: { type: module, id },
    }),
  ),
  send(
    'POST',
    'evaluation of the module',
    () => '/access/v1/evaluation',
    (_id, module) => ({
      subject,
      action: { name: 'create' },
      resource: { type: 'module', id: module },
    }),
  ),
  send(
    'POST',
    'search of resources',
    () => '/access/v1/search/resource',
    (_id, module) => ({
      subject,
      action: { name: 'read' },
      resource: { type: module },
    }),
  ),
  send('POST', 'import', () => '/api/v1/imports', undefined),
]

describe.each(ABOUT_MODULES)('$name', ({ name, ask }) => {
  test.each(['anna', 'omar', 'nils'] as const)(
    'is answered to %s of a module that is not his as of none',
    async (person) => {
      const question = (module: string) => (name === 'POST import' ? upload(module) : ask(IDS.vault, module))
      await asked(person, question('nowhere'))
      const missing = await asked(person, question('nowhere'))
      const unseen = await asked(person, question('cnryVault'))
      expect(unseen.answer).toEqual(alike(missing.answer, 'nowhere', 'cnryVault'))
      expect(unseen.statements).toEqual(missing.statements)
    },
  )
})

const things = '/api/v1/records/things'
const ABOUT_FIELDS: readonly { readonly name: string; readonly ask: (field: string) => InjectOptions }[] = [
  { name: 'filter', ask: (field) => ({ url: `${things}?filter=${filter({ field, op: 'eq', value: 'a' })}` }) },
  {
    name: 'filter of another type',
    ask: (field) => ({ url: `${things}?filter=${filter({ field, op: 'gt', value: 1 })}` }),
  },
  {
    name: 'filter for emptiness',
    ask: (field) => ({ url: `${things}?filter=${filter({ not: { field, op: 'isEmpty' } })}` }),
  },
  {
    name: 'filter against one’s own',
    ask: (field) => ({ url: `${things}?filter=${filter({ field, op: 'eq', value: { user: 'region' } })}` }),
  },
  { name: 'sort', ask: (field) => ({ url: `${things}?sort=-${field}` }) },
  { name: 'fields', ask: (field) => ({ url: `${things}?fields=name,${field}` }) },
  { name: 'groups', ask: (field) => ({ method: 'POST', url: `${things}/aggregate`, body: { groupBy: [field] } }) },
  {
    name: 'periods',
    ask: (field) => ({ method: 'POST', url: `${things}/aggregate`, body: { groupBy: [{ field, by: 'month' }] } }),
  },
  {
    name: 'measures',
    ask: (field) => ({ method: 'POST', url: `${things}/aggregate`, body: { measures: [{ op: 'max', field }] } }),
  },
  { name: 'creating', ask: (field) => ({ method: 'POST', url: things, body: { name: 'a', [field]: 'a' } }) },
  { name: 'changing', ask: (field) => ({ method: 'PATCH', url: `${things}/${IDS.thing}`, body: { [field]: 'a' } }) },
  { name: 'emptying', ask: (field) => ({ method: 'PATCH', url: `${things}/${IDS.thing}`, body: { [field]: null } }) },
  {
    name: 'changing many',
    ask: (field) => ({ method: 'POST', url: `${things}/mass`, body: { ids: [IDS.thing], set: { [field]: 'a' } } }),
  },
  {
    name: 'choosing many',
    ask: (field) => ({
      method: 'POST',
      url: `${things}/mass`,
      body: { filter: { field, op: 'eq', value: 'a' }, set: { notes: 'a' } },
    }),
  },
  { name: 'explaining', ask: (field) => ({ url: `${things}/${IDS.thing}/explain?action=update&field=${field}` }) },
  {
    name: 'evaluating',
    ask: (field) => ({
      method: 'POST',
      url: '/access/v1/evaluation',
      body: { subject, action: { name: 'update', properties: { field } }, resource: { type: 'things', id: IDS.thing } },
    }),
  },
  {
    name: 'exporting',
    ask: (field) => ({
      method: 'POST',
      url: '/api/v1/exports',
      body: { module: 'things', format: 'csv', fields: ['name', field] },
    }),
  },
  {
    name: 'exporting by it',
    ask: (field) => ({
      method: 'POST',
      url: '/api/v1/exports',
      body: { module: 'things', format: 'csv', filter: { field, op: 'eq', value: 'a' } },
    }),
  },
  {
    name: 'exporting in its order',
    ask: (field) => ({
      method: 'POST',
      url: '/api/v1/exports',
      body: { module: 'things', format: 'csv', sort: field },
    }),
  },
  { name: 'importing into it', ask: (field) => upload('things', { columns: { name: 'name', other: field } }) },
  { name: 'importing a default', ask: (field) => upload('things', { defaults: { [field]: 'a' } }) },
  { name: 'importing by it', ask: (field) => upload('things', { key: field }) },
]

describe.each(ABOUT_FIELDS)('a hidden field in $name', ({ ask }) => {
  test.each(['secret', 'cnryShade'])('is one that is not there: %s', async (hidden) => {
    const none = 'nothingLikeIt'
    const missing = await asked('anna', ask(none))
    const unseen = await asked('anna', ask(hidden))
    expect(missing.answer.status).toBe(missing.answer.status === 200 ? 200 : 422)
    expect(unseen.answer).toEqual(alike(missing.answer, none, hidden))
  })
})

test('a record that may not be seen is none as the target of a lookup', async () => {
  const make = (account: string) => ({ method: 'POST', url: things, body: { name: 'a', account } }) as const
  const missing = await asked('anna', make(IDS.missing))
  expect(missing.answer.status).toBe(422)
  for (const id of [IDS.hiddenAccount, IDS.south, IDS.thing]) {
    const unseen = await asked('anna', make(id))
    expect(unseen.answer).toEqual(missing.answer)
    expect(unseen.statements).toEqual(missing.statements)
  }
})

function upload(module: string, mapping: object = {}): InjectOptions {
  const field = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname,other\r\na,b\r\n\r\n--b--\r\n'
  const payload = field('module', module) + field('mapping', JSON.stringify(mapping)) + file
  return {
    method: 'POST',
    url: '/api/v1/imports',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload,
  }
}

/** Differ from one request to the next, whatever is asked. */
const CHANGING_HEADERS = ['date', 'x-request-id', 'x-ratelimit-remaining', 'x-ratelimit-reset']

interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

async function asked(person: Person, question: InjectOptions) {
  const headers = { ...siege.credentials(person), ...question.headers }
  const { result: answer, statements } = await watched(() => siege.network.inject({ ...question, headers }))
  await siege.settle()
  return { answer: told(answer), statements }
}

function told({ statusCode, headers, payload }: LightMyRequestResponse): Told {
  const kept = Object.entries(headers).filter(([name]) => !CHANGING_HEADERS.includes(name))
  return { status: statusCode, headers: Object.fromEntries(kept), body: payload }
}

/** The answer, where it repeats what was asked for, as if that had been the other. */
function alike(answer: Told, from: string, to: string): Told {
  const body = answer.body.replaceAll(from, to)
  const length = Buffer.byteLength(body)
  const headers =
    'content-length' in answer.headers ? { ...answer.headers, 'content-length': String(length) } : answer.headers
  return { ...answer, body, headers }
}
