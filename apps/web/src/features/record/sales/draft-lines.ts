import type { Line, LineInput, LinesInput } from './sales-queries.ts'

/** A line that is being written; what is empty or no number yet is kept as it was typed. */
export interface DraftLine {
  /** For the page alone. */
  readonly key: number
  readonly product: string | null
  readonly name: string
  readonly description: string | null
  readonly quantity: number | string
  readonly unitPrice: number | string
  readonly discountPercent: number | string
  readonly taxPercent: number | string
}

export function draftOf(line: Line, key: number): DraftLine {
  const { product, name, description, quantity, unitPrice, discountPercent, taxPercent } = line
  return { key, product, name, description, quantity, unitPrice, discountPercent, taxPercent }
}

export function emptyDraft(key: number): DraftLine {
  return {
    key,
    product: null,
    name: '',
    description: null,
    quantity: 1,
    unitPrice: '',
    discountPercent: 0,
    taxPercent: 0,
  }
}

/** What is sent: lines in which nothing was written are left out. */
export function inputOf(drafts: readonly DraftLine[]): LinesInput['lines'] {
  return drafts.filter(({ name, product }) => name.trim() !== '' || product !== null).map(lineOf)
}

function lineOf({ product, name, description, ...figures }: DraftLine): LineInput {
  return {
    product,
    name: name.trim(),
    description,
    quantity: Number(figures.quantity),
    unitPrice: Number(figures.unitPrice),
    discountPercent: Number(figures.discountPercent),
    taxPercent: Number(figures.taxPercent),
  }
}
