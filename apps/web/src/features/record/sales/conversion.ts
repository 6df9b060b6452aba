import type { Choice } from './becomes-part.tsx'
import type { Conversion, ConversionPreview } from './sales-queries.ts'

export interface Choices {
  readonly account: Choice
  readonly contact: Choice
  readonly deal: Choice
}

/** What is proposed at first: what is there already, where just one fits; else something new. */
export function choicesOf({ proposed, duplicates }: ConversionPreview): Choices {
  return {
    account: first(duplicates.account, proposed.account),
    contact: first(duplicates.contact, proposed.contact),
    deal: proposed.deal ? { kind: 'new', name: nameIn(proposed.deal) } : { kind: 'none' },
  }
}

function first(found: readonly { readonly id: string }[], proposed: Readonly<Record<string, unknown>> | null): Choice {
  const [only] = found
  if (only && found.length === 1) return { kind: 'existing', id: only.id }
  return proposed ? { kind: 'new', name: nameIn(proposed) } : { kind: 'none' }
}

function nameIn({ name }: Readonly<Record<string, unknown>>): string {
  return typeof name === 'string' ? name : ''
}

export function bodyOf({ account, contact, deal }: Choices): Conversion {
  return {
    account: chosen(account),
    contact: chosen(contact) ?? { create: {} },
    deal: deal.kind === 'new' ? { create: named(deal.name) } : null,
  }
}

function chosen(choice: Choice) {
  switch (choice.kind) {
    case 'new':
      return { create: named(choice.name) }
    case 'existing':
      return choice.id === null ? null : { id: choice.id, fill: true }
    case 'none':
      return null
  }
}

function named(name: string) {
  return name.trim() === '' ? {} : { name: name.trim() }
}
