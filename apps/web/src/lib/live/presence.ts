import { useSyncExternalStore } from 'react'
import { api, ask } from '../api/client.ts'
import type { Present } from './event-stream.ts'

const NOBODY: readonly Present[] = []
const atRecords = new Map<string, readonly Present[]>()
const listeners = new Set<() => void>()

/** Notes who is at a record, as the stream told. */
export function notePresence(module: string, id: string, people: readonly Present[]): void {
  atRecords.set(`${module}:${id}`, people)
  for (const listener of listeners) listener()
}

/** Who is at a record now, the person himself among them. */
export function usePresence(module: string, id: string): readonly Present[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => atRecords.get(`${module}:${id}`) ?? NOBODY,
  )
}

/** Says that the person is at a record, editing it or not, or that he leaves. What can't be told isn't missed. */
export async function tellPresence(module: string, id: string, editing: boolean, away = false): Promise<void> {
  const body = away ? { editing, away } : { editing }
  await ask(api.POST('/api/v1/records/{module}/{id}/presence', { params: { path: { module, id } }, body })).catch(
    () => {},
  )
}
