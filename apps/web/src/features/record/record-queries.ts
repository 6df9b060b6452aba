import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../../lib/api/client.ts'
import type { paths } from '../../lib/api/schema.d.ts'

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

export type RecordAccess = Answer<'/api/v1/records/{module}/{id}/access'>
export type Grant = RecordAccess['own']['because'][number]
export type Share = NonNullable<RecordAccess['shares']>[number]
export type Audience = Answer<'/api/v1/records/{module}/{id}/audience'>
export type Explanation = Answer<'/api/v1/records/{module}/{id}/explain'>
export type RelatedGroup = Answer<'/api/v1/records/{module}/{id}/related'>['items'][number]

/** What hangs on a record stands under its own key, so that one step makes all of it fresh. */
export function keyOf(module: string, id: string, ...rest: readonly unknown[]) {
  return ['records', module, 'one', id, ...rest]
}

export function accessQuery(module: string, id: string) {
  return queryOptions({
    queryKey: keyOf(module, id, 'access'),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/v1/records/{module}/{id}/access', { params: { path: { module, id } }, signal })),
  })
}

/** Only for who may see the audience. */
export function audienceQuery(module: string, id: string) {
  return queryOptions({
    queryKey: keyOf(module, id, 'audience'),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/v1/records/{module}/{id}/audience', {
          params: { path: { module, id }, query: { limit: '500' } },
          signal,
        }),
      ),
  })
}

export function relatedQuery(module: string, id: string) {
  return queryOptions({
    queryKey: keyOf(module, id, 'related'),
    queryFn: ({ signal }) =>
      ask(api.GET('/api/v1/records/{module}/{id}/related', { params: { path: { module, id } }, signal })),
  })
}

/** Why the person himself can't change a field, and whom to ask. */
export function whyNotQuery(module: string, id: string, field: string) {
  return queryOptions({
    queryKey: keyOf(module, id, 'why-not', field),
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/v1/records/{module}/{id}/explain', {
          params: { path: { module, id }, query: { action: 'update', field, how: 'true' } },
          signal,
        }),
      ),
    staleTime: 60_000,
  })
}
