import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api, ask } from './api/client.ts'
import { changeCached } from './cached-records.ts'
import type { RecordItem } from './records.ts'

export type Changes = Readonly<Record<string, unknown>>

/** A change that was made: what undoes it needs. `after` is absent where the record left the person's sight by it. */
export interface Edited {
  readonly before: RecordItem
  readonly after: RecordItem | undefined
}

/**
 * Changes fields of a record: on the page at once, and back again where the server refuses.
 * @throws ApiProblem with 412 where somebody else was faster, and any other refusal
 */
export function useEditRecord(module: string): (record: RecordItem, changes: Changes) => Promise<Edited> {
  const queries = useQueryClient()
  return useCallback((record, changes) => editRecord(queries, module, record, changes), [queries, module])
}

async function editRecord(queries: QueryClient, module: string, record: RecordItem, changes: Changes): Promise<Edited> {
  await queries.cancelQueries({ queryKey: ['records', module] })
  changeCached(queries, module, record.id, (cached) => ({ ...cached, ...changes }))
  try {
    const after = await sendChanges(module, record, changes)
    changeCached(queries, module, record.id, (cached) => after && { ...cached, ...after })
    return { before: record, after }
  } catch (error) {
    const old = Object.fromEntries(Object.keys(changes).map((field) => [field, record[field]]))
    changeCached(queries, module, record.id, (cached) => ({ ...cached, ...old }))
    void queries.invalidateQueries({ queryKey: ['records', module, 'one', record.id] })
    throw error
  } finally {
    void queries.invalidateQueries({ queryKey: ['figures', module] })
  }
}

async function sendChanges(module: string, record: RecordItem, changes: Changes): Promise<RecordItem | undefined> {
  const answer = await ask<RecordItem | undefined>(
    api.PATCH('/api/v1/records/{module}/{id}', {
      params: { path: { module, id: record.id } },
      headers: { 'if-match': `"${record.version}"` },
      body: changes,
    }),
  )
  return answer || undefined
}
