import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'

/** How a customer is doing, as far as the tickets tell that the person sees. */
export interface Health {
  readonly level: 'risk' | 'watch' | 'good'
  /** Open tickets of the priority. */
  readonly urgent: number
  readonly high: number
}

/** Under no field's name: those begin with a letter. */
export const HEALTH = '+health'

const DONE = ['Resolved', 'Closed']
const NEEDED = ['account', 'status', 'priority']

/** Whether the person sees of tickets what health rests on; where the policy has a field of that name, it is that which is shown. */
export function canTellHealth(module: ModuleInfo, modules: readonly ModuleInfo[]): boolean {
  if (module.module !== 'accounts' || module.fields.some(({ field }) => field === 'health')) return false
  const tickets = modules.find((one) => one.module === 'tickets')
  return NEEDED.every((name) =>
    tickets?.fields.some(({ field, access, encrypted }) => field === name && access !== 'masked' && !encrypted),
  )
}

/** The open tickets of accounts that are urgent or of high priority. */
export function pressingTickets(accounts: readonly string[]): unknown {
  return {
    all: [
      { field: 'account', op: 'in', value: accounts },
      { field: 'priority', op: 'in', value: ['Urgent', 'High'] },
      { not: { field: 'status', op: 'in', value: DONE } },
    ],
  }
}

export interface Counted {
  readonly account: unknown
  readonly priority: unknown
  readonly count: number
}

/** The health of each account. `isAll`: the tickets are all there are; otherwise nothing is said of an account without any. */
export function healthOf(
  accounts: readonly string[],
  tickets: readonly Counted[],
  isAll: boolean,
): ReadonlyMap<string, Health> {
  const count = (account: string, priority: string) =>
    tickets
      .filter((one) => one.account === account && one.priority === priority)
      .reduce((sum, one) => sum + one.count, 0)
  return new Map(
    accounts.flatMap((account) => {
      const urgent = count(account, 'Urgent')
      const high = count(account, 'High')
      if (urgent + high === 0 && !isAll) return []
      return [[account, { level: urgent > 0 ? 'risk' : high > 0 ? 'watch' : 'good', urgent, high }] as const]
    }),
  )
}

/** The column of it. */
export function healthColumn(name: string): FieldInfo {
  return {
    field: HEALTH,
    type: 'health',
    name,
    access: 'read',
    system: true,
    required: false,
    unique: false,
    title: false,
  }
}

export function isHealth(value: unknown): value is Health {
  return typeof value === 'object' && value !== null && 'level' in value && 'urgent' in value && 'high' in value
}
