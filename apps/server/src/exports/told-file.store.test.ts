import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createFileOffice } from './office-fixture.ts'

/** What one's exports are said to have: the address of a file only while it would be given out. */

const { database, createOrganization } = await testDatabase()
const ALL = ['create', 'read', 'update', 'import', 'export', 'mass'] as const
const documentOf = (fields: Readonly<Record<string, 'hidden' | 'masked'>>): PolicyDocument => ({
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: { sales: { modules: { accounts: { actions: ALL, fields } } } },
  users: { ada: { profiles: ['administrator'] }, mikko: { profiles: ['sales'] } },
})
const office = await createFileOffice(database, await createOrganization(), documentOf({}))
afterAll(() => office.close())
const { ask, settled, gateway, importText, actor } = office
const [admin, mikko] = [actor('ada'), actor('mikko')]

interface Told {
  readonly id: string
  readonly file?: string
  readonly withheld?: string
}

async function exported(name: string): Promise<string> {
  const filter = { field: 'name', op: 'eq', value: name }
  const begun = await ask('mikko', 'POST', '/exports', {
    module: 'accounts',
    format: 'csv',
    filter,
    sort: 'externalId',
  })
  const done = await settled('mikko', begun)
  expect(done).toMatchObject({ state: 'done', file: `/api/v1/exports/${done.id}/file` })
  return done.id
}

/** What the list says, and what the export itself does: the same. */
async function toldOf(id: string): Promise<Omit<Told, 'id'>> {
  const listed = (await ask('mikko', 'GET', '/exports')).json<{ items: Told[] }>().items.find((one) => one.id === id)
  const one = (await ask('mikko', 'GET', `/exports/${id}`)).json<Told>()
  const told = [listed, one].map((each) => ({
    ...(each?.file && { file: each.file }),
    ...(each?.withheld && { withheld: each.withheld }),
  }))
  expect(listed).toMatchObject({ state: 'done' })
  expect(told[0]).toEqual(told[1])
  return told[0] ?? {}
}

describe('A file that is not given out any more has no address', () => {
  it('and it is said that a record of it is why', async () => {
    const { id: record } = await gateway.create(mikko, 'accounts', { name: 'Taken' })
    const id = await exported('Taken')
    const address = { file: `/api/v1/exports/${id}/file` }
    expect(await toldOf(id)).toEqual(address)
    await gateway.transfer(admin, 'accounts', record, { owner: 'user:ada' })
    expect(await toldOf(id)).toEqual({ withheld: 'records' })
    await gateway.transfer(admin, 'accounts', record, { owner: 'user:mikko' })
    expect(await toldOf(id)).toEqual(address)
  })

  it('and it is not said that a field of it is', async () => {
    await gateway.create(mikko, 'accounts', { name: 'With a phone', phone: '1' })
    const id = await exported('With a phone')
    for (const access of ['hidden', 'masked'] as const) {
      await office.apply(documentOf({ phone: access }))
      expect(await toldOf(id)).toEqual({})
    }
    await office.apply(documentOf({}))
    expect(await toldOf(id)).toEqual({ file: `/api/v1/exports/${id}/file` })
  })

  it('of more records than are asked about, where it is for one of those', async () => {
    const rows = Array.from({ length: 5_500 }, (_, at) => `t${String(at).padStart(4, '0')},Thousands`)
    await importText(mikko, 'accounts', ['externalId,name', ...rows].join('\n'))
    const id = await exported('Thousands')
    const first = { filter: { field: 'externalId', op: 'eq', value: 't0000' } }
    const { items } = await gateway.list(admin, 'accounts', first)
    await gateway.transfer(admin, 'accounts', items[0]?.id ?? '', { owner: 'user:ada' })
    expect(await toldOf(id)).toEqual({ withheld: 'records' })
    await gateway.transfer(admin, 'accounts', items[0]?.id ?? '', { owner: 'user:mikko' })
    expect(await toldOf(id)).toEqual({ file: `/api/v1/exports/${id}/file` })
  })
})
