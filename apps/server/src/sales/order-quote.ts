import { type Key, type PolicyModule, today } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { errorUnder, notFound, notPermitted, type Problem, problem } from '../problem.ts'
import { type LockedRecord, lockRecord } from '../records/find-record.ts'
import { keepClaim } from '../records/keep-claim.ts'
import type { RecordsParts } from '../records/parts.ts'
import { type RecordItem, viewOf } from '../records/present-record.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import {
  createWithin,
  findWithin,
  isClear,
  lockLinked,
  type Step,
  updateWithin,
} from '../records/within-transaction.ts'
import { areThere, currencyOf, maySum, storeLines } from './lines.ts'
import { type Line, selectLines } from './lines-table.ts'
import { proposeValues, type Source } from './propose-values.ts'

export interface OrderInput {
  /** Fields of the order that go before what the quote has. */
  readonly create?: Readonly<Record<string, unknown>>
}

export interface Ordered {
  readonly order: { readonly id: string; readonly record: RecordItem | null }
  /** Null where the acceptance took it out of its author's sight. */
  readonly quote: RecordItem | null
  /** How many lines went along. */
  readonly lines: number
  /** Fields of the quote that have a value and couldn't go along: the person may not change them in orders; `lines` among them. */
  readonly leftOut: readonly Key[]
}

const ADDRESS = ['Street', 'City', 'State', 'PostalCode', 'Country']
const COPIED: readonly Key[] = [
  ...['name', 'account', 'contact', 'deal', 'product', 'amount', 'discount', 'tax', 'shippingCost', 'currency'],
  ...['quantity', 'paymentTerms', 'description'],
  ...ADDRESS.flatMap((part) => [`billing${part}`, `shipping${part}`]),
]
const ACCEPTED = 'Accepted'

/**
 * Makes an order of a quote, with its lines, and has the quote accepted: both, or neither.
 * @param version what the caller saw of the quote (`If-Match`)
 * @throws Problem 404, 403, 409 where the person sees an order of this quote, 412, 422
 */
export async function orderQuote(
  parts: RecordsParts,
  actor: Actor,
  id: string,
  input: OrderInput,
  version?: number,
): Promise<Ordered> {
  return inTransaction(parts, actor, async (reading) => {
    const step = { parts, reading }
    const locked = await lockRecord(reading, 'quotes', id, 'update', version)
    const item = await findWithin(step, 'quotes', locked.id)
    if (!item) throw notFound()
    const orders = requireModule(reading, 'orders', 'create')
    requireFields(reading, locked.module, orders)
    await requireNone(step, locked)
    const source = { module: locked.module, item }
    const order = await createOrder(step, source, orders, input)
    const lines = await copyLines(step, source, orders, order)
    await accept(step, locked)
    await keepClaim(reading)
    return {
      order: { id: order, record: (await findWithin(step, 'orders', order)) ?? null },
      quote: (await findWithin(step, 'quotes', locked.id)) ?? null,
      lines: lines.copied,
      leftOut: [...leftOut(reading, source, orders), ...(lines.copied < lines.seen ? ['lines'] : [])],
    }
  })
}

/** Without the link a quote could be ordered twice; without the status nobody would see that it was. */
function requireFields(reading: Reading, quotes: PolicyModule, orders: PolicyModule): void {
  const needed = [{ module: orders, key: 'quote' }, ...(hasAccepted(quotes) ? [{ module: quotes, key: 'status' }] : [])]
  for (const { module, key } of needed) {
    const access = viewOf(reading, module).access.get(key) ?? 'hidden'
    if (access === 'edit') continue
    throw notPermitted(
      access === 'hidden'
        ? 'You may not change everything that ordering sets.'
        : `You can see but not change: ${key} of ${module.key}.`,
    )
  }
}

function hasAccepted(quotes: PolicyModule): boolean {
  return quotes.fields.get('status')?.options.some(({ value }) => value === ACCEPTED) ?? false
}

async function requireNone(step: Step, { id }: LockedRecord): Promise<void> {
  const [other] = await lockLinked(step, 'orders', { field: 'quote', id }, 'read', 1)
  if (other) throw orderedAlready(other.item.id)
}

function orderedAlready(order: string): Problem {
  return problem(409, 'conflict', 'This quote was ordered already.', [{ path: '/order', message: `orders/${order}` }])
}

async function createOrder(
  step: Step,
  source: Source,
  orders: PolicyModule,
  { create = {} }: OrderInput,
): Promise<string> {
  const { reading } = step
  const filled = Object.fromEntries(COPIED.map((key) => [key, [key]]))
  const copied = await proposeValues(reading, source, orders, filled)
  const mayDate = viewOf(reading, orders).access.get('orderDate') === 'edit'
  const orderDate = mayDate ? { orderDate: today(reading.now, reading.snapshot.policy.timeZone) } : {}
  try {
    return await createWithin(step, orders.key, { ...orderDate, ...copied, ...create }, { quote: source.item.id })
  } catch (error) {
    throw errorUnder('/create', error)
  }
}

async function copyLines(
  step: Step,
  { module, item }: Source,
  orders: PolicyModule,
  order: string,
): Promise<{ readonly seen: number; readonly copied: number }> {
  const { reading } = step
  if (!areThere(reading, module)) return { seen: 0, copied: 0 }
  const lines = (await selectLines(reading, module.key, item.id, 0)).map(storedPart)
  if (lines.length === 0 || !areThere(reading, orders) || !maySum(reading, orders))
    return { seen: lines.length, copied: 0 }
  const record = (await findWithin(step, orders.key, order)) ?? { id: order }
  await storeLines(step, orders, record, lines, currencyOf(module, item))
  return { seen: lines.length, copied: lines.length }
}

function storedPart({ subtotal: _subtotal, discount: _discount, tax: _tax, total: _total, ...line }: Line) {
  return line
}

async function accept(step: Step, locked: LockedRecord): Promise<void> {
  await updateWithin(step, locked, hasAccepted(locked.module) ? { status: ACCEPTED } : {})
}

function leftOut(reading: Reading, { module, item }: Source, orders: PolicyModule): Key[] {
  const { access } = viewOf(reading, orders)
  return COPIED.filter((key) => {
    const isVisible = access.get(key) === 'read' || access.get(key) === 'masked'
    return isVisible && isClear(reading, module, key) && (item[key] ?? null) !== null
  })
}
