/** The whole state of a list, as its address holds it. */
export interface ListSearch {
  readonly view?: string
  readonly layout?: 'list' | 'board' | 'calendar' | 'queue'
  readonly q?: string
  /** A condition of the access model, as it stands in `filter`. */
  readonly filter?: unknown
  readonly sort?: string
  readonly columns?: readonly string[]
  readonly group?: string
  readonly deleted?: boolean
  /** Of accounts: how they are doing isn't shown. */
  readonly health?: false
  /** Calendar: its span, and a day in it (YYYY-MM-DD). */
  readonly span?: 'day' | 'week' | 'month'
  readonly day?: string
}

const LAYOUTS = ['list', 'board', 'calendar', 'queue'] as const
const SPANS = ['day', 'week', 'month'] as const

/** Reads an address; what makes no sense in it is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  return {
    ...text(search, 'view'),
    ...text(search, 'q'),
    ...text(search, 'sort'),
    ...text(search, 'group'),
    ...text(search, 'day'),
    ...(typeof search.filter === 'object' && search.filter !== null && { filter: search.filter }),
    ...(isStrings(search.columns) && { columns: search.columns }),
    ...(search.deleted === true && { deleted: true }),
    ...(search.health === false && { health: false }),
    ...oneOf(search, 'layout', LAYOUTS),
    ...oneOf(search, 'span', SPANS),
  }
}

function text<Key extends string>(search: Record<string, unknown>, key: Key): { [K in Key]?: string } {
  const value = search[key]
  // A number in an address is read as one.
  if (typeof value === 'number') return { [key]: String(value) } as { [K in Key]?: string }
  return typeof value === 'string' && value !== '' ? ({ [key]: value } as { [K in Key]?: string }) : {}
}

function oneOf<Key extends string, Value extends string>(
  search: Record<string, unknown>,
  key: Key,
  values: readonly Value[],
): { [K in Key]?: Value } {
  const value = values.find((known) => known === search[key])
  return value ? ({ [key]: value } as { [K in Key]?: Value }) : {}
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
}
