import { queryOptions } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'
import type { ListSearch } from './list-search.ts'

export type View = paths['/api/v1/views']['get']['responses']['200']['content']['application/json']['items'][number]

/** The saved views of a module: one's own, and those that are shared with one. */
export function viewsQuery(module: string) {
  return queryOptions({
    queryKey: ['views', module],
    queryFn: async () => (await ask(api.GET('/api/v1/views', { params: { query: { module } } }))).items,
    staleTime: 60_000,
  })
}

/** The address of a list that shows a view. */
export function searchOf({ id, layout, definition }: View): ListSearch {
  const { q, filter, sort, columns, groupBy, span, health } = definition
  return {
    view: id,
    ...(layout !== 'list' && { layout }),
    ...(q && { q }),
    ...(filter !== undefined && { filter }),
    ...(sort && { sort }),
    ...(columns && columns.length > 0 && { columns }),
    ...(groupBy && { group: typeof groupBy === 'string' ? groupBy : groupBy.field }),
    ...(span && { span }),
    ...(health === false && { health }),
  }
}

/** What a view keeps of a list. */
export function definitionOf({ q, filter, sort, columns, group, span, health }: ListSearch): View['definition'] {
  return {
    ...(q && { q }),
    ...(filter !== undefined && { filter }),
    ...(sort && { sort }),
    ...(columns && { columns: [...columns] }),
    ...(group && { groupBy: group }),
    ...(span && { span }),
    ...(health === false && { health }),
  }
}
