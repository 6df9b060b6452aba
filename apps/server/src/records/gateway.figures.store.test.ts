import { describe, expect, it } from 'vitest'
import { gatewayOffice, refusal } from './gateway-fixture.ts'

const { gateway, fixture, make, mikko, pekka, stina } = await gatewayOffice()

describe('Figures', () => {
  it('covers what one reads', async () => {
    await make(mikko, 'deals', { name: 'm1', amount: 10, stage: 'Lost' })
    await make(mikko, 'deals', { name: 'm2', amount: 20, stage: 'Lost' })
    const lost = { field: 'stage', op: 'eq', value: 'Lost' }
    expect(
      await gateway.aggregate(mikko, 'deals', {
        filter: lost,
        measures: [{ op: 'sum', field: 'amount' }, { op: 'count' }],
      }),
    ).toMatchObject({
      over: 'visible',
      groups: [{ by: [], measures: [30, 2] }],
    })
    expect(await gateway.aggregate(pekka, 'deals', { filter: lost })).toMatchObject({ groups: [{ count: 0 }] })
  })

  it('covers all records for who may see figures alone, never a small group', async () => {
    const { gateway: other, actor: as } = await fixture()
    const owner = as('mikko')
    for (let index = 0; index < 7; index++)
      await other.create(owner, 'deals', { name: `p${index}`, stage: 'Proposal', amount: 1 })
    for (let index = 0; index < 2; index++)
      await other.create(owner, 'deals', { name: `n${index}`, stage: 'Negotiation', amount: 100 })
    const viewer = as(stina.user)
    expect((await other.list(viewer, 'deals', {})).items).toEqual([])
    const question = { groupBy: ['stage'], measures: [{ op: 'sum' as const, field: 'amount' }] }
    expect(await other.aggregate(viewer, 'deals', question)).toEqual({
      over: 'all',
      groups: [{ by: ['Proposal'], count: 7, measures: [7] }],
      more: false,
    })
    for (let index = 0; index < 3; index++)
      await other.create(owner, 'deals', { name: `l${index}`, stage: 'Lost', amount: 10 })
    expect(await other.aggregate(viewer, 'deals', question)).toEqual({
      over: 'all',
      groups: [
        { by: ['Proposal'], count: 7, measures: [7] },
        { other: true, count: 5, measures: [230] },
      ],
      more: false,
    })
    expect(
      await refusal(other.aggregate(viewer, 'deals', { measures: [{ op: 'max', field: 'amount' }] })),
    ).toMatchObject({ status: 422 })
    expect(
      (await other.aggregate(viewer, 'deals', { filter: { field: 'amount', op: 'eq', value: 100 } })).groups,
    ).toEqual([])
  })
})
