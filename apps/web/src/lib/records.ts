import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'

/** Of the record and its module's actions: what the record's level allows (access model, section 3). */
export type Level = 'read' | 'edit' | 'full'

export interface RecordItem {
  readonly id: string
  readonly version: number
  readonly access: Level
  readonly [field: string]: unknown
}

/** What a list shows, as its address says. */
export interface ListQuestion {
  readonly module: string
  readonly q?: string
  readonly filter?: unknown
  /** `-amount,name` */
  readonly sort?: string
  readonly fields?: readonly string[]
  readonly deleted?: boolean
  readonly limit?: number
  readonly count?: 'none' | 'capped' | 'exact'
}

/** A list, page by page behind a cursor. All lists of a module stand under `['records', module, 'list']`. */
export function listQuery(question: ListQuestion) {
  return infiniteQueryOptions({
    queryKey: ['records', question.module, 'list', question],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET('/api/v1/records/{module}', {
          params: { path: { module: question.module }, query: { ...queryOf(question), cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
}

function queryOf({ q, filter, sort, fields, deleted, limit, count }: ListQuestion) {
  return {
    ...(q && { q }),
    ...(filter !== undefined && { filter: JSON.stringify(filter) }),
    ...(sort && { sort }),
    ...(fields && { fields: fields.join(',') }),
    ...(deleted && { deleted: 'true' as const }),
    ...(limit && { limit: String(limit) }),
    ...(count && { count }),
  }
}

/** A few records at once, without further pages. */
export function fewQuery(question: ListQuestion) {
  return queryOptions({
    queryKey: ['records', question.module, 'few', question],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/v1/records/{module}', {
          params: { path: { module: question.module }, query: queryOf(question) },
          signal,
        }),
      ),
  })
}

/** One record, under `['records', module, 'one', id]`. */
export function recordQuery(module: string, id: string) {
  return queryOptions({
    queryKey: ['records', module, 'one', id],
    queryFn: async ({ signal }): Promise<RecordItem> =>
      ask(api.GET('/api/v1/records/{module}/{id}', { params: { path: { module, id } }, signal })),
  })
}

const NEEDED: Readonly<Record<string, Level>> = {
  update: 'edit',
  delete: 'full',
  share: 'full',
  transfer: 'full',
  confide: 'full',
}
const RANK: Readonly<Record<Level, number>> = { read: 1, edit: 2, full: 3 }

/** Whether an action is his on a record: the level that came with the record, and the actions that came with the module. */
export function allows(record: { readonly access: Level }, actions: readonly string[], action: string): boolean {
  return actions.includes(action) && RANK[record.access] >= RANK[NEEDED[action] ?? 'read']
}
