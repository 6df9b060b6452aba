import type { FieldValue, Key, OwnerRef } from '@bailiwick/access'

/** Another record of the demonstration, by the name it has in the files. */
export interface DemoReference {
  readonly module: Key
  readonly externalId: string
}

/** A record before it is in the database: its lookups still name other records by their external ids. */
export interface DemoRecord {
  readonly externalId: string
  readonly owner: OwnerRef
  readonly confidential?: boolean
  readonly values: { readonly [field: Key]: FieldValue }
  readonly lookups?: { readonly [field: Key]: DemoReference }
  /** Of a quote: what its amount, discount and tax are the sums of. */
  readonly lines?: readonly DemoLine[]
}

export interface DemoLine {
  readonly product?: DemoReference
  readonly name: string
  readonly quantity: number
  readonly unitPrice: number
  readonly discountPercent: number
  readonly taxPercent: number
}

export interface DemoModule {
  readonly module: Key
  readonly records: readonly DemoRecord[]
}

export function refer(module: Key, externalId: string): DemoReference {
  return { module, externalId }
}

/** The key of a name: `Mei-Mei Johns` is `mei-mei-johns`. Names of the demonstration are ASCII. */
export function keyOf(name: string): Key {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
}
