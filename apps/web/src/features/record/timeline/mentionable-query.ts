import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, ask } from '../../../lib/api/client.ts'
import type { paths } from '../../../lib/api/schema.d.ts'
import { keyOf } from '../record-queries.ts'

export type Mentionable =
  paths['/api/v1/records/{module}/{id}/mentionable']['get']['responses']['200']['content']['application/json']['items'][number]

/** Whom one can mention on a record, and whether they can see it. */
export function mentionableQuery(module: string, id: string, q: string) {
  return queryOptions({
    queryKey: keyOf(module, id, 'mentionable', q),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/v1/records/{module}/{id}/mentionable', {
          params: { path: { module, id }, query: { ...(q && { q }), limit: '8' } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}
