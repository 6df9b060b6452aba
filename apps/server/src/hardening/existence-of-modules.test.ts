import { describe, expect, test } from 'vitest'
import { alike, askedSiege, at, filter, get, type Question, send, subject, upload } from './existence-fixture.ts'
import { IDS } from './siege-records.ts'

/** What isn't there and what may not be seen answer alike, in everything that can be told apart from outside or by its time. */

const { asked } = await askedSiege()

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
  send('POST', 'presence', at('/presence'), () => ({ editing: false })),
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
    'duplicates',
    (_id, module) => `/api/v1/records/${module}/duplicates`,
    () => ({ values: { name: 'a' } }),
  ),
  get('search', (_id, module) => `/api/v1/search?q=a&modules=${module}`),
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
    'preview of an export',
    () => '/api/v1/exports/preview',
    (_id, module) => ({ module }),
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
      // So that neither pays for what is read once: who a key lets in is remembered from the second time on.
      for (let times = 0; times < 2; times++) await asked(person, question('nowhere'))
      const missing = await asked(person, question('nowhere'))
      const unseen = await asked(person, question('cnryVault'))
      expect(unseen.answer).toEqual(alike(missing.answer, 'nowhere', 'cnryVault'))
      expect(unseen.statements).toEqual(missing.statements)
    },
  )
})
