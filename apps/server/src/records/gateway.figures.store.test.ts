import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { gatewayOffice, refusal } from './gateway-fixture.ts'
import { createRecordsFixture } from './records-fixture.ts'

const { database, createOrganization } = await testDatabase()
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

  it('is no way to take out what one may not export', async () => {
    const { gateway: other, actor: as, importer } = await exporters()
    for (let index = 0; index < 205; index++) await other.create(importer, 'deals', { name: `d${index}` })
    for (let index = 0; index < 2; index++) await other.create(importer, 'deals', { name: 'twice' })
    const grouped = async (user: string, groupBy: string[]) =>
      other.aggregate(as(user), 'deals', { groupBy, measures: [{ op: 'count' }] })
    const reader = await grouped('reader', ['name', 'id'])
    expect([reader.groups.length, reader.more]).toEqual([200, true])
    const named = await grouped('reader', ['name'])
    expect(named.groups).toContainEqual({ by: ['twice'], count: 2, measures: [2] })
    expect([named.groups.length, named.more]).toEqual([201, true])
    expect(await grouped('exporter', ['name'])).toMatchObject({ groups: { length: 206 }, more: false })
    expect(await grouped('reader', ['stage'])).toMatchObject({ groups: [{ count: 207 }], more: false })
  })

  it('covers what an administrator reads, and no more', async () => {
    const { gateway: other, actor: as, importer } = await exporters()
    for (const stage of ['Lost', 'Lost', 'Proposal']) await other.create(importer, 'deals', { name: 'x', stage })
    const question = { groupBy: ['stage'], measures: [{ op: 'count' as const }] }
    expect(await other.aggregate(as('root'), 'deals', question)).toEqual({
      over: 'visible',
      groups: [{ by: ['Lost'], count: 2, measures: [2] }],
      more: false,
    })
  })
})

const exporters = async () => {
  const deals = ['create', 'read'] as const
  const people = {
    exporter: { profiles: ['exporting'] },
    importer: { profiles: ['creating'] },
    reader: { profiles: ['creating'] },
    root: { profiles: ['administrator'] },
    ada: { profiles: ['administrator'] },
  }
  const made = await createRecordsFixture(
    database,
    await createOrganization(),
    {
      bailiwick: 1,
      organization: { name: 'Nordwind' },
      modules: { deals: { sharing: 'read' } },
      profiles: {
        creating: { modules: { deals: { actions: deals } } },
        exporting: { modules: { deals: { actions: [...deals, 'export'] } } },
      },
      users: people,
      restrictionRules: {
        proposals: {
          module: 'deals',
          for: ['user:root'],
          when: { field: 'stage', op: 'eq', value: 'Proposal' },
          level: 'none',
        },
      },
    },
    Date.parse('2026-03-02T10:00:00Z'),
  )
  return { ...made, importer: made.actor('importer') }
}
