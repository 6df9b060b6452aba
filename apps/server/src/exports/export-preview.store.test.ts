import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, describe, expect, it, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createFileOffice } from './office-fixture.ts'

const { database, createOrganization } = await testDatabase()
const ALL = ['create', 'read', 'update', 'import', 'export'] as const
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: {
    sales: { modules: { accounts: { actions: ALL, fields: { taxNumber: 'hidden', phone: 'masked' } } } },
    reader: { modules: { accounts: { actions: ['read'] } } },
  },
  users: { ada: { profiles: ['administrator'] }, mikko: { profiles: ['sales'] }, rita: { profiles: ['reader'] } },
  sharingRules: {
    nordics: {
      module: 'accounts',
      with: ['everyone'],
      when: { field: 'country', op: 'eq', value: 'FI' },
      level: 'read',
    },
  },
}
const office = await createFileOffice(database, await createOrganization(), DOCUMENT)
afterAll(() => office.close())
const { ask, settled, importText, actor } = office
await importText(actor('ada'), 'accounts', 'externalId,name,country\na1,A,FI\na2,B,FI\na3,C,SE\n')
const preview = (user: string, body: object) => ask(user, 'POST', '/exports/preview', { module: 'accounts', ...body })

describe('before records are taken out', () => {
  it('it is said what would be in: the records that he sees, masked fields named, hidden ones nowhere', async () => {
    const seen = await preview('mikko', { filter: { field: 'country', op: 'in', value: ['FI', 'SE'] } })
    expect(seen.statusCode).toBe(200)
    const { count, fields, leftOut } = seen.json()
    expect(count).toEqual({ value: 2, exact: true })
    expect(leftOut).toMatchObject([{ field: 'phone', reason: 'masked' }])
    expect(fields.find((one: { field: string }) => one.field === 'phone').masked).toBe(true)
    expect(seen.payload).not.toContain('taxNumber')
    expect((await preview('ada', {})).json()).toMatchObject({ count: { value: 3 }, leftOut: [] })
  })

  it('it is what the file then holds', async () => {
    const { fields } = (await preview('mikko', { fields: ['name', 'phone'] })).json()
    const begun = await ask('mikko', 'POST', '/exports', {
      module: 'accounts',
      format: 'csv',
      fields: ['name', 'phone'],
    })
    const { file } = await settled('mikko', begun)
    const { payload } = await ask('mikko', 'GET', file.replace('/api/v1', ''))
    expect(payload.split('\r\n')[0]).toBe(`\uFEFF${fields.map((one: { field: string }) => one.field).join()}`)
  })

  test.each([
    ['rita', {}, 403],
    ['mikko', { module: 'deals' }, 404],
    ['mikko', { module: 'nowhere' }, 404],
    ['mikko', { fields: ['taxNumber'] }, 422],
    ['mikko', { filter: { field: 'phone', op: 'eq', value: '1' } }, 422],
    ['mikko', { format: 'csv' }, 422],
  ])('%s asks for %j: %i', async (user, body, status) => {
    expect((await preview(user, body)).statusCode).toBe(status)
  })
})

describe('the list of one’s exports', () => {
  it('holds his own, newest first, a page at a time', async () => {
    for (const format of ['csv', 'jsonl', 'xlsx']) {
      await settled('ada', await ask('ada', 'POST', '/exports', { module: 'accounts', format }))
    }
    const first = (await ask('ada', 'GET', '/exports?limit=2')).json()
    expect(first.items).toMatchObject([
      { module: 'accounts', format: 'xlsx', state: 'done', records: 3 },
      { format: 'jsonl' },
    ])
    expect((await ask('ada', 'GET', first.items[1].file.replace('/api/v1', ''))).statusCode).toBe(200)
    const second = (await ask('ada', 'GET', `/exports?limit=2&cursor=${first.next}`)).json()
    expect([second.items.map((one: { format: string }) => one.format), second.next]).toEqual([['csv'], null])
    expect((await ask('rita', 'GET', '/exports')).json()).toEqual({ items: [], next: null })
  })

  it('names no module that he may not export any more', async () => {
    const { sales: _sales, ...profiles } = DOCUMENT.profiles ?? {}
    await office.apply({ ...DOCUMENT, profiles: { ...profiles, sales: { modules: { contacts: { actions: ALL } } } } })
    expect((await ask('mikko', 'GET', '/exports')).json().items).toEqual([])
    await office.apply(DOCUMENT)
    expect((await ask('mikko', 'GET', '/exports')).json().items).toHaveLength(1)
  })

  test.each(['limit=0', 'limit=x', 'x=1', `cursor=${'a'.repeat(81)}`])('?%s is refused', async (query) => {
    expect((await ask('ada', 'GET', `/exports?${query}`)).statusCode).toBe(422)
  })
})
