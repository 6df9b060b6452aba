import { useSyncExternalStore } from 'react'

/** What is to be made, and what is known of it already. */
export interface Creating {
  readonly module: string
  readonly values: Readonly<Record<string, unknown>>
}

let current: Creating | undefined
const listeners = new Set<() => void>()

function set(next: Creating | undefined): void {
  current = next
  for (const listener of listeners) listener()
}

/** Opens the dialog that makes a record, from anywhere. */
export function openCreate(module: string, values: Creating['values'] = {}): void {
  set({ module, values })
}

export function closeCreate(): void {
  set(undefined)
}

export function useCreating(): Creating | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
