import type { ReactNode } from 'react'

interface Shown {
  readonly key: string
  readonly name: string
  readonly detail?: string
  readonly icon?: ReactNode
}

/** What the palette can do: go somewhere, or act. */
export type Entry = Shown & ({ readonly to: string } | { readonly act: () => void })

export interface EntryGroup {
  readonly title: string
  readonly entries: readonly Entry[]
}
