import { describe, expect, it } from 'vitest'
import { gatewayOffice, refusal } from './gateway-fixture.ts'

const { gateway, make, ada, mikko, pekka, anna, fia, rita } = await gatewayOffice()

async function storyOf(module: string, id: string) {
  const [record, history] = await Promise.all([gateway.read(ada, module, id), gateway.history(ada, module, id)])
  return { record, history }
}

describe('A change to what is there already', () => {
  it('answers the record as it is, and writes nothing down', async () => {
    const account = await make(mikko, 'accounts', { name: 'Same' })
    const values = {
      name: 'Same deal',
      account,
      amount: 12.5,
      stage: 'Won',
      closeDate: '2026-04-01',
      probability: null,
    }
    const id = await make(ada, 'deals', values)
    const before = await storyOf('deals', id)
    const changed = await gateway.update(ada, 'deals', id, { ...values, stage: 'won' })
    expect(changed).toEqual({ id, version: 1, item: before.record })
    expect(await storyOf('deals', id)).toEqual(before)
  })

  it('leaves it with who changed it last, whoever else sends the same', async () => {
    const id = await make(mikko, 'accounts', { name: 'His' })
    await gateway.update(anna, 'accounts', id, { name: 'His' })
    expect(await gateway.read(ada, 'accounts', id)).toMatchObject({ updatedBy: 'user:mikko', version: 1 })
  })

  it('is one as soon as one of the values is another', async () => {
    const id = await make(mikko, 'accounts', { name: 'Two', phone: '1' })
    expect(await gateway.update(mikko, 'accounts', id, { name: 'Two', phone: '2' })).toMatchObject({ version: 2 })
    expect(await gateway.update(mikko, 'accounts', id, { name: 'Two', phone: null })).toMatchObject({ version: 3 })
    const [last] = await gateway.history(mikko, 'accounts', id)
    expect(last).toMatchObject({ changes: [{ field: 'phone', before: '2', after: null }] })
  })

  it('is refused as any other would be', async () => {
    const id = await make(mikko, 'accounts', { name: 'Refused' })
    await gateway.share(mikko, 'accounts', id, { with: 'user:rita', level: 'full' })
    const same = { name: 'Refused' }
    expect(await refusal(gateway.update(pekka, 'accounts', id, same))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.update(rita, 'accounts', id, same))).toMatchObject({ status: 403 })
    expect(await refusal(gateway.update(mikko, 'accounts', id, { ...same, rating: null }))).toMatchObject({
      status: 403,
    })
    expect(await refusal(gateway.update(mikko, 'accounts', id, { ...same, secret: null }))).toMatchObject({
      status: 422,
    })
    await gateway.update(mikko, 'accounts', id, { phone: '1' })
    expect(await refusal(gateway.update(mikko, 'accounts', id, same, 1))).toMatchObject({ status: 412 })
  })

  it('points a lookup, too, only at what is there for its author', async () => {
    const account = await make(ada, 'accounts', { name: 'Ada’s alone' })
    const id = await make(ada, 'deals', { name: 'Shown', account })
    await gateway.share(ada, 'deals', id, { with: 'user:mikko', level: 'full' })
    expect(await refusal(gateway.update(mikko, 'deals', id, { account }))).toMatchObject({ status: 422 })
  })

  it('is written where the value is encrypted: whether it is the same can’t be told by the change', async () => {
    const id = await make(fia, 'accounts', { name: 'Encrypted', token: 'abc' })
    expect(await gateway.update(fia, 'accounts', id, { token: 'abc' })).toMatchObject({ version: 2 })
  })

  it('is none of many records either', async () => {
    const ids = [
      await make(mikko, 'accounts', { name: 'One', phone: '1' }),
      await make(mikko, 'accounts', { name: 'Other', phone: '2' }),
    ]
    expect(await gateway.changeMany(mikko, 'accounts', ids, { set: { phone: '1' } })).toMatchObject({ refused: [] })
    const versions = await Promise.all(ids.map(async (id) => (await gateway.read(mikko, 'accounts', id)).version))
    expect(versions).toEqual([1, 2])
  })
})
