import { useSyncExternalStore } from 'react'
import { beforeLeaving } from '../../../lib/leaving.ts'

/** Longer than this nobody looks for the way back. */
export const WAY_BACK_MS = 10_000

/** Comments that their writer has taken away, and could still have back: not shown, and not deleted before that time is over. */
let leaving: ReadonlySet<string> = new Set()
const waiting = new Map<
  string,
  { readonly timer: ReturnType<typeof setTimeout>; readonly remove: () => Promise<void> }
>()
const listeners = new Set<() => void>()

/** @param remove deletes the comment for good; begun when the time is over, or one leaves */
export function letLeave(id: string, remove: () => Promise<void>): void {
  show([...leaving, id])
  waiting.set(id, { timer: setTimeout(() => void finish(id), WAY_BACK_MS), remove })
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

async function finish(id: string): Promise<void> {
  const { timer, remove } = waiting.get(id) ?? {}
  clearTimeout(timer)
  waiting.delete(id)
  await remove?.()
}

async function finishAll(): Promise<void> {
  await Promise.all([...waiting.keys()].map(finish))
}

function show(ids: readonly string[]): void {
  leaving = new Set(ids)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

addEventListener('pagehide', () => void finishAll())
beforeLeaving(finishAll)
