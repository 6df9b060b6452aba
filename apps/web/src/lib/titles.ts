import { queryOptions, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ask } from './api/client.ts'
import { dataOf } from './data-of.ts'
import { type ModuleInfo, titleField, useModules } from './modules.ts'

/** The names of records by id; `null` for an id behind which there is nothing that the person reads. Absent while it is asked. */
export type Titles = ReadonlyMap<string, string | null>
/** Ids of records, by module. */
export type RecordIds = ReadonlyMap<string, ReadonlySet<string>>

/**
 * The names of records that others point to, by id, in one request a module and set. What the person can't read has no name here,
 * whether it is there or not.
 * @param sets asked for set by set, so that a list that grows asks for no name twice
 */
export function useTitles(...sets: readonly RecordIds[]): Titles {
  const modules = useModules()
  const wanted = sets
    .flatMap((ids) => [...ids])
    .flatMap(([key, of]) => {
      const module = modules.find((known) => known.module === key)
      return module && of.size > 0 ? [{ module, ids: [...of].sort() }] : []
    })
  const found = useQueries({ queries: wanted.map((each) => titlesQuery(each.module, each.ids)), combine: dataOf })
  return useMemo(() => new Map(found.flatMap((titles) => titles ?? [])), [found])
}

export function titlesQuery(module: ModuleInfo, ids: readonly string[]) {
  return queryOptions({
    queryKey: ['records', module.module, 'titles', ids],
    queryFn: () => fetchTitles(module, ids),
    staleTime: 60_000,
  })
}

const AT_ONCE = 200

async function fetchTitles(module: ModuleInfo, ids: readonly string[]): Promise<[string, string | null][]> {
  const title = titleField(module)
  const found = new Map<string, string | null>(ids.map((id) => [id, null]))
  for (let at = 0; title && at < ids.length; at += AT_ONCE) {
    const filter = JSON.stringify({ field: 'id', op: 'in', value: ids.slice(at, at + AT_ONCE) })
    const query = { filter, fields: title.field, limit: String(AT_ONCE) }
    const page = await ask(api.GET('/api/v1/records/{module}', { params: { path: { module: module.module }, query } }))
    for (const item of page.items) found.set(item.id, nameOf(item[title.field]))
  }
  return [...found]
}

/** The text of a title that may be masked. */
export function nameOf(value: unknown): string {
  if (isMasked(value)) return value.masked
  return value === null || value === undefined ? '' : String(value)
}

/** Whether the person sees no more of a value than its mask. */
export function isMasked(value: unknown): value is { readonly masked: string } {
  return typeof value === 'object' && value !== null && 'masked' in value && typeof value.masked === 'string'
}
