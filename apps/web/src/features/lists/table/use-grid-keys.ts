import { type KeyboardEvent, useState } from 'react'
import type { FieldInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'

interface Grid {
  readonly rows: readonly RecordItem[]
  readonly columns: readonly FieldInfo[]
  readonly perPage: number
  readonly show: (index: number) => void
  readonly open: (record: RecordItem) => void
  readonly toggle: ((record: RecordItem, isRange: boolean) => void) | undefined
  readonly edit: (record: RecordItem, field: FieldInfo) => void
  readonly clear: () => void
}

export interface Place {
  /** -1: none yet. */
  readonly row: number
  readonly column: number
}

const TYPED_IN = 'input:not([type=checkbox]), textarea, select, [contenteditable=true]'

/** Walks a table by keyboard: arrows or j and k, x marks, Enter opens, F2 edits the cell. */
export function useGridKeys(grid: Grid) {
  const [place, setPlace] = useState<Place>({ row: -1, column: 0 })
  const last = grid.rows.length - 1
  const move = (row: number, column = place.column) => {
    const next = {
      row: Math.max(0, Math.min(row, last)),
      column: Math.max(0, Math.min(column, grid.columns.length - 1)),
    }
    setPlace(next)
    if (next.row !== place.row) grid.show(next.row)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof Element && event.target.matches(TYPED_IN)) return
    if (event.target !== event.currentTarget && (event.key === 'Enter' || event.key === ' ')) return
    if (act(event)) event.preventDefault()
  }
  const act = (event: KeyboardEvent<HTMLElement>): boolean => {
    if (event.key === 'Escape') grid.clear()
    const onward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
    const [rows, cells] = stepOf(event.key, grid.perPage, onward) ?? [0, 0]
    if (rows === 0 && cells === 0) return actOnRow(event)
    if (last >= 0) move(place.row + rows, place.column + cells)
    return true
  }
  const actOnRow = (event: KeyboardEvent): boolean => {
    const record = grid.rows[place.row]
    const field = grid.columns[place.column]
    if (!record) return false
    if (event.key === 'Enter') grid.open(record)
    else if (event.key === 'F2') field && grid.edit(record, field)
    else if (event.key === 'x' || event.key === 'X' || event.key === ' ') grid.toggle?.(record, event.shiftKey)
    else return false
    return true
  }
  return { place, onKeyDown }
}

/** How far a key leads: rows, and cells. */
function stepOf(key: string, perPage: number, onward: 1 | -1): readonly [number, number] | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return [1, 0]
    case 'ArrowUp':
    case 'k':
      return [-1, 0]
    case 'PageDown':
      return [perPage, 0]
    case 'PageUp':
      return [-perPage, 0]
    case 'Home':
      return [Number.NEGATIVE_INFINITY, 0]
    case 'End':
      return [Number.POSITIVE_INFINITY, 0]
    case 'ArrowRight':
      return [0, onward]
    case 'ArrowLeft':
      return [0, -onward]
    default:
      return undefined
  }
}
