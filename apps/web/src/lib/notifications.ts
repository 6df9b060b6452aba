import { infiniteQueryOptions } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'

type Inbox = paths['/api/v1/notifications']['get']['responses']['200']['content']['application/json']
export type Notification = Inbox['items'][number]

/** How many are unread, as the stream tells. */
export const unreadKey = ['notifications', 'unread'] as const

export function inboxQuery(onlyUnread: boolean) {
  return infiniteQueryOptions({
    queryKey: ['notifications', 'inbox', onlyUnread],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/notifications', {
          params: {
            query: { ...(onlyUnread && { unread: 'true' as const }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

/** Marks notifications read. Answers how many are still unread. */
export async function markRead(which: { readonly ids: readonly string[] } | { readonly all: true }): Promise<number> {
  const body = 'ids' in which ? { ids: [...which.ids] } : which
  return (await ask(api.POST('/api/v1/notifications/read', { body }))).unread
}
