import type { Language } from './words.ts'

/** All that stands on a quote's paper, in the words of its language. */
export interface Paper {
  readonly language: Language
  /** Epoch ms. */
  readonly at: number
  readonly seller: string
  readonly title: string
  /** Number, days, terms of payment. */
  readonly facts: readonly Fact[]
  readonly customer: { readonly label: string; readonly lines: readonly string[] }
  readonly table?: PaperTable
  readonly totals: readonly Fact[]
  readonly terms?: Fact
}

export interface Fact {
  readonly label: string
  readonly value: string
  readonly isStrong?: boolean
}

export interface PaperTable {
  readonly head: Cells
  readonly rows: readonly (Cells & { readonly description?: string })[]
}

export interface Cells {
  readonly item: string
  /** Quantity, unit price, discount, tax, sum. */
  readonly figures: readonly string[]
}
