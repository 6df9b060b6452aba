import type { KeyboardCoordinateGetter, Modifier } from '@dnd-kit/core'
import { STEP } from './hours.ts'

/** Of an hour, in pixels. */
export const HEIGHT = 48
const STEP_HEIGHT = (HEIGHT * STEP) / 60
/** Before the day, of the place above its hours. */
export const ALL_DAY = 'all:'
/** Before what is dragged, where that is its end. */
export const ENDING = 'end:'

/** How many minutes something was dragged down, in whole steps. */
export function minutesOf(pixels: number): number {
  return Math.round(pixels / STEP_HEIGHT) * STEP
}

/** Up and down goes in steps; across, freely. */
export const snapDown: Modifier = ({ transform }) => ({
  ...transform,
  y: Math.round(transform.y / STEP_HEIGHT) * STEP_HEIGHT,
})

/** By keyboard: a step up or down, a day to the side, whichever way the page is written. */
export const stepByKey: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const day = context.over?.rect.width ?? 0
  const ways: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [0, -STEP_HEIGHT],
    ArrowDown: [0, STEP_HEIGHT],
    ArrowLeft: [-day, 0],
    ArrowRight: [day, 0],
  }
  const way = ways[event.code]
  if (!way) return undefined
  event.preventDefault()
  return { x: currentCoordinates.x + way[0], y: currentCoordinates.y + way[1] }
}
