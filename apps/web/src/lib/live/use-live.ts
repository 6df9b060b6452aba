import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { unreadKey } from '../notifications.ts'
import { type Hear, listenTo } from './event-stream.ts'
import { notePresence } from './presence.ts'

const RECORD = /^\/records\/([^/]+)(?:\/([^/]+))?$/

/** Keeps what is on the page as it is on the server: the open record, the open list, notifications, and the person's own rights. */
export function useLive(): void {
  const queries = useQueryClient()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const [, module, id] = RECORD.exec(path) ?? []
  useEffect(() => {
    const watched = { records: module && id ? [`${module}:${id}`] : [], modules: module && !id ? [module] : [] }
    return listenTo(watched, hearInto(queries), () => void queries.invalidateQueries())
  }, [module, id, queries])
}

function hearInto(queries: QueryClient): Hear {
  const renew = (...queryKey: readonly unknown[]) => void queries.invalidateQueries({ queryKey })
  return (name, data) => {
    if (name === 'notification' && 'unread' in data) {
      queries.setQueryData(unreadKey, data.unread)
      renew('notifications', 'inbox')
    }
    if (name === 'presence' && 'people' in data) notePresence(data.module, data.id, data.people)
    if (name === 'record' && 'version' in data) renewRecord(queries, data.module, data.id, data.version)
    if ((name === 'comment' || name === 'gone') && 'id' in data) renew('records', data.module)
    if (name === 'policy') for (const key of ['me', 'modules', 'records', 'shortcuts']) renew(key)
  }
}

/** What the page itself has just written needn't be read again. */
function renewRecord(queries: QueryClient, module: string, id: string, version: number): void {
  const known = queries.getQueryData<{ readonly version: number }>(['records', module, 'one', id])
  if (known && known.version >= version) return
  void queries.invalidateQueries({ queryKey: ['records', module] })
}
