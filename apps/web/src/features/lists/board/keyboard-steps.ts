import type { KeyboardCoordinateGetter } from '@dnd-kit/core'

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

/** Dragging by keyboard goes to the nearest place in the direction of the arrow, whichever way the page is written. */
export const stepToPlace: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const way = WAYS[event.code]
  const { collisionRect, droppableContainers, droppableRects } = context
  if (!way || !collisionRect) return undefined
  event.preventDefault()
  const [x, y] = [collisionRect.left + collisionRect.width / 2, collisionRect.top + collisionRect.height / 2]
  const isAcross = way[0] !== 0
  const onward = droppableContainers
    .getEnabled()
    .flatMap(({ id }) => droppableRects.get(id) ?? [])
    .map((rect) => ({ x: rect.left + rect.width / 2, y: rect.top + Math.min(rect.height, 80) / 2, rect }))
    .map((place) => ({
      ...place,
      along: isAcross ? (place.x - x) * way[0] : (place.y - y) * way[1],
      aside: isAcross ? 0 : Math.abs(place.x - x),
    }))
    .filter(({ along, rect }) => along > (isAcross ? rect.width : Math.min(rect.height, 80)) / 2)
    .sort((a, b) => a.along + 4 * a.aside - b.along - 4 * b.aside)
  const next = onward[0]
  return (
    next && {
      x: currentCoordinates.x + next.x - x,
      y: isAcross ? currentCoordinates.y : currentCoordinates.y + next.y - y,
    }
  )
}
