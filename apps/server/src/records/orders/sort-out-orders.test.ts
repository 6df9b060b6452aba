import { BUILT_IN_MODULES, compilePolicy, type FieldDefinition, type Key } from '@bailiwick/access'
import { expect, it } from 'vitest'
import { orderIndexName, orderToIndex } from './order-to-index.ts'
import { type AskedOrder, MOST_ORDERS, sortOutOrders, UNASKED_FOR } from './sort-out-orders.ts'

const dates: { [key: Key]: FieldDefinition } = Object.fromEntries(
  Array.from({ length: MOST_ORDERS + 3 }, (_, at) => [`day${at}`, { type: 'date' }]),
)
const policy = compilePolicy(
  {
    bailiwick: 1,
    modules: {
      sites: { fields: { name: { type: 'text', title: true }, known: { type: 'date', indexed: true }, ...dates } },
      huts: { fields: { name: { type: 'text', title: true }, ...dates } },
    },
  },
  BUILT_IN_MODULES,
)

const order = (sort: string, unaskedFor = 0, more: Partial<AskedOrder> = {}): AskedOrder => ({
  module: 'sites',
  sort,
  isUnfit: false,
  unaskedFor,
  ...more,
})
const nameOf = (field: string, module = 'sites') => `l_${module}$${field}`
const whole = (name: string) => ({ name, isWhole: true })
const sorted = (asked: readonly AskedOrder[], standing: Parameters<typeof sortOutOrders>[2]) => {
  const { make, drop } = sortOutOrders(policy, asked, standing)
  return { make: make.map(({ name }) => name), drop }
}

it('what is asked for and isn’t there is made, the latest first', () => {
  const asked = [order('day1', 20), order('day2', 10), order('day3', 0, { module: 'huts' })]
  expect(sorted(asked, [])).toEqual({ make: [nameOf('day2'), nameOf('day1'), nameOf('day3', 'huts')], drop: [] })
  expect(sorted(asked, [whole(nameOf('day1'))]).make).toEqual([nameOf('day2'), nameOf('day3', 'huts')])
})

it('what isn’t whole goes, and is made anew', () => {
  const half = { name: nameOf('day1'), isWhole: false }
  expect(sorted([order('day1')], [half])).toEqual({ make: [nameOf('day1')], drop: [nameOf('day1')] })
})

it('what nobody asked for in thirty days, what doesn’t fit, and what has an index or no field by now, goes', () => {
  const asked = [
    order('day1', UNASKED_FOR.ended),
    order('day2', 0, { isUnfit: true }),
    order('known'),
    order('dropped'),
    order('day3', 0, { module: 'gone' }),
  ]
  const names = ['day1', 'day2', 'known', 'dropped'].map((field) => nameOf(field))
  expect(sorted(asked, names.map(whole))).toEqual({ make: [], drop: names })
})

it('a module has so many: those that are in use stay, and of the others the latest are made', () => {
  const all = Object.keys(dates)
  const inUse = all.slice(0, MOST_ORDERS)
  const standing = inUse.map((field) => whole(nameOf(field)))
  const asked = all.map((field, at) => order(field, at < MOST_ORDERS ? 1_000 + at : at))
  expect(sorted(asked, standing)).toEqual({ make: [], drop: [] })
  const unused = asked.map((one) => (one.sort === 'day4' ? order('day4', UNASKED_FOR.yielding) : one))
  expect(sorted(unused, standing)).toEqual({ make: [nameOf(`day${MOST_ORDERS}`)], drop: [nameOf('day4')] })
  const elsewhere = [...asked, order('day1', 0, { module: 'huts' })]
  expect(sorted(elsewhere, standing).make).toEqual([nameOf('day1', 'huts')])
})

it('keys have a name of their own by their order and directions', () => {
  const site = policy.modules.get('sites')!
  const keys = (...named: readonly [field: string, descending: boolean][]) =>
    named.map(([field, descending]) => ({ field: site.fields.get(field)!, descending }))
  const name = (...named: readonly [string, boolean][]) => {
    const found = orderToIndex(site, keys(...named))
    return found && orderIndexName('sites', found)
  }
  const several = [
    name(['day1', false], ['day2', false]),
    name(['day2', false], ['day1', false]),
    name(['day1', true], ['day2', false]),
    name(['day1', false], ['day2', true]),
  ]
  expect(new Set(several).size).toBe(several.length)
  expect([name(['day1', false]), name(['day1', true])]).toEqual([nameOf('day1'), nameOf('day1')])
  expect(orderToIndex(site, keys(['day1', true]))).toEqual(keys(['day1', false]))
})
