import type { Me } from './me.ts'

export const TOURS = ['administrator', 'manager', 'support', 'sales'] as const
export type Tour = (typeof TOURS)[number]

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
