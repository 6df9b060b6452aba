import { useSyncExternalStore } from 'react'

/** Something that any part of the page may open, and one part shows. */
export interface Opened {
  open(): void
  close(): void
  toggle(): void
  /** Whether it is open, for whoever shows it. */
  use(): boolean
}

export function createOpened(): Opened {
  let isOpen = false
  const listeners = new Set<() => void>()
  const set = (value: boolean) => {
    isOpen = value
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    open: () => set(true),
    close: () => set(false),
    toggle: () => set(!isOpen),
    use: () => useSyncExternalStore(subscribe, () => isOpen),
  }
}

/** The command palette. */
export const palette = createOpened()
/** The tour. */
export const tour = createOpened()
/** The sheet of keys. */
export const keySheet = createOpened()
