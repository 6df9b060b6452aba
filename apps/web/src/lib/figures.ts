import { queryOptions } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'

type Operation = paths['/api/v1/records/{module}/aggregate']['post']
export type FiguresQuestion = NonNullable<Operation['requestBody']>['content']['application/json']
export type Figures = Operation['responses']['200']['content']['application/json']

/** Counts and sums of a module's records, by groups; all of a module's stand under `['figures', module]`. */
export function figuresQuery(module: string, question: FiguresQuestion) {
  return queryOptions({
    queryKey: ['figures', module, question],
    queryFn: ({ signal }) =>
      ask(api.POST('/api/v1/records/{module}/aggregate', { params: { path: { module } }, body: question, signal })),
  })
}
