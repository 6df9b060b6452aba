import { describe, expect, it } from 'vitest'
import { NO_RECORD, salesOffice } from './sales-fixture.ts'

const { get, put, patch, make, share } = await salesOffice()

const chair = { name: 'Chair', quantity: 3, unitPrice: 99.99, discountPercent: 10, taxPercent: 25.5 }
const desk = { name: 'Desk', quantity: 1, unitPrice: 450 }

describe('the lines of a quote', () => {
  it('are summed up to the cent, line by line, and written into the record with its history', async () => {
    const id = await make('anna', 'quotes', { name: 'Office', shippingCost: 20 })
    const product = await make('admin', 'products', { name: 'Chair' })
    await share('admin', `products/${product}`, 'anna', 'read')
    const answer = await put('anna', `quotes/${id}/lines`, { lines: [{ ...chair, product }, desk] }, 1)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers.etag).toBe('"2"')
    expect(answer.json()).toEqual({
      version: 2,
      editable: true,
      currency: 'EUR',
      decimals: 2,
      lines: [
        { ...chair, product, description: null, subtotal: 299.97, discount: 30, tax: 68.84, total: 338.81 },
        {
          ...desk,
          product: null,
          description: null,
          discountPercent: 0,
          taxPercent: 0,
          subtotal: 450,
          discount: 0,
          tax: 0,
          total: 450,
        },
      ],
      totals: { subtotal: 749.97, discount: 30, net: 719.97, tax: 68.84, shipping: 20, total: 808.81 },
    })
    expect((await get('anna', `quotes/${id}/lines`)).json()).toEqual(answer.json())
    expect((await get('anna', `quotes/${id}`)).json()).toMatchObject({ amount: 719.97, discount: 4.0002, tax: 68.84 })
    const [entry] = (await get('anna', `quotes/${id}/history`)).json().items
    expect(entry).toMatchObject({ action: 'update', version: 2, by: 'user:anna' })
    expect(entry.changes).toContainEqual({ field: 'amount', before: null, after: 719.97 })
  })

  it.each([
    ['EUR', 1.005, 1.01],
    ['EUR', -1.005, -1.01],
    ['JPY', 2.5, 3],
    ['JPY', -2.5, -3],
    ['KWD', 0.0005, 0.001],
  ])('are rounded half away from zero, to what %s has: %d is %d', async (currency, unitPrice, net) => {
    const id = await make('anna', 'quotes', { name: 'Rounded' })
    const lines = [{ name: 'Half', quantity: 1, unitPrice }]
    const { totals } = (await put('anna', `quotes/${id}/lines`, { currency, lines })).json()
    expect(totals.net).toBe(net)
    expect((await get('anna', `quotes/${id}`)).json()).toMatchObject({ currency, amount: net })
  })

  it('add up without the noise of binary fractions', async () => {
    const id = await make('anna', 'quotes', { name: 'Dimes', shippingCost: 0.1 })
    const lines = Array.from({ length: 30 }, () => ({ name: 'Dime', quantity: 1, unitPrice: 0.1, taxPercent: 0 }))
    const { totals } = (await put('anna', `quotes/${id}/lines`, { lines })).json()
    expect(totals).toMatchObject({ subtotal: 3, total: 3.1 })
  })

  it('are none of a record that is new, and none again once they are taken away', async () => {
    const id = await make('anna', 'orders', { name: 'Empty' })
    expect((await get('anna', `orders/${id}/lines`)).json()).toMatchObject({ lines: [], totals: { total: 0 } })
    await put('anna', `orders/${id}/lines`, { lines: [desk] })
    expect((await put('anna', `orders/${id}/lines`, { lines: [] })).json()).toMatchObject({ version: 3, lines: [] })
    expect((await get('anna', `orders/${id}`)).json()).toMatchObject({ amount: 0, version: 3 })
  })

  it('are not there for whom what they come to is hidden or masked', async () => {
    const quote = await make('anna', 'quotes', { name: 'Priced' })
    const order = await make('anna', 'orders', { name: 'Priced' })
    await put('anna', `quotes/${quote}/lines`, { lines: [chair] })
    await share('admin', `quotes/${quote}`, 'olli', 'full')
    await share('admin', `orders/${order}`, 'olli', 'full')
    expect((await get('olli', `quotes/${quote}`)).statusCode).toBe(200)
    const none = await get('olli', `quotes/${NO_RECORD}/lines`)
    expect(none.statusCode).toBe(404)
    for (const path of [`quotes/${quote}`, `orders/${order}`]) {
      const read = await get('olli', `${path}/lines`)
      const written = await put('olli', `${path}/lines`, { lines: [desk] })
      expect([read.statusCode, read.payload]).toEqual([404, none.payload])
      expect([written.statusCode, written.payload]).toEqual([404, none.payload])
    }
    expect((await get('anna', `quotes/${quote}/lines`)).json().lines).toHaveLength(1)
  })

  it('of a record that one does not read are those of none', async () => {
    const id = await make('admin', 'quotes', { name: 'Not hers' })
    const none = await get('anna', `quotes/${NO_RECORD}/lines`)
    expect([none.statusCode, (await get('anna', `quotes/${id}/lines`)).payload]).toEqual([404, none.payload])
    const written = await put('anna', `quotes/${id}/lines`, { lines: [desk] })
    expect([written.statusCode, written.payload]).toEqual([404, none.payload])
    expect((await get('anna', 'quotes/nonsense/lines')).payload).toBe(none.payload)
    expect((await get('wendy', `quotes/${id}/lines`)).payload).toBe(none.payload)
  })

  it('are shown without the shipping to whom that is hidden, and changed by nobody who only reads', async () => {
    const id = await make('anna', 'quotes', { name: 'Shipped', shippingCost: 20 })
    await put('anna', `quotes/${id}/lines`, { lines: [desk] })
    await share('admin', `quotes/${id}`, 'nora', 'full')
    const read = (await get('nora', `quotes/${id}/lines`)).json()
    expect(read.editable).toBe(false)
    expect(read.totals).toEqual({ subtotal: 450, discount: 0, net: 450, tax: 0, total: 450 })
    const written = await put('nora', `quotes/${id}/lines`, { lines: [] })
    expect(written.statusCode).toBe(403)
    expect(written.json().detail).toContain('"update" on quotes')
  })

  it('are not changed by whom one of their sums is only to be read', async () => {
    const id = await make('anna', 'orders', { name: 'Looked at' })
    await put('anna', `orders/${id}/lines`, { lines: [desk] })
    await share('admin', `orders/${id}`, 'nora', 'full')
    expect((await get('nora', `orders/${id}/lines`)).json().editable).toBe(false)
    const written = await put('nora', `orders/${id}/lines`, { lines: [] })
    expect([written.statusCode, written.json().detail]).toEqual([403, 'You can see but not change: amount.'])
    expect((await get('nora', `orders/${id}/lines`)).json()).toMatchObject({ version: 2, totals: { net: 450 } })
  })

  it('are written over a version that was seen, or not at all', async () => {
    const id = await make('anna', 'quotes', { name: 'Twice' })
    await patch('anna', `quotes/${id}`, { name: 'Thrice' })
    expect((await put('anna', `quotes/${id}/lines`, { lines: [desk] }, 1)).statusCode).toBe(412)
    expect((await get('anna', `quotes/${id}/lines`)).json()).toMatchObject({ version: 2, lines: [] })
  })

  it('take only products that one reads, and keep those that a colleague chose', async () => {
    const hidden = await make('admin', 'products', { name: 'Secret' })
    const id = await make('anna', 'quotes', { name: 'Products' })
    const refused = await put('anna', `quotes/${id}/lines`, { lines: [desk, { ...desk, product: hidden }] })
    const missing = await put('anna', `quotes/${id}/lines`, { lines: [desk, { ...desk, product: NO_RECORD }] })
    expect(refused.statusCode).toBe(422)
    expect(refused.payload).toBe(missing.payload)
    expect(refused.json().errors).toEqual([{ path: '/lines/1/product', message: 'names no record that is there' }])
    await put('admin', `quotes/${id}/lines`, { lines: [{ ...desk, product: hidden }] })
    const kept = await put('anna', `quotes/${id}/lines`, { lines: [{ ...desk, product: hidden, quantity: 2 }] })
    expect(kept.json()).toMatchObject({ lines: [{ product: hidden, quantity: 2 }] })
  })

  it('are refused with all that is wrong at once, and nothing of them is kept', async () => {
    const id = await make('anna', 'quotes', { name: 'Wrong' })
    const wrong = { name: ' ', quantity: -1, unitPrice: 0.00001, discountPercent: 101, taxPercent: -1 }
    const refused = await put('anna', `quotes/${id}/lines`, { currency: 'XYZ', lines: [desk, wrong] })
    expect(refused.statusCode).toBe(422)
    expect(
      refused
        .json()
        .errors.map(({ path }: { path: string }) => path)
        .sort(),
    ).toEqual([
      '/currency',
      '/lines/1/discountPercent',
      '/lines/1/name',
      '/lines/1/quantity',
      '/lines/1/taxPercent',
      '/lines/1/unitPrice',
    ])
    const large = { name: 'Large', quantity: 99_999_999, unitPrice: 99_999_999 }
    const over = await put('anna', `quotes/${id}/lines`, { lines: [large] })
    expect([over.statusCode, over.json().errors[0].path]).toEqual([422, '/lines'])
    expect((await get('anna', `quotes/${id}/lines`)).json()).toMatchObject({ version: 1, lines: [] })
  })

  it('hold the last of two who write at once, whole', async () => {
    const id = await make('anna', 'quotes', { name: 'Raced' })
    const write = (unitPrice: number) =>
      put('anna', `quotes/${id}/lines`, { lines: [1, 2, 3].map((at) => ({ name: `${at}`, quantity: 1, unitPrice })) })
    const answers = await Promise.all([1, 2, 3, 4].map(write))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    const { lines, version, totals } = (await get('anna', `quotes/${id}/lines`)).json()
    expect(version).toBe(5)
    expect(new Set(lines.map(({ unitPrice }: { unitPrice: number }) => unitPrice)).size).toBe(1)
    expect((await get('anna', `quotes/${id}`)).json().amount).toBe(totals.net)
  })
})
