import type { Mapping, Options, Preview, PreviewColumn } from './api.ts'

export type DateOrder = NonNullable<Options['dateOrder']>
export type Decimal = NonNullable<Options['decimal']>

/** What a column becomes, and how it is read where that isn't left to be found out. */
export interface ColumnChoice {
  readonly field: string
  readonly values?: Record<string, string>
  readonly lookup?: string
  readonly dateFormat?: string
  readonly decimal?: Decimal
}

export type OwnerChoice =
  | { readonly kind: 'me' }
  | { readonly kind: 'column'; readonly column: string; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'one'; readonly owner: string | null }

/** What the person has settled so far. */
export interface Draft {
  readonly columns: Readonly<Record<string, ColumnChoice>>
  readonly owner: OwnerChoice
  readonly overwrite: boolean
  readonly match: string | null
}

/** A suggestion by a part of the name alone is told, and not taken. */
const TAKEN_FROM = 0.42
const SURE_FROM = 0.8

export function isTaken({ suggested, confidence }: PreviewColumn): boolean {
  return suggested !== undefined && confidence > TAKEN_FROM
}

export function isSure({ confidence }: PreviewColumn): boolean {
  return confidence >= SURE_FROM
}

/** Begins with what the columns seem to be. */
export function suggestedDraft(preview: Preview, me: string): Draft {
  const taken = preview.columns.filter((column) => isTaken(column) && column.suggested !== 'owner')
  const columns = Object.fromEntries(taken.map(({ header, suggested = '' }) => [header, { field: suggested }]))
  return { columns, owner: suggestedOwner(preview, me), overwrite: false, match: null }
}

/** Owners that nobody here is called by become the person himself, until he says whom they mean. */
function suggestedOwner({ columns, owners, looked }: Preview, me: string): OwnerChoice {
  const column = columns.find(({ suggested }) => suggested === 'owner')?.header
  const strangers = owners.unmatched.reduce((sum, { count }) => sum + count, 0)
  if (column === undefined || !owners.mayChoose || strangers >= looked) return { kind: 'me' }
  return { kind: 'column', column, values: Object.fromEntries(owners.unmatched.map(({ name }) => [name, me])) }
}

/** Begins with what the person settled for a file with these columns before, as far as it still stands. */
export function rememberedDraft(preview: Preview, mapping: Mapping): Draft | undefined {
  const headers = new Set(preview.columns.map(({ header }) => header))
  const fields = new Set(preview.fields.map(({ field }) => field))
  const known = Object.entries(mapping.columns ?? {}).flatMap(([header, given]): [string, ColumnChoice][] => {
    const choice = typeof given === 'string' ? { field: given } : given
    return headers.has(header) && fields.has(choice.field) ? [[header, choice]] : []
  })
  if (known.length === 0) return undefined
  return { columns: Object.fromEntries(known), owner: ownerOf(preview, mapping), overwrite: false, match: null }
}

function ownerOf({ owners, columns }: Preview, { owner }: Mapping): OwnerChoice {
  if (owner === undefined || !owners.mayChoose) return { kind: 'me' }
  if (typeof owner !== 'string' && 'owner' in owner) return { kind: 'one', owner: owner.owner }
  const { column, values = {} } = typeof owner === 'string' ? { column: owner } : owner
  return columns.some(({ header }) => header === column) ? { kind: 'column', column, values } : { kind: 'me' }
}

/** A field is filled by one column: whichever had it before lets go of it. */
export function chooseField(draft: Draft, header: string, field: string | null): Draft {
  const kept = Object.entries(draft.columns).filter(([name, choice]) => name !== header && choice.field !== field)
  const columns = Object.fromEntries(field === null ? kept : [...kept, [header, { field }]])
  const isMatched = Object.values(columns).some((choice) => choice.field === draft.match)
  return { ...draft, columns, match: isMatched ? draft.match : null }
}

export function chooseFormat(
  draft: Draft,
  header: string,
  format: Pick<ColumnChoice, 'dateFormat' | 'decimal'>,
): Draft {
  const { dateFormat: _date, decimal: _decimal, ...choice } = draft.columns[header] ?? { field: '' }
  return { ...draft, columns: { ...draft.columns, [header]: { ...choice, ...format } } }
}

/** As the interface takes it. */
export function wishOf(draft: Draft, reading: Options) {
  const owner = ownerMapping(draft.owner)
  return {
    mapping: { columns: { ...draft.columns }, ...(owner && { owner }) },
    options: { ...reading, ...(draft.overwrite && draft.match && { match: draft.match }) },
    overwrite: draft.overwrite,
  }
}

function ownerMapping(owner: OwnerChoice): Mapping['owner'] {
  if (owner.kind === 'column') return { column: owner.column, values: { ...owner.values } }
  return owner.kind === 'one' && owner.owner !== null ? { owner: owner.owner } : undefined
}
