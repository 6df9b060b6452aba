import { useSyncExternalStore } from 'react'

/** What is to be taken out as a file. */
export interface Exporting {
  readonly module: string
  /** A condition of the access model; unstated, all records that the person sees. */
  readonly filter?: unknown
  /** Of single records, in place of a filter. */
  readonly ids?: readonly string[]
  readonly sort?: string
  /** Those that are on the screen: offered beside all that there are. */
  readonly fields?: readonly string[]
}

let current: Exporting | undefined
const listeners = new Set<() => void>()

function set(next: Exporting | undefined): void {
  current = next
  for (const listener of listeners) listener()
}

/** Opens the dialog that takes records out, from anywhere. */
export function openExport(exporting: Exporting): void {
  set(exporting)
}

export function closeExport(): void {
  set(undefined)
}

export function useExporting(): Exporting | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
