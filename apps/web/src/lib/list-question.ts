import { columnsOf } from './default-columns.ts'
import type { ListSearch } from './list-search.ts'
import type { ModuleInfo } from './modules.ts'
import type { ListQuestion } from './records.ts'

export const PAGE = 100
/** Shown beside a record, and needed to say what may be done with it. */
const BESIDE = ['owner', 'confidential']

/** What a list asks the interface for, as its address says; in which order where that doesn't, the interface knows. */
export function questionOf(module: ModuleInfo, search: ListSearch): ListQuestion {
  const exists = new Set(module.fields.map(({ field }) => field))
  const columns = columnsOf(module, search.columns).map(({ field }) => field)
  const fields = [...new Set([...columns, ...BESIDE.filter((field) => exists.has(field))])]
  const { sort } = search
  return { ...selectionOf(module, search), ...(sort && { sort }), fields, limit: PAGE }
}

/** Which records a list shows, whatever it shows of them. */
export function selectionOf(module: ModuleInfo, { q, filter, deleted }: ListSearch): ListQuestion {
  return {
    module: module.module,
    ...(q && { q }),
    ...(filter !== undefined && { filter }),
    ...(deleted && { deleted }),
  }
}

/** Whether anything narrows the list down. */
export function isNarrowed({ q, filter }: ListSearch): boolean {
  return q !== undefined || filter !== undefined
}
