import { useCallback, useMemo, useState } from 'react'

/** The records that are marked: some by their ids, or all that the list finds. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly isAll: boolean
  has(id: string): boolean
  /** Marks or unmarks one; with `through`, all from the last one marked to it, in the order given. */
  toggle(id: string, through?: readonly string[]): void
  mark(ids: readonly string[]): void
  markAll(): void
  clear(): void
}

interface State {
  readonly ids: ReadonlySet<string>
  readonly isAll: boolean
  readonly last: string | undefined
}
const NONE: State = { ids: new Set(), isAll: false, last: undefined }

/** @param of what the list shows: another list begins with nothing marked */
export function useSelection(of: string): Selection {
  const [kept, setKept] = useState({ of, state: NONE })
  const state = kept.of === of ? kept.state : NONE
  const update = useCallback(
    (next: (state: State) => State) =>
      setKept((before) => ({ of, state: next(before.of === of ? before.state : NONE) })),
    [of],
  )
  return useMemo(
    () => ({
      ids: state.ids,
      isAll: state.isAll,
      has: (id) => state.isAll || state.ids.has(id),
      toggle: (id, through) => update((before) => toggled(before, id, through)),
      mark: (ids) => update(() => ({ ids: new Set(ids), isAll: false, last: undefined })),
      markAll: () => update((before) => ({ ...before, isAll: true })),
      clear: () => update(() => NONE),
    }),
    [state, update],
  )
}

function toggled(state: State, id: string, through: readonly string[] | undefined): State {
  const ids = new Set(state.ids)
  const [from, to] = [through?.indexOf(state.last ?? '') ?? -1, through?.indexOf(id) ?? -1]
  if (through && from >= 0 && to >= 0) {
    for (const one of through.slice(Math.min(from, to), Math.max(from, to) + 1)) ids.add(one)
  } else if (!ids.delete(id)) ids.add(id)
  return { ids, isAll: false, last: id }
}
