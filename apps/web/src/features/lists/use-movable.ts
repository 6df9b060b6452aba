import { useDraggable } from '@dnd-kit/core'
import { useMergedRef } from '@mantine/hooks'

/**
 * What is dragged as a whole, by pointer or by keyboard, where it may be. Keys on the links and buttons in it are theirs: only where it
 * has the focus itself do they take it up.
 */
export function useMovable(id: string, canMove: boolean) {
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, transform, isDragging } = useDraggable({
    id,
    disabled: !canMove,
  })
  const ref = useMergedRef<HTMLElement>(setNodeRef, setActivatorNodeRef)
  const handle = canMove ? { ...listeners, ...attributes, role: undefined, tabIndex: 0 } : {}
  return { ref, handle, transform, isDragging }
}
