/**
 * What happens where the session ends in the middle of work: requests that met a 401 wait here until the person has signed in again on
 * top of the page, and are sent once more. Nothing that was typed is lost.
 */
type Listener = (isClosed: boolean) => void

let waiting: PromiseWithResolvers<boolean> | undefined
const listeners = new Set<Listener>()

/** Waits until somebody is signed in. Answers whether to ask again: not where he gave up. */
export function waitForSession(): Promise<boolean> {
  waiting ??= Promise.withResolvers<boolean>()
  tell(true)
  return waiting.promise
}

/** Lets what waits go on, or end. */
export function openGate(askAgain: boolean): void {
  waiting?.resolve(askAgain)
  waiting = undefined
  tell(false)
}

/** Hears whether anybody waits. Answers how to stop listening. */
export function onGate(listener: Listener): () => void {
  listeners.add(listener)
  listener(waiting !== undefined)
  return () => listeners.delete(listener)
}

function tell(isClosed: boolean): void {
  for (const listener of listeners) listener(isClosed)
}
