import { useQueries } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import { type ModuleInfo, titleField, useModules } from './modules.ts'

export type Titles = ReadonlyMap<string, string>

/**
 * The names of records that others point to, by id, in one request a module. What the person can't read has no name here, whether
 * it is there or not.
 * @param ids by module
 */
export function useTitles(ids: ReadonlyMap<string, ReadonlySet<string>>): Titles {
  const modules = useModules()
  const wanted = [...ids].flatMap(([key, of]) => {
    const module = modules.find((known) => known.module === key)
    return module && of.size > 0 ? [{ module, ids: [...of].sort() }] : []
  })
  return useQueries({
    queries: wanted.map((each) => ({
      queryKey: ['records', each.module.module, 'titles', each.ids],
      queryFn: () => fetchTitles(each.module, each.ids),
      staleTime: 60_000,
    })),
    combine: (results) => new Map(results.flatMap(({ data }) => data ?? [])),
  })
}

const AT_ONCE = 200

async function fetchTitles(module: ModuleInfo, ids: readonly string[]): Promise<[string, string][]> {
  const title = titleField(module)
  if (!title) return []
  const found: [string, string][] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const filter = JSON.stringify({ field: 'id', op: 'in', value: ids.slice(at, at + AT_ONCE) })
    const query = { filter, fields: title.field, limit: String(AT_ONCE) }
    const page = await ask(api.GET('/api/v1/records/{module}', { params: { path: { module: module.module }, query } }))
    for (const item of page.items) found.push([item.id, nameOf(item[title.field])])
  }
  return found
}

/** The text of a title that may be masked. */
export function nameOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'masked' in value) return String(value.masked)
  return value === null || value === undefined ? '' : String(value)
}
