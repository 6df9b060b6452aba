import type { Me } from '../../lib/me.ts'

export const TOURS = ['administrator', 'manager', 'support', 'sales'] as const
export type Tour = (typeof TOURS)[number]

/** What a step points at: the element that says so by `data-tour`, where it is on the page. */
export const STEPS = {
  administrator: ['sidebar', 'administration', 'search', 'audience', 'profile'],
  manager: ['sidebar', 'search', 'bell', 'audience', 'profile'],
  support: ['sidebar', 'search', 'bell', 'audience', 'profile'],
  sales: ['sidebar', 'search', 'bell', 'audience', 'profile'],
} as const satisfies Readonly<Record<Tour, readonly string[]>>

export type Target = (typeof STEPS)[Tour][number]

/** The tour that fits what the person may do; nothing where none does. */
export function tourFor({ system, modules }: Pick<Me, 'system' | 'modules'>): Tour | undefined {
  const may = (module: string, action: string) =>
    modules.some((one) => one.module === module && one.actions.includes(action))
  if (system.includes('manageAccess')) return 'administrator'
  if (may('deals', 'transfer')) return 'manager'
  if (may('deals', 'create')) return 'sales'
  if (may('tickets', 'update')) return 'support'
  return undefined
}
