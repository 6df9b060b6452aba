import { queryOptions, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'
import { dataOf } from './data-of.ts'

export type DirectoryEntry =
  paths['/api/v1/directory']['get']['responses']['200']['content']['application/json']['items'][number]
export type DirectoryKind = DirectoryEntry['kind']
/** People, teams, roles and groups by their reference: `user:anna`. */
export type Names = ReadonlyMap<string, DirectoryEntry>

const AT_ONCE = 200

/** Those of the references that there are. */
export function namesQuery(refs: readonly string[]) {
  return queryOptions({
    queryKey: ['directory', 'refs', refs],
    queryFn: () => fetchNames(refs),
    staleTime: 5 * 60_000,
  })
}

async function fetchNames(refs: readonly string[]): Promise<DirectoryEntry[]> {
  const found: DirectoryEntry[] = []
  for (let at = 0; at < refs.length; at += AT_ONCE) {
    const query = { ref: refs.slice(at, at + AT_ONCE) }
    found.push(...(await ask(api.GET('/api/v1/directory', { params: { query } }))).items)
  }
  return found
}

/** What the references are called. What they name is asked for set by set, so that a set that grows asks for no name twice. */
export function useNames(...sets: readonly Iterable<string>[]): Names {
  const wanted = sets.map((refs) => [...new Set(refs)].sort()).filter((refs) => refs.length > 0)
  const found = useQueries({ queries: wanted.map(namesQuery), combine: dataOf })
  return useMemo(() => new Map(found.flatMap((entries) => entries ?? []).map((entry) => [entry.ref, entry])), [found])
}

/** Whom one can choose from: active ones first. */
export function directoryQuery(q: string, kinds: readonly DirectoryKind[], limit = 20) {
  return queryOptions({
    queryKey: ['directory', 'search', q, kinds, limit],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/v1/directory', { params: { query: { q, kind: kinds.join(','), limit: String(limit) } }, signal }),
      ),
    staleTime: 60_000,
  })
}
