import { queryOptions } from '@tanstack/react-query'
import { api, ask } from '../../../lib/api/client.ts'
import type { paths } from '../../../lib/api/schema.d.ts'
import { keyOf } from '../record-queries.ts'

type LinesPath = paths['/api/v1/records/quotes/{id}/lines']
export type Lines = LinesPath['get']['responses']['200']['content']['application/json']
export type Line = Lines['lines'][number]
export type LinesInput = LinesPath['put']['requestBody']['content']['application/json']
export type LineInput = LinesInput['lines'][number]

/** The modules whose records have lines. */
export type WithLines = 'quotes' | 'orders'

export function hasLines(module: string): module is WithLines {
  return module === 'quotes' || module === 'orders'
}

/** The lines of a quote or an order; nothing where there are none to the person. */
export function linesQuery(module: WithLines, id: string) {
  return queryOptions({
    queryKey: keyOf(module, id, 'lines'),
    queryFn: ({ signal }): Promise<Lines> =>
      ask(api.GET(`/api/v1/records/${module}/{id}/lines`, { params: { path: { id } }, signal })),
  })
}

export function putLines(module: WithLines, id: string, version: number, body: LinesInput) {
  return ask(
    api.PUT(`/api/v1/records/${module}/{id}/lines`, {
      params: { path: { id } },
      headers: { 'if-match': `"${version}"` },
      body,
    }),
  )
}

export function actualsQuery(id: string) {
  return queryOptions({
    queryKey: keyOf('budgets', id, 'actuals'),
    queryFn: ({ signal }) => ask(api.GET('/api/v1/records/budgets/{id}/actuals', { params: { path: { id } }, signal })),
  })
}

export type ConversionPreview =
  paths['/api/v1/records/leads/{id}/convert']['get']['responses']['200']['content']['application/json']
export type Conversion = NonNullable<
  paths['/api/v1/records/leads/{id}/convert']['post']['requestBody']
>['content']['application/json']

export function conversionQuery(id: string) {
  return queryOptions({
    queryKey: keyOf('leads', id, 'conversion'),
    queryFn: ({ signal }) => ask(api.GET('/api/v1/records/leads/{id}/convert', { params: { path: { id } }, signal })),
  })
}
