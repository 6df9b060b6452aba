import type { Actor } from '../actor.ts'
import { notFound } from '../problem.ts'
import { requireId } from '../records/find-record.ts'
import type { RecordsParts } from '../records/parts.ts'
import type { RecordItem } from '../records/present-record.ts'
import { requireModule } from '../records/require-module.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { findWithin, isClear } from '../records/within-transaction.ts'
import { added } from './amounts.ts'
import { type OrderFigures, type OrderScope, sumOrders } from './sum-orders.ts'

/** A budget against what came of it. What rests on a field that the person doesn't have in clear is absent; null is what isn't filled in. */
export interface BudgetActuals {
  readonly planned?: number | null
  readonly committed?: number | null
  readonly actual?: number | null
  readonly forecast?: number | null
  /** planned − committed − actual */
  readonly remaining?: number | null
  /** actual in percent of planned, to two decimals; null where nothing is planned */
  readonly percentUsed?: number | null
  /** Null where the budget is of no account, campaign or period, or where the person couldn't list such orders himself. */
  readonly orders: OrderFigures | null
}

/** @throws Problem 404 where the person doesn't read the budget */
export async function readBudgetActuals(parts: RecordsParts, actor: Actor, id: string): Promise<BudgetActuals> {
  const { figures, scope } = await inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, 'budgets', 'read')
    const item = await findWithin({ parts, reading }, module.key, requireId(id))
    if (!item) throw notFound()
    const tell = (key: string) => (isClear(reading, module, key) ? amountOf(item, key) : undefined)
    const [planned, committed, actual, forecast] = [tell('amount'), tell('committed'), tell('actual'), tell('forecast')]
    return { figures: { planned, committed, actual, forecast }, scope: scopeOf(reading, item) }
  })
  return { ...figures, ...derived(figures), orders: scope ? await sumOrders(parts, actor, scope) : null }
}

function amountOf(item: RecordItem, key: string): number | null {
  const value = item[key]
  return typeof value === 'number' ? value : null
}

function derived({ planned, committed, actual }: Pick<BudgetActuals, 'planned' | 'committed' | 'actual'>) {
  const used = actual ?? 0
  return {
    ...(planned !== undefined &&
      committed !== undefined &&
      actual !== undefined && { remaining: planned === null ? null : added([planned, -(committed ?? 0), -used]) }),
    ...(planned !== undefined &&
      actual !== undefined && { percentUsed: planned ? Math.round((used / planned) * 10_000) / 100 : null }),
  }
}

/** Nothing where the budget says no scope, or a part of it isn't the person's to see: then the orders would be others. */
function scopeOf(reading: Reading, item: RecordItem): OrderScope | undefined {
  const module = reading.snapshot.policy.modules.get('budgets')
  const keys = ['account', 'campaign', 'startDate', 'endDate'] as const
  if (!module || keys.some((key) => !isClear(reading, module, key))) return undefined
  const textOf = (key: (typeof keys)[number]) => {
    const value = item[key]
    return typeof value === 'string' ? value : undefined
  }
  const [account, campaign, from, to] = keys.map(textOf)
  return keys.some(textOf) ? { account, campaign, from, to } : undefined
}
