/** For browsers that don't tell when they have nothing to do, in ms. */
const USUALLY = 100

/** Does something when the page has nothing else to do. @param atMost how long that may take, in ms; for ever unless stated */
export function whenIdle(work: () => void, atMost?: number): void {
  if (typeof requestIdleCallback === 'function')
    requestIdleCallback(work, atMost === undefined ? {} : { timeout: atMost })
  else setTimeout(work, USUALLY)
}

const DOINGS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
/** How long nobody has done anything by then, in ms. */
const QUIET = 1_000

/** Does something, once, when the person has rested for a second: it would keep waiting whatever he does meanwhile. @returns gives it up */
export function whenQuiet(work: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout>
  const giveUp = () => {
    clearTimeout(waiting)
    for (const doing of DOINGS) removeEventListener(doing, begin, true)
  }
  const begin = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      giveUp()
      whenIdle(work)
    }, QUIET)
  }
  for (const doing of DOINGS) addEventListener(doing, begin, { capture: true, passive: true })
  begin()
  return giveUp
}
