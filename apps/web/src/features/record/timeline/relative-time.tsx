import { useSyncExternalStore } from 'react'
import { useFormats } from '../../../lib/format.ts'

const TICK = 30_000
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** One clock for all times of the page; it stands still where nobody looks at it. */
function subscribe(listener: () => void): () => void {
  now = Date.now()
  listeners.add(listener)
  timer ??= setInterval(tick, TICK)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

/** How long ago, as time goes on; the whole instant on hover. */
export function RelativeTime({ at }: { readonly at: string }) {
  const { ago, dateTime } = useFormats()
  const current = useSyncExternalStore(subscribe, () => now)
  return (
    <time dateTime={at} title={dateTime(at)}>
      {ago(at, Math.max(current, new Date(at).getTime()))}
    </time>
  )
}
