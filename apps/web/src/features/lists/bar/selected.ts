import type { ListSearch } from '../../../lib/list-search.ts'
import type { Selection } from '../use-selection.ts'

/** The marked records as the interface takes them: their ids, or the filter that finds them all. */
export type Selected = { readonly ids: string[] } | { readonly filter: unknown }

const EVERY = { all: [] }

export function selectedOf(selection: Selection, { filter }: ListSearch): Selected {
  return selection.isAll ? { filter: filter ?? EVERY } : { ids: [...selection.ids] }
}
