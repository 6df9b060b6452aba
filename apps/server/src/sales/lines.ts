import type { Key, PolicyModule } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { notFound, Problem } from '../problem.ts'
import { lockRecord, requireId } from '../records/find-record.ts'
import type { RecordsParts } from '../records/parts.ts'
import { type PresentedValue, type RecordItem, viewOf } from '../records/present-record.ts'
import { refusalOnModule, requireModule } from '../records/require-module.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { findWithin, isClear, type Step, updateWithin } from '../records/within-transaction.ts'
import { added } from './amounts.ts'
import { type LinesInput, requireLines } from './check-lines.ts'
import { FALLBACK_CURRENCY, minorUnits } from './currency.ts'
import { type Line, replaceLines, type StoredLine, selectLines, selectTotals } from './lines-table.ts'

/** The lines of a quote or an order, and what they come to. */
export interface Lines {
  /** The record's. */
  readonly version: number
  readonly editable: boolean
  /** Null where it is no field of the module's. */
  readonly currency: string | null
  readonly decimals: number
  readonly lines: readonly Line[]
  readonly totals: {
    readonly subtotal: number
    readonly discount: number
    readonly net: number
    readonly tax: number
    readonly shipping?: number
    readonly total: number
  }
}

/** What the lines are summed up in: `amount` is net of discount and tax, `discount` in percent of the subtotal. */
const SUMMED: readonly Key[] = ['amount', 'discount', 'tax']
/** Whoever reads the lines could work all of these out. So they are there for him who has each in clear, and for nobody else. */
const TOLD: readonly Key[] = [...SUMMED, 'currency']

/** @throws Problem 404 where the person doesn't read the record, or the lines aren't there for him. */
export async function readLines(parts: RecordsParts, actor: Actor, moduleKey: Key, id: string): Promise<Lines> {
  return inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, moduleKey, 'read')
    const item = await findWithin({ parts, reading }, module.key, requireId(id))
    if (!item || !areThere(reading, module)) throw notFound()
    return linesOf(reading, module, item)
  })
}

/** Whether the lines of the module's records exist for the person. */
export function areThere(reading: Reading, module: PolicyModule): boolean {
  return TOLD.every((key) => isClear(reading, module, key))
}

export async function linesOf(reading: Reading, module: PolicyModule, item: RecordItem): Promise<Lines> {
  const currency = currencyOf(module, item)
  const decimals = minorUnits(currency)
  const lines = await selectLines(reading, module.key, item.id, decimals)
  const { subtotal, discount, net, tax } = await selectTotals(reading, module.key, item.id, decimals)
  const shipping = isClear(reading, module, 'shippingCost') ? Number(item.shippingCost ?? 0) : undefined
  const total = added([net, tax, shipping ?? 0])
  const told = { subtotal, discount, net, tax, ...(shipping !== undefined && { shipping }), total }
  return { version: item.version, editable: isEditable(reading, module, item), currency, decimals, lines, totals: told }
}

/** A record as it says, or doesn't, which currency it is in. */
type OfCurrency = Pick<RecordItem, 'id'> & { readonly [field: Key]: PresentedValue }

/** The record's, else what its module begins with, else the euro. */
export function currencyOf(module: PolicyModule, item: OfCurrency): string {
  const own = item.currency ?? module.fields.get('currency')?.default
  return typeof own === 'string' ? own.toUpperCase() : FALLBACK_CURRENCY
}

/** Whether the person may change what lines come to. */
export function maySum(reading: Reading, module: PolicyModule): boolean {
  const { access } = viewOf(reading, module)
  return SUMMED.every((key) => access.get(key) === 'edit')
}

function isEditable(reading: Reading, module: PolicyModule, item: RecordItem): boolean {
  const isOpen = item.access !== 'read' && !refusalOnModule(reading, module.key, 'update')
  return isOpen && maySum(reading, module)
}

/**
 * Puts the lines in the place of those that are there, and what they come to into the record's own fields.
 * @param version what the caller saw of the record (`If-Match`); unstated, whatever is there
 * @returns nothing where the change took the record out of its author's sight
 * @throws Problem 404, 403, 412, or 422 with everything wrong
 */
export async function writeLines(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  input: LinesInput,
  version?: number,
): Promise<Lines | undefined> {
  return inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, moduleKey, 'read')
    if (!areThere(reading, module)) throw notFound()
    const locked = await lockRecord(reading, moduleKey, id, 'update', version)
    const step = { parts, reading }
    const item = await findWithin(step, module.key, locked.id)
    if (!item) throw notFound()
    const lines = await requireLines(reading, input, await productsOf(reading, module.key, locked.id))
    await storeLines(step, module, item, lines, input.currency)
    const now = await findWithin(step, module.key, locked.id)
    return now && linesOf(reading, module, now)
  })
}

async function productsOf(reading: Reading, module: Key, id: string): Promise<Set<string>> {
  const lines = await selectLines(reading, module, id, 0)
  return new Set(lines.flatMap(({ product }) => product ?? []))
}

/**
 * Writes the lines of a record that is locked for `update`, and their sums.
 * @throws Problem 403 where he may not change the fields that sums go into, 422 where these are too large
 */
export async function storeLines(
  step: Step,
  module: PolicyModule,
  item: OfCurrency,
  lines: readonly StoredLine[],
  currency: string = currencyOf(module, item),
): Promise<void> {
  const { reading } = step
  await replaceLines(reading, module.key, item.id, lines)
  const { net, discountPercent, tax } = await selectTotals(reading, module.key, item.id, minorUnits(currency))
  const sums = { amount: net, discount: discountPercent, tax, ...(currency !== item.currency && { currency }) }
  const record = { module, id: item.id }
  try {
    await updateWithin(step, record, sums)
  } catch (error) {
    throw error instanceof Problem && error.status === 422 ? aboutLines(error) : error
  }
}

function aboutLines({ type, message, errors = [] }: Problem): Problem {
  const moved = errors.map(({ path, message: wrong }) => ({ path: '/lines', message: `${path.slice(1)} ${wrong}` }))
  return new Problem(type, message, moved)
}
