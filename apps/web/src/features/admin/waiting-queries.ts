import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../../lib/api/client.ts'
import type { paths } from '../../lib/api/schema.d.ts'

type Changes = paths['/api/v1/policy/changes']['get']['responses']['200']['content']['application/json']
export type WaitingChange = Changes['items'][number]

export const changesQuery = queryOptions({
  queryKey: ['policy', 'changes'],
  queryFn: () => ask(api.GET('/api/v1/policy/changes')),
})

/** One change, with what it would do. */
export function changeQuery(id: number) {
  return queryOptions({
    queryKey: ['policy', 'changes', id],
    queryFn: () => ask(api.GET('/api/v1/policy/changes/{id}', { params: { path: { id: String(id) } } })),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}

export type Decision = 'approve' | 'decline' | 'withdraw'

export function decideChange({ id, what }: { readonly id: number; readonly what: Decision }) {
  const params = { path: { id: String(id) } }
  switch (what) {
    case 'approve':
      return ask(api.POST('/api/v1/policy/changes/{id}/approve', { params }))
    case 'decline':
      return ask(api.POST('/api/v1/policy/changes/{id}/decline', { params }))
    case 'withdraw':
      return ask(api.POST('/api/v1/policy/changes/{id}/withdraw', { params }))
  }
}
