import { useSyncExternalStore } from 'react'

/** Longer than this nobody looks for the way back. */
export const WAY_BACK_MS = 10_000

/** Comments that their writer has taken away, and could still have back: not shown, and not deleted before that time is over. */
let leaving: ReadonlySet<string> = new Set()
const waiting = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; readonly remove: () => void }>()
const listeners = new Set<() => void>()

/** @param remove deletes the comment for good; begun when the time is over, or the page is left */
export function letLeave(id: string, remove: () => void): void {
  show([...leaving, id])
  waiting.set(id, { timer: setTimeout(() => finish(id), WAY_BACK_MS), remove })
}

/** Takes it back, where it isn't deleted yet. */
export function comeBack(id: string): void {
  clearTimeout(waiting.get(id)?.timer)
  waiting.delete(id)
  show([...leaving].filter((each) => each !== id))
}

/** The comments that aren't to be shown. */
export function useLeaving(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => leaving)
}

function finish(id: string): void {
  const { timer, remove } = waiting.get(id) ?? {}
  clearTimeout(timer)
  waiting.delete(id)
  remove?.()
}

function show(ids: readonly string[]): void {
  leaving = new Set(ids)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

addEventListener('pagehide', () => {
  for (const id of [...waiting.keys()]) finish(id)
})
