import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createFileOffice } from './office-fixture.ts'

const { database, createOrganization } = await testDatabase()
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: {
    sales: { modules: { accounts: { actions: ['read', 'update', 'delete', 'import', 'overwrite'] } } },
    keeper: {
      modules: { accounts: { actions: ['read', 'update', 'import', 'overwrite'], fields: { phone: 'read' } } },
    },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { profiles: ['sales'] },
    lea: { profiles: ['sales'] },
    kaisa: { profiles: ['keeper'] },
  },
}
const office = await createFileOffice(database, await createOrganization(), DOCUMENT)
afterAll(() => office.close())
const { ask, upload, settled, actor, gateway } = office
const bring = async (user: string, text: string, more: Record<string, string> = {}) =>
  settled(user, await upload(user, text, { module: 'accounts', ...more }))
const undo = (user: string, id: string, body: object = {}) => ask(user, 'POST', `/imports/${id}/undo`, body)
const undone = async (user: string, id: string, body: object = {}) =>
  (await settled(user, await undo(user, id, body))).result
const find = async (externalId: string) => {
  const filter = { field: 'externalId', op: 'eq', value: externalId }
  return (await gateway.list(actor('ada'), 'accounts', { filter })).items[0]
}

describe('an import is undone', () => {
  it('what it made goes into the bin, what it changed gets back what it held', async () => {
    await bring('mikko', 'externalId,name,revenue,website\nu1,Before,10.5,a.example\n')
    const again = await bring('mikko', 'externalId,name,revenue\nu1,After,20\nu2,New,1\n', { overwrite: 'true' })
    expect(again).toMatchObject({ created: 1, updated: 1 })
    expect(await undone('mikko', again.id)).toEqual({
      undone: { deleted: 1, restored: 1, partly: 0 },
      left: { count: 0, records: [] },
      notPermitted: 0,
    })
    expect(await find('u1')).toMatchObject({ name: 'Before', revenue: 10.5, website: 'a.example' })
    expect(await find('u2')).toBeUndefined()
    expect((await undo('mikko', again.id)).statusCode).toBe(409)
  })

  it('what was changed since is left and named, unless he insists', async () => {
    const { id } = await bring('mikko', 'externalId,name\nc1,One\nc2,Two\n')
    const one = await find('c1')
    await gateway.update(actor('mikko'), 'accounts', one?.id ?? '', { name: 'Edited' })
    expect(await undone('mikko', id)).toMatchObject({
      undone: { deleted: 1 },
      left: { count: 1, records: [{ id: one?.id, reason: 'changed' }] },
    })
    expect(await undone('mikko', id, { force: true })).toMatchObject({ undone: { deleted: 1 }, left: { count: 0 } })
    expect(await find('c1')).toBeUndefined()
  })

  it('what somebody overwrote since keeps what he wrote, whoever insists', async () => {
    await bring('mikko', 'externalId,name\no1,First\n')
    const { id } = await bring('mikko', 'externalId,name\no1,Second\n', { overwrite: 'true' })
    const record = await find('o1')
    await gateway.update(actor('ada'), 'accounts', record?.id ?? '', { name: 'Third' })
    expect(await undone('mikko', id, { force: true })).toMatchObject({ left: { count: 1 }, undone: { restored: 0 } })
    expect((await find('o1'))?.name).toBe('Third')
  })

  it('as far as his rights go: what he may not delete, or doesn’t see any more, is only counted', async () => {
    const { id } = await bring('kaisa', 'externalId,name\nk1,K1\n')
    expect(await undone('kaisa', id)).toEqual({
      undone: { deleted: 0, restored: 0, partly: 0 },
      left: { count: 0, records: [] },
      notPermitted: 1,
    })
    const other = await bring('mikko', 'externalId,name\ng1,G1\n')
    const given = await find('g1')
    await gateway.transfer(actor('ada'), 'accounts', given?.id ?? '', { owner: 'user:ada' })
    expect(await undone('mikko', other.id)).toEqual({
      undone: { deleted: 0, restored: 0, partly: 0 },
      left: { count: 0, records: [] },
      notPermitted: 1,
    })
  })

  it('only by whoever started it, or who may modify all: for others it isn’t there', async () => {
    const { id } = await bring('mikko', 'externalId,name\nm1,M1\n')
    const stranger = await undo('lea', id)
    const missing = await undo('lea', office.parts.newId())
    expect([stranger.statusCode, stranger.json().detail]).toEqual([404, missing.json().detail])
    expect(await undone('ada', id)).toMatchObject({ undone: { deleted: 1 } })
  })

  it('leaves its history, as every change does', async () => {
    await bring('mikko', 'externalId,name\nh1,Old\n')
    const { id } = await bring('mikko', 'externalId,name\nh1,New\n', { overwrite: 'true' })
    await undone('mikko', id)
    const history = await gateway.history(actor('mikko'), 'accounts', (await find('h1'))?.id ?? '')
    expect(history[0]).toMatchObject({
      action: 'update',
      version: 3,
      changes: [{ field: 'name', before: 'New', after: 'Old' }],
    })
  })
})

describe('the list of one’s imports', () => {
  it('says how each came out, and whether it can be undone', async () => {
    const { id } = await bring('lea', 'externalId,name\nl1,L1\n,\n')
    await bring('lea', 'externalId,name\nl2,L2\n', { dryRun: 'true' })
    const list = async () => (await ask('lea', 'GET', '/imports')).json().items
    expect(await list()).toMatchObject([
      { dryRun: true, created: 1, undo: { possible: false } },
      { id, module: 'accounts', fileName: 'a.csv', created: 1, rejected: 1, undo: { possible: true } },
    ])
    await undone('lea', id)
    expect((await list())[1].undo.possible).toBe(false)
    expect((await ask('kaisa', 'GET', '/imports')).json().items.map((one: { id: string }) => one.id)).not.toContain(id)
  })
})
