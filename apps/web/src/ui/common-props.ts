import type { ReactNode } from 'react'

/** What every kind of input takes. */
export interface CommonProps {
  readonly label: string | undefined
  readonly 'aria-label': string | undefined
  readonly required: boolean
  readonly error: ReactNode
  readonly autoFocus: boolean | undefined
  readonly disabled: boolean | undefined
  readonly size?: 'xs'
  /** So that inputs in a form can be told apart by whoever looks for the wrong one. */
  readonly name: string
}
