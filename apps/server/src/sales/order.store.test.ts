import { describe, expect, it } from 'vitest'
import { NO_RECORD, salesOffice } from './sales-fixture.ts'

const { get, post, put, patch, make, share, remove } = await salesOffice()
const order = (who: Parameters<typeof post>[0], quote: string, body?: object, version?: number) =>
  post(who, `quotes/${quote}/order`, body && { ...body }, version)
const LINES = [
  { name: 'Chair', quantity: 3, unitPrice: 99.99, discountPercent: 10, taxPercent: 25.5 },
  { name: 'Desk', quantity: 1, unitPrice: 450 },
]

describe('an order of a quote', () => {
  it('has its fields and lines, and the quote is accepted', async () => {
    const account = await make('anna', 'accounts', { name: 'Berg' })
    const quote = await make('anna', 'quotes', { name: 'Office', account, shippingCost: 20, billingCity: 'Turku' })
    await put('anna', `quotes/${quote}/lines`, { currency: 'SEK', lines: LINES })
    const answer = await order('anna', quote, { create: { customerReference: 'PO-1' } }, 2)
    expect(answer.statusCode).toBe(201)
    const made = answer.json()
    expect(answer.headers.location).toBe(`/api/v1/records/orders/${made.order.id}`)
    expect(made.order.record).toMatchObject({
      name: 'Office',
      account,
      quote,
      amount: 719.97,
      tax: 68.84,
      currency: 'SEK',
      shippingCost: 20,
      billingCity: 'Turku',
      customerReference: 'PO-1',
      orderDate: new Date().toISOString().slice(0, 10),
      status: 'Draft',
    })
    expect(made).toMatchObject({ lines: 2, leftOut: [], quote: { status: 'Accepted', version: 3 } })
    const [mine, theirs] = [
      await get('anna', `orders/${made.order.id}/lines`),
      await get('anna', `quotes/${quote}/lines`),
    ]
    expect(mine.json().lines).toEqual(theirs.json().lines)
    expect(mine.json().totals).toEqual(theirs.json().totals)
  })

  it('takes along no field that may not be written in orders, and says which of those that are seen', async () => {
    const quote = await make('anna', 'quotes', { name: 'Terms', paymentTerms: '30 days', shippingCity: 'Oulu' })
    const made = (await order('anna', quote)).json()
    expect(made.leftOut).toEqual(['paymentTerms'])
    const stored = (await get('admin', `orders/${made.order.id}`)).json()
    expect(stored).toMatchObject({ paymentTerms: null, shippingCity: null })
  })

  it('keeps the amount of a quote that has no lines', async () => {
    const quote = await make('anna', 'quotes', { name: 'Lump sum', amount: 1000 })
    expect((await order('anna', quote)).json()).toMatchObject({ lines: 0, order: { record: { amount: 1000 } } })
  })

  it('has no lines, and no amount, of a quote whose amount is hidden', async () => {
    const quote = await make('anna', 'quotes', { name: 'Priced' })
    await put('anna', `quotes/${quote}/lines`, { lines: LINES })
    await share('admin', `quotes/${quote}`, 'olli', 'full')
    const made = (await order('olli', quote)).json()
    expect(made).toMatchObject({ lines: 0, leftOut: ['tax'] })
    expect((await get('admin', `orders/${made.order.id}`)).json()).toMatchObject({ amount: null, tax: null })
    expect((await get('admin', `orders/${made.order.id}/lines`)).json().lines).toEqual([])
  })

  it('is made once, as far as one sees', async () => {
    const quote = await make('anna', 'quotes', { name: 'Once' })
    const answers = await Promise.all([1, 2, 3].map(() => order('anna', quote)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409])
    const made = answers.find(({ statusCode }) => statusCode === 201)?.json()
    const refused = answers.find(({ statusCode }) => statusCode === 409)?.json()
    expect(refused.errors).toEqual([{ path: '/order', message: `orders/${made.order.id}` }])
    await remove('anna', `orders/${made.order.id}`)
    expect((await order('anna', quote)).statusCode).toBe(201)
  })

  it('of a quote that is not seen is that of none; of one that may not be changed, refused', async () => {
    const quote = await make('admin', 'quotes', { name: 'Hidden' })
    const [hidden, none] = [await order('anna', quote), await order('anna', NO_RECORD)]
    expect([hidden.statusCode, hidden.payload]).toEqual([404, none.payload])
    await share('admin', `quotes/${quote}`, 'anna', 'read')
    expect((await order('anna', quote)).statusCode).toBe(403)
    await share('admin', `quotes/${quote}`, 'anna', 'edit')
    expect((await order('anna', quote, {}, 9)).statusCode).toBe(412)
    const wrong = await order('anna', quote, { create: { nothing: 1 } })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.json().errors).toEqual([{ path: '/create/nothing', message: 'there is no field "nothing"' }])
    expect((await get('admin', `quotes/${quote}`)).json()).toMatchObject({ status: 'Draft' })
    await patch('admin', `quotes/${quote}`, { name: 'Seen' })
  })
})
