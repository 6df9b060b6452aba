import { infiniteQueryOptions } from '@tanstack/react-query'
import { api, ask } from '../../../lib/api/client.ts'
import type { paths } from '../../../lib/api/schema.d.ts'
import { keyOf } from '../record-queries.ts'

type Timeline =
  paths['/api/v1/records/{module}/{id}/timeline']['get']['responses']['200']['content']['application/json']
export type Happening = Timeline['items'][number]

export const KINDS = ['comment', 'activity', 'change', 'file'] as const
export type Kind = (typeof KINDS)[number]

/** What happened to a record, newest first, page by page. */
export function timelineQuery(module: string, id: string, kinds: readonly Kind[]) {
  return infiniteQueryOptions({
    queryKey: keyOf(module, id, 'timeline', kinds),
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/api/v1/records/{module}/{id}/timeline', {
          params: {
            path: { module, id },
            query: { ...(kinds.length > 0 && { kinds: kinds.join(',') }), cursor: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}
