import { fieldsOf, isEmpty } from '../../../lib/fields.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'

/** The fields that say most about a record of a module in a line beside its title. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  accounts: ['industry', 'phone'],
  contacts: ['jobTitle', 'email', 'phone'],
  leads: ['status', 'company', 'email'],
  deals: ['stage', 'amount', 'closeDate'],
  activities: ['type', 'status', 'dueDate', 'startsAt'],
  tickets: ['status', 'priority', 'createdAt'],
  campaigns: ['status', 'startDate'],
  quotes: ['status', 'amount', 'validUntil'],
  orders: ['status', 'amount', 'orderDate'],
  budgets: ['status', 'amount', 'actual'],
  products: ['price', 'category'],
}
const TYPES: readonly string[] = ['choice', 'money', 'date', 'dateTime']
const MOST = 3

/** Those with a value, of the ones that exist for the person. */
export function tellingFields(info: ModuleInfo, record: RecordItem, except: string): FieldInfo[] {
  const fields = fieldsOf(info)
  const listed = TELLING[info.module]?.flatMap((key) => fields.get(key) ?? [])
  const telling = listed ?? info.fields.filter(({ type, system }) => TYPES.includes(type) && !system)
  return telling.filter(({ field }) => field !== except && !isEmpty(record[field])).slice(0, MOST)
}
