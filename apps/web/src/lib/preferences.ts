import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'

type PreferencesPath = paths['/api/v1/me/preferences']
export type Preferences = PreferencesPath['get']['responses']['200']['content']['application/json']
type Change = PreferencesPath['patch']['requestBody']['content']['application/json']

export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => ask(api.GET('/api/v1/me/preferences')),
  staleTime: Number.POSITIVE_INFINITY,
})

/** What the person chose for himself, wherever he signs in; nothing until it is known. */
export function usePreferences(): Preferences | undefined {
  return useQuery(preferencesQuery).data
}

/** Changes some of it: on the page at once, and kept; taken back where it can't be kept. */
export function useChangePreferences() {
  const queries = useQueryClient()
  const { queryKey } = preferencesQuery
  return useMutation({
    mutationFn: (change: Change) => ask(api.PATCH('/api/v1/me/preferences', { body: change })),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey })
      const before = queries.getQueryData(queryKey)
      if (before) queries.setQueryData(queryKey, { ...before, ...change } as Preferences)
      return before
    },
    onError: (_error, _change, before) => queries.setQueryData(queryKey, before),
    onSuccess: (kept) => {
      queries.setQueryData(queryKey, kept)
      void queries.invalidateQueries({ queryKey: shortcutsQuery.queryKey })
    },
  })
}

/** Favourites and recent records that the person reads now, with their names. */
export const shortcutsQuery = queryOptions({
  queryKey: ['shortcuts'],
  queryFn: () => ask(api.GET('/api/v1/me/shortcuts')),
  staleTime: 30_000,
})

/** Notes that a record was opened. */
export async function noteRecent(module: string, id: string): Promise<void> {
  await ask(api.POST('/api/v1/me/recent', { body: { module, id } }))
}

/** Whether a record is among the person's favourites, and the way to change that; nothing until it is known. */
export function useFavourite(
  module: string,
  id: string,
): { readonly isFavourite: boolean; toggle(): void } | undefined {
  const preferences = usePreferences()
  const change = useChangePreferences()
  if (!preferences) return undefined
  const rest = preferences.favourites.filter(
    (one) => !(one.kind === 'record' && one.module === module && one.id === id),
  )
  const isFavourite = rest.length < preferences.favourites.length
  const favourites = isFavourite ? rest : [...rest, { kind: 'record' as const, module, id }]
  return { isFavourite, toggle: () => change.mutate({ favourites }) }
}
