import { describe, expect, it } from 'vitest'
import { NO_RECORD, SALES_POLICY, salesOffice } from './sales-fixture.ts'

/** Ada counts over all records besides. */
const { get, make, share } = await salesOffice({
  ...SALES_POLICY,
  profiles: { ...SALES_POLICY.profiles, figures: { modules: { orders: { actions: ['read'], aggregate: 'all' } } } },
  users: {
    ...SALES_POLICY.users,
    admin: { ...SALES_POLICY.users?.admin, profiles: ['administrator', 'figures'] },
  },
})
const actuals = async (who: Parameters<typeof get>[0], id: string) => (await get(who, `budgets/${id}/actuals`)).json()

const FIGURES = { amount: 1000, committed: 200.1, actual: 300.2, forecast: 900 }
const account = await make('anna', 'accounts', { name: 'Berg' })
const other = await make('anna', 'accounts', { name: 'Other' })
const campaign = await make('admin', 'campaigns', { name: 'Fair' })
const deal = await make('admin', 'deals', { name: 'Of the fair', campaign })
await share('admin', `deals/${deal}`, 'anna', 'edit')
const orders: [string, object][] = [
  ['anna', { account, amount: 100, orderDate: '2026-02-01' }],
  ['anna', { account, amount: 50.5, orderDate: '2026-03-31', deal }],
  ['anna', { account, amount: 7, orderDate: '2026-04-01' }],
  ['anna', { account, amount: 9, orderDate: '2026-02-01', status: 'Cancelled' }],
  ['anna', { account: other, amount: 11, orderDate: '2026-02-01' }],
  ['admin', { account, amount: 5000, orderDate: '2026-02-01' }],
]
for (const [who, order] of orders) await make(who as 'anna', 'orders', { name: 'Order', ...order })

describe('a budget against what came of it', () => {
  it('is its own figures, and the orders of its account and period that one reads', async () => {
    const period = { startDate: '2026-01-01', endDate: '2026-03-31' }
    const id = await make('anna', 'budgets', { name: 'Q1', account, ...period, ...FIGURES })
    expect(await actuals('anna', id)).toEqual({
      planned: 1000,
      committed: 200.1,
      actual: 300.2,
      forecast: 900,
      remaining: 499.7,
      percentUsed: 30.02,
      orders: { over: 'visible', count: 2, sum: 150.5, currencies: [{ currency: 'EUR', count: 2, sum: 150.5 }] },
    })
  })

  it('counts, for a campaign, the orders of its deals', async () => {
    const id = await make('admin', 'budgets', { name: 'Fair', campaign })
    await share('admin', `budgets/${id}`, 'anna', 'read')
    expect((await actuals('anna', id)).orders).toMatchObject({ count: 1, sum: 50.5 })
    const empty = await make('admin', 'campaigns', { name: 'Nobody came' })
    const none = await make('admin', 'budgets', { name: 'Nobody', campaign: empty })
    await share('admin', `budgets/${none}`, 'anna', 'read')
    expect((await actuals('anna', none)).orders).toEqual({ over: 'visible', count: 0, sum: 0, currencies: [] })
  })

  it('tells whoever counts over all records of no fewer than five', async () => {
    const busy = await make('anna', 'accounts', { name: 'Busy' })
    const id = await make('admin', 'budgets', { name: 'Busy', account: busy })
    const order = { name: 'Order', account: busy, amount: 10 }
    for (let times = 0; times < 4; times++) await make('anna', 'orders', order)
    expect((await actuals('admin', id)).orders).toBeNull()
    await make('anna', 'orders', order)
    expect((await actuals('admin', id)).orders).toMatchObject({ over: 'all', count: 5, sum: 50 })
  })

  it('adds no euros to dollars', async () => {
    const id = await make('anna', 'budgets', { name: 'Two currencies', account: other })
    await make('anna', 'orders', { name: 'Dollars', account: other, amount: 5, currency: 'USD' })
    const { orders: figures } = await actuals('anna', id)
    expect(figures).toMatchObject({ count: 2, sum: null })
    expect(figures.currencies).toHaveLength(2)
  })

  it('says nothing of orders where it is of no account, campaign or period, and leaves open what is empty', async () => {
    const id = await make('anna', 'budgets', { name: 'Loose' })
    expect(await actuals('anna', id)).toMatchObject({ planned: null, remaining: null, percentUsed: null, orders: null })
  })

  it('tells no figure that is hidden or masked, nor what could be worked out of it', async () => {
    const id = await make('anna', 'budgets', { name: 'Seen in part', account, ...FIGURES })
    await share('admin', `budgets/${id}`, 'olli', 'read')
    expect(await actuals('olli', id)).toEqual({
      planned: 1000,
      committed: 200.1,
      orders: { over: 'visible', count: 0, sum: 0, currencies: [] },
    })
  })

  it('that is not seen is none', async () => {
    const id = await make('admin', 'budgets', { name: 'Hidden', ...FIGURES })
    const [hidden, none] = [
      await get('anna', `budgets/${id}/actuals`),
      await get('anna', `budgets/${NO_RECORD}/actuals`),
    ]
    expect([hidden.statusCode, hidden.payload]).toEqual([404, none.payload])
  })
})
