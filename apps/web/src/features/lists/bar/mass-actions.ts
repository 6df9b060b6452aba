import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'

export type MassAction = 'edit' | 'transfer' | 'share' | 'export' | 'delete' | 'restore'

/** What may be done to marked records, by the actions that came with the module. */
export function massActionsOf({ actions }: ModuleInfo, { deleted }: ListSearch): ReadonlySet<MassAction> {
  const may = (action: string) => actions.includes(action)
  if (deleted) return new Set<MassAction>(may('delete') ? ['restore'] : [])
  const offered: (readonly [MassAction, boolean])[] = [
    ['edit', may('mass') && may('update')],
    ['transfer', may('mass') && may('transfer')],
    ['share', may('mass') && may('share')],
    ['export', may('export')],
    ['delete', may('mass') && may('delete')],
  ]
  return new Set(offered.flatMap(([action, is]) => (is ? [action] : [])))
}

/** Whether there is any reason to mark records. */
export function canMarkIn(module: ModuleInfo, search: ListSearch): boolean {
  return massActionsOf(module, search).size > 0
}
