import { useLive } from '../lib/live/use-live.ts'

/** Listens to what happens while the page is open. */
export function Live() {
  useLive()
  return null
}
