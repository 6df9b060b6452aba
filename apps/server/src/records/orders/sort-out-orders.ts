import type { Key, Policy, PolicyModule } from '@bailiwick/access'
import type { SortKey } from '../sort-keys.ts'
import { keysOfName, orderIndexName, orderToIndex } from './order-to-index.ts'

/** An order that lists were asked for in. */
export interface AskedOrder {
  readonly module: Key
  /** Its keys, as `sortName` writes them. */
  readonly sort: string
  /** Some values don't fit an index. */
  readonly isUnfit: boolean
  /** Milliseconds since it was asked for last. */
  readonly unaskedFor: number
}

/** An index that there is, whole or left behind half made. */
export interface StandingIndex {
  readonly name: string
  readonly isWhole: boolean
}

export interface WantedOrder {
  readonly name: string
  readonly asked: AskedOrder
  readonly keys: readonly SortKey[]
}

/** Of a module: every index is written with every record. */
export const MOST_ORDERS = 12

const DAY = 86_400_000
/** Milliseconds after which an order that nobody asks for makes room for others, and after which it ends. */
export const UNASKED_FOR = { yielding: 7 * DAY, ended: 30 * DAY }

/**
 * Which indexes of orders are to be made, and which are to go first. Those that stand and are asked for come before others, so that more orders
 * than there is room for don't take it from each other in turn.
 */
export function sortOutOrders(
  { modules }: Policy,
  asked: readonly AskedOrder[],
  standing: readonly StandingIndex[],
): { readonly make: readonly WantedOrder[]; readonly drop: readonly string[] } {
  const whole = new Set(standing.filter(({ isWhole }) => isWhole).map(({ name }) => name))
  const isKept = ({ name, asked: { unaskedFor } }: WantedOrder) => whole.has(name) && unaskedFor < UNASKED_FOR.yielding
  const wanted = [...modules.values()].flatMap((module) =>
    asked
      .flatMap((order) => wantedOrder(module, order) ?? [])
      .sort((a, b) => Number(isKept(b)) - Number(isKept(a)) || a.asked.unaskedFor - b.asked.unaskedFor)
      .slice(0, MOST_ORDERS),
  )
  const names = new Set(wanted.map(({ name }) => name))
  return {
    make: wanted.filter(({ name }) => !whole.has(name)),
    drop: standing.filter(({ name, isWhole }) => !isWhole || !names.has(name)).map(({ name }) => name),
  }
}

/** Nothing where its fields are gone, or have indexes of their own by now. */
function wantedOrder(module: PolicyModule, asked: AskedOrder): WantedOrder | undefined {
  if (asked.module !== module.key || asked.isUnfit || asked.unaskedFor >= UNASKED_FOR.ended) return undefined
  const named = keysOfName(module, asked.sort)
  const keys = named && orderToIndex(module, named)
  if (!keys) return undefined
  return { name: orderIndexName(module.key, keys), asked, keys }
}
