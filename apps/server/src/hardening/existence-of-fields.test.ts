import type { InjectOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import { alike, askedSiege, filter, subject, upload } from './existence-fixture.ts'
import { IDS } from './siege-records.ts'

/** What isn't there and what may not be seen answer alike, in everything that can be told apart from outside or by its time. */

const { asked } = await askedSiege()

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
  { name: 'fields of a record', ask: (field) => ({ url: `${things}/${IDS.thing}?fields=name,${field}` }) },
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
  {
    name: 'asking what an export would hold',
    ask: (field) => ({
      method: 'POST',
      url: '/api/v1/exports/preview',
      body: { module: 'things', fields: ['name', field] },
    }),
  },
  {
    name: 'asking how many it would export',
    ask: (field) => ({
      method: 'POST',
      url: '/api/v1/exports/preview',
      body: { module: 'things', filter: { field, op: 'eq', value: 'a' } },
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
