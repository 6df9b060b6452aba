import type { ListSearch } from '../../lib/list-search.ts'
import type { ModuleInfo } from '../../lib/modules.ts'

export type Layout = NonNullable<ListSearch['layout']>

/** How a module's records can be laid out, besides in a list. */
export function layoutsOf(_module: ModuleInfo): readonly Layout[] {
  return ['list']
}

/** The layout that the address asks for, where it is offered. */
export function layoutOf(module: ModuleInfo, { layout, deleted }: ListSearch): Layout {
  const offered = layoutsOf(module)
  return !deleted && layout && offered.includes(layout) ? layout : 'list'
}
