import { describe, expect, it } from 'vitest'
import { raiseStamp } from '../policy/raise-stamp.ts'
import { importRows } from './import-rows.ts'
import { inTransaction } from './stamped.ts'
import { twoWriters } from './two-writers-fixture.ts'

/** Two people who change one record, one after the other and in both orders. */

const { database, organization, gateway, parts, ada, pekka, meeting, met, writersOf, ownAccount, dealUnder } =
  await twoWriters()

describe('Two changes of one record', () => {
  it('from the same version: the second is told', async () => {
    const id = await ownAccount()
    const change = (name: string) => () => gateway.update(pekka, 'accounts', id, { name }, 1)
    expect(await met(change('First'), change('Second'))).toEqual(['done', 412])
    expect(await gateway.read(pekka, 'accounts', id)).toMatchObject({ name: 'First', version: 2 })
  })

  it('of different fields, from whatever version: neither is lost', async () => {
    const id = await ownAccount()
    const name = () => gateway.update(pekka, 'accounts', id, { name: 'First' })
    const phone = () => gateway.update(pekka, 'accounts', id, { phone: '2' })
    expect(await met(name, phone)).toEqual(['done', 'done'])
    expect(await gateway.read(pekka, 'accounts', id)).toMatchObject({ name: 'First', phone: '2', version: 3 })
    const [last, first] = await gateway.history(pekka, 'accounts', id)
    expect(first).toMatchObject({ version: 2, changes: [{ field: 'name', before: 'Own', after: 'First' }] })
    expect(last).toMatchObject({ version: 3, changes: [{ field: 'phone', before: null, after: '2' }] })
  })

  it('to the same values: the second, which waited, finds nothing to change', async () => {
    const id = await ownAccount()
    const change = () => gateway.update(pekka, 'accounts', id, { name: 'Both' })
    expect(await met(change, change)).toEqual(['done', 'done'])
    expect(await writersOf(id)).toEqual(['pekka create', 'pekka update'])
  })

  it('a share, then a transfer: no share is left', async () => {
    const id = await ownAccount()
    const share = () => gateway.share(pekka, 'accounts', id, { with: 'user:mikko', level: 'full' })
    const transfer = () => gateway.transfer(ada, 'accounts', id, { owner: 'user:nils' })
    expect(await met(share, transfer)).toEqual(['done', 'done'])
    expect(await gateway.shares(ada, 'accounts', id)).toEqual([])
  })

  it('a transfer, then a share by who was the owner: no share is made', async () => {
    const id = await ownAccount()
    const share = () => gateway.share(pekka, 'accounts', id, { with: 'user:mikko', level: 'full' })
    const transfer = () => gateway.transfer(ada, 'accounts', id, { owner: 'user:nils' })
    expect(await met(transfer, share)).toEqual(['done', 404])
    expect(await gateway.shares(ada, 'accounts', id)).toEqual([])
  })
})

describe('An import that overwrites', () => {
  const rules = { module: 'deals', keys: ['externalId'], overwrite: true, lookupBy: {}, mayWait: false } as const
  const overwrite = (externalId: string) =>
    inTransaction(parts, pekka, async (reading) => {
      const values = { externalId, name: 'By Pekka' }
      const [row] = await importRows(parts, reading, rules, [{ values, fallback: {}, lookups: {} }])
      return row?.kind === 'rejected' ? row.reasons : row?.kind
    })

  it('goes by the transfer of the parent that came first', async () => {
    const account = await ownAccount()
    const deal = await dealUnder(account)
    await gateway.update(ada, 'deals', deal, { externalId: 'D-1' })
    const take = () => gateway.transfer(ada, 'accounts', account, { owner: 'user:nils' })
    const [, second] = await meeting.meet(take, () => overwrite('D-1'))
    expect(second).toEqual({ status: 'fulfilled', value: ['externalId: exists already'] })
  })

  it('is waited for by the transfer of the parent', async () => {
    const account = await ownAccount()
    const deal = await dealUnder(account)
    await gateway.update(ada, 'deals', deal, { externalId: 'D-2' })
    const take = () => gateway.transfer(ada, 'accounts', account, { owner: 'user:nils' })
    const [first] = await meeting.meet(() => overwrite('D-2'), take)
    expect(first).toEqual({ status: 'fulfilled', value: 'updated' })
  })
})

describe('What raises the stamp', () => {
  it('waits for a write under way, and is waited for', async () => {
    const id = await ownAccount()
    const raise = () => database.ownerTransaction(organization, (owner) => raiseStamp(owner, organization))
    const update = (name: string) => () => gateway.update(pekka, 'accounts', id, { name })
    expect(await met(raise, update('Meanwhile'))).toEqual(['done', 'done'])
    expect(await met(update('Before it'), raise)).toEqual(['done', 'done'])
  })
})
