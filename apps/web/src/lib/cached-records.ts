import type { QueryClient } from '@tanstack/react-query'
import type { RecordItem } from './records.ts'

/** What a record becomes; nothing where it is gone from the list. */
type Change = (record: RecordItem) => RecordItem | undefined

/** Changes a record wherever the page keeps it: in lists, page by page, in short lists, and by itself. */
export function changeCached(queries: QueryClient, module: string, id: string, change: Change): void {
  queries.setQueriesData({ queryKey: ['records', module] }, (data: unknown) => changed(data, id, change))
}

function changed(data: unknown, id: string, change: Change): unknown {
  if (!isObject(data)) return data
  if (data.id === id && typeof data.version === 'number') return change(data as unknown as RecordItem) ?? data
  if (Array.isArray(data.pages)) return { ...data, pages: data.pages.map((page) => changed(page, id, change)) }
  if (!Array.isArray(data.items) || !data.items.some((item) => isObject(item) && item.id === id)) return data
  return {
    ...data,
    items: data.items.flatMap((item: RecordItem) => (item.id === id ? (change(item) ?? []) : item)),
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
