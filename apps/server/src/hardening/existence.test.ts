import { describe, expect, test } from 'vitest'
import { type DescribedRoute, describedRoutes } from './described-routes.ts'
import { alike, askedSiege, at, filter, get, type Question, send, subject } from './existence-fixture.ts'
import type { Person } from './siege.ts'
import { IDS } from './siege-records.ts'

/** What isn't there and what may not be seen answer alike, in everything that can be told apart from outside or by its time. */

const { asked, siege } = await askedSiege()

/** Everything that can be asked about one record. */
const ABOUT_RECORDS: readonly Question[] = [
  get('record', at('')),
  get('field of a record', at('?fields=name')),
  get('hidden field of a record', at('?fields=name,secret')),
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
  get('page of an audience', at('/audience?limit=1')),
  get('page of comments', at('/comments?limit=1')),
  get('timeline', at('/timeline')),
  get('timeline of some kinds', at('/timeline?kinds=activity,file&limit=2')),
  get('files', at('/files')),
  send('POST', 'file', at('/files'), undefined, { 'content-type': 'multipart/form-data; boundary=b' }),
  send('PATCH', 'comment', at(`/comments/${IDS.missing}`), () => ({ text: 'a' })),
  send('DELETE', 'comment', at(`/comments/${IDS.missing}`)),
  send('POST', 'undo', at('/undo'), () => ({ version: 1 })),
  send('POST', 'undo of another version', at('/undo'), () => ({ version: 9 })),
  get('access', at('/access')),
  get('whom one can mention', at('/mentionable?q=a')),
  send('POST', 'preview of a share', at('/access/preview'), () => ({ share: { with: 'user:anna', level: 'read' } })),
  send('POST', 'preview of no share', at('/access/preview'), () => ({ unshare: { with: 'user:omar' } })),
  send('POST', 'preview of a transfer', at('/access/preview'), () => ({ transfer: { owner: 'user:nobody' } })),
  send('POST', 'preview of confidence', at('/access/preview'), () => ({ confidential: true })),
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
  send('POST', 'break-glass', at('/break-glass'), () => ({ reason: 'An emergency', minutes: 30 })),
  send('POST', 'comments', at('/comments'), () => ({ text: 'a' })),
  send('POST', 'presence', at('/presence'), () => ({ editing: false })),
  send('POST', 'presence of who edits', at('/presence'), () => ({ editing: true })),
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
      const asked = path.replace('{module}', 'things').replace('{id}', IDS.thing).replace('{commentId}', IDS.missing)
      return request.method === method && url === asked
    })
  expect(routes.length).toBeGreaterThan(10)
  expect(routes.filter((route) => !isAsked(route)).map(({ name }) => name)).toEqual([])
})

const things = '/api/v1/records/things'

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
