import { PointerSensor, type PointerSensorProps } from '@dnd-kit/core'
import { whenIdle } from '../../lib/when-idle.ts'

/** How long the last move may take to be drawn, in ms. */
const AT_MOST = 400

/**
 * Lets go of what is dragged once the last move has been drawn, so that the place under the pointer is known. Otherwise what is let go of at
 * the moment at which it comes to a place would land on the one before.
 */
export class SettledPointerSensor extends PointerSensor {
  constructor(props: PointerSensorProps) {
    super({ ...props, onEnd: () => whenIdle(props.onEnd, AT_MOST) })
  }
}
