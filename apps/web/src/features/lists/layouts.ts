import type { ListSearch } from '../../lib/list-search.ts'
import type { ModuleInfo } from '../../lib/modules.ts'

export type Layout = NonNullable<ListSearch['layout']>

/** Modules that are more than a list to those who work with them. */
const ALSO: Readonly<Record<string, Layout>> = { deals: 'board', activities: 'calendar', tickets: 'queue' }

/** How a module's records can be laid out, besides in a list. */
export function layoutsOf({ module }: ModuleInfo): readonly Layout[] {
  const also = ALSO[module]
  return also ? ['list', also] : ['list']
}

/** The layout that the address asks for, where it is offered; a board of any choice, where one is named. */
export function layoutOf(module: ModuleInfo, { layout, deleted, group }: ListSearch): Layout {
  const isBoard = layout === 'board' && module.fields.some(({ field, type }) => field === group && type === 'choice')
  return !deleted && layout && (isBoard || layoutsOf(module).includes(layout)) ? layout : 'list'
}
