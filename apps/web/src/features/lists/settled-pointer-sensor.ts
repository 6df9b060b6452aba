import { PointerSensor, type PointerSensorProps } from '@dnd-kit/core'

/** How long the last move may take to be drawn, in ms. */
const AT_MOST = 400
/** For browsers that don't tell when they have nothing to do. */
const USUALLY = 100

/**
 * Lets go of what is dragged once the last move has been drawn, so that the place under the pointer is known. Otherwise what is let go of at
 * the moment at which it comes to a place would land on the one before.
 */
export class SettledPointerSensor extends PointerSensor {
  constructor(props: PointerSensorProps) {
    super({ ...props, onEnd: () => whenSettled(props.onEnd) })
  }
}

function whenSettled(then: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(then, { timeout: AT_MOST })
  else setTimeout(then, USUALLY)
}
