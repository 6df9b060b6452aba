import type { OwnerRef } from '@bailiwick/access'
import { type DemoRecord, keyOf } from '../demo-record.ts'
import type { DemoCompany } from './demo-company.ts'
import { pickBetween } from './pick.ts'

/** Name, category, owner, amount of a quarter. */
const BUDGETS: readonly (readonly [string, string, OwnerRef, number])[] = [
  ['Trade shows', 'Marketing', 'user:elena-petrova', 60_000],
  ['Online advertising', 'Marketing', 'user:elena-petrova', 45_000],
  ['Travel to customers', 'Sales', 'user:grace-whitfield', 80_000],
  ['Sales training', 'Sales', 'user:grace-whitfield', 20_000],
  ['Spare parts', 'Support', 'user:tiina-koskela', 35_000],
  ['Warehouse', 'Operations', 'user:nadia-rahman', 120_000],
]
const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31'] as const
const FIRST_DAYS = ['01-01', '04-01', '07-01', '10-01'] as const

/** A budget per purpose and quarter of this year: past ones closed, the present approved, later ones still drafts. */
export function sampleBudgets({ today }: DemoCompany): DemoRecord[] {
  return BUDGETS.flatMap((budget) => [0, 1, 2, 3].map((quarter) => toBudget(budget, today, quarter)))
}

function toBudget(
  [purpose, category, owner, amount]: (typeof BUDGETS)[number],
  today: string,
  quarter: number,
): DemoRecord {
  const year = today.slice(0, 4)
  const period = `${year} Q${quarter + 1}`
  const status = statusOf(today, year, quarter)
  const spent = status === 'Closed' ? pickBetween(80, 108, `${purpose} ${period}`) : status === 'Approved' ? 45 : 0
  return {
    externalId: `${keyOf(purpose)}-${keyOf(period)}`,
    owner,
    values: {
      name: `${purpose} ${period}`,
      period,
      category,
      status,
      startDate: `${year}-${FIRST_DAYS[quarter]}`,
      endDate: `${year}-${LAST_DAYS[quarter]}`,
      amount,
      committed: status === 'Draft' ? 0 : Math.round(amount * 0.6),
      actual: Math.round((amount * spent) / 100),
    },
  }
}

function statusOf(today: string, year: string, quarter: number): string {
  if (`${year}-${LAST_DAYS[quarter]}` < today) return 'Closed'
  return `${year}-${FIRST_DAYS[quarter]}` <= today ? 'Approved' : 'Draft'
}
