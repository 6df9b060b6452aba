import type { Condition, FieldValue } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { type AggregateAnswer, aggregateRecords } from '../records/aggregate.ts'
import { listRecords } from '../records/list-records.ts'
import type { RecordsParts } from '../records/parts.ts'
import { refusalOnModule } from '../records/require-module.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { isClear } from '../records/within-transaction.ts'

/** Which orders a budget is compared with; at least one of these. Days are calendar days, both included. */
export interface OrderScope {
  readonly account?: string
  /** By the deals that came of it. */
  readonly campaign?: string
  readonly from?: string
  readonly to?: string
}

export interface OrderFigures {
  /** `visible`: of the orders that the person reads. `all`: of all, of which none of fewer than five is told apart. */
  readonly over: 'visible' | 'all'
  readonly count: number
  /** Of `amount`; null where they are in several currencies, absent where the person doesn't have it in clear. */
  readonly sum?: number | null
  readonly currencies: readonly { readonly currency: string | null; readonly count: number; readonly sum?: number }[]
}

/** Deals of a campaign beyond these would make the question too long. */
const MOST_DEALS = 800
const PAGE = 200

/** Sums, through the gateway's figures, what the person could sum himself; nothing where he couldn't ask for it. */
export async function sumOrders(parts: RecordsParts, actor: Actor, scope: OrderScope): Promise<OrderFigures | null> {
  const may = await inTransaction(parts, actor, async (reading) => rightsOf(reading, scope))
  if (!may) return null
  const conditions = await conditionsOf(parts, actor, scope)
  if (conditions === 'too many') return null
  if (conditions === 'none') return figuresOf({ over: 'visible', groups: [], more: false }, may.amount)
  const all: Condition[] = [...conditions, ...(may.status ? [NOT_CANCELLED] : [])]
  const answer = await aggregateRecords(parts, actor, 'orders', {
    ...(may.currency && { groupBy: ['currency'] }),
    measures: may.amount ? [{ op: 'count' }, { op: 'sum', field: 'amount' }] : [{ op: 'count' }],
    filter: { all },
  })
  const isUntold = answer.over === 'all' && answer.groups.length === 0
  return isUntold ? null : figuresOf(answer, may.amount)
}

const NOT_CANCELLED: Condition = { not: { field: 'status', op: 'eq', value: 'Cancelled' } }

function rightsOf(reading: Reading, { account, campaign, from, to }: OrderScope) {
  const [orders, deals] = ['orders', 'deals'].map((key) => reading.snapshot.policy.modules.get(key))
  if (!orders || refusalOnModule(reading, 'orders', 'read')) return undefined
  const asks = [
    account === undefined || isClear(reading, orders, 'account'),
    (from ?? to) === undefined || isClear(reading, orders, 'orderDate'),
    campaign === undefined ||
      (isClear(reading, orders, 'deal') &&
        deals !== undefined &&
        !refusalOnModule(reading, 'deals', 'read') &&
        isClear(reading, deals, 'campaign')),
  ]
  if (asks.includes(false)) return undefined
  const hasCancelled = orders.fields.get('status')?.options.some(({ value }) => value === 'Cancelled') ?? false
  return {
    amount: isClear(reading, orders, 'amount'),
    currency: isClear(reading, orders, 'currency'),
    status: hasCancelled && isClear(reading, orders, 'status'),
  }
}

async function conditionsOf(
  parts: RecordsParts,
  actor: Actor,
  { account, campaign, from, to }: OrderScope,
): Promise<Condition[] | 'none' | 'too many'> {
  const deals = campaign === undefined ? [] : await dealsOf(parts, actor, campaign)
  if (deals.length > MOST_DEALS) return 'too many'
  if (campaign !== undefined && deals.length === 0) return 'none'
  return [
    ...(account === undefined ? [] : [{ field: 'account', op: 'eq', value: account } as const]),
    ...(campaign === undefined ? [] : [{ any: deals.map((value) => ({ field: 'deal', op: 'eq', value }) as const) }]),
    ...(from === undefined ? [] : [{ field: 'orderDate', op: 'gte', value: from } as const]),
    ...(to === undefined ? [] : [{ field: 'orderDate', op: 'lte', value: to } as const]),
  ]
}

/** The deals of the campaign that the person reads. */
async function dealsOf(parts: RecordsParts, actor: Actor, campaign: string): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const filter = { field: 'campaign', op: 'eq', value: campaign }
    const page = await listRecords(parts, actor, 'deals', { filter, limit: PAGE, cursor, fields: 'id', sort: 'id' })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined && ids.length <= MOST_DEALS)
  return ids
}

function figuresOf({ over, groups }: AggregateAnswer, hasSum: boolean): OrderFigures {
  const currencies = groups.map(({ by, count, measures: [, sum] }) => ({
    currency: codeOf(by?.[0]),
    count,
    ...(typeof sum === 'number' && { sum }),
  }))
  const count = groups.reduce((total, group) => total + group.count, 0)
  const sum = currencies.length > 1 ? null : (currencies[0]?.sum ?? 0)
  return { over, count, ...(hasSum && { sum }), currencies: currencies.filter((one) => one.count > 0) }
}

function codeOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
