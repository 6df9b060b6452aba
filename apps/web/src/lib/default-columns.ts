import { fieldsOf } from './fields.ts'
import { type FieldInfo, type ModuleInfo, titleField } from './modules.ts'

/** What one looks for first in lists of the modules that are built in; of these, those that exist for the person. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  accounts: ['name', 'health', 'type', 'industry', 'region', 'phone', 'website', 'owner'],
  contacts: ['name', 'account', 'jobTitle', 'email', 'phone', 'owner'],
  leads: ['name', 'company', 'status', 'rating', 'email', 'source', 'owner'],
  deals: ['name', 'stage', 'amount', 'account', 'closeDate', 'owner'],
  activities: ['subject', 'type', 'status', 'dueDate', 'startsAt', 'account', 'owner'],
  tickets: ['subject', 'number', 'status', 'priority', 'account', 'updatedAt', 'owner'],
  campaigns: ['name', 'type', 'status', 'startDate', 'endDate', 'budgetedCost', 'owner'],
  products: ['name', 'code', 'category', 'price', 'stock', 'active'],
  quotes: ['name', 'number', 'status', 'amount', 'account', 'validUntil', 'owner'],
  orders: ['name', 'number', 'status', 'amount', 'account', 'orderDate', 'owner'],
  budgets: ['name', 'period', 'category', 'status', 'amount', 'actual', 'owner'],
}
const MOST = 6

/** The columns of a list: those asked for that exist for the person, else the usual ones of the module. The title comes first. */
export function columnsOf(module: ModuleInfo, asked: readonly string[] | undefined): readonly FieldInfo[] {
  const known = fieldsOf(module)
  const names = asked ?? USUAL[module.module]
  const found = names ? names.flatMap((name) => known.get(name) ?? []) : guess(module)
  const title = titleField(module)
  const columns = found.length > 0 ? found : guess(module)
  return title ? [title, ...columns.filter((field) => field !== title)] : columns
}

/** Of a module of the customer's own: what is short to read, and the owner. */
function guess({ fields }: ModuleInfo): FieldInfo[] {
  const short = fields.filter(
    ({ type, system, title }) => !system && !title && type !== 'longText' && type !== 'choices',
  )
  const owner = fields.filter(({ field }) => field === 'owner')
  return [...short.slice(0, MOST), ...owner]
}
