import { createHash } from 'node:crypto'
import type { FieldType, Key } from '@bailiwick/access'

/** PostgreSQL cuts identifiers at this many bytes without a word; keys are ASCII, so bytes are characters. */
const LONGEST_IDENTIFIER = 63
const HASH_LENGTH = 16

/** The system fields, and the one ordinary field that every module has, live in columns of their own. */
const OWN_COLUMNS: ReadonlyMap<Key, string> = new Map([
  ['id', 'id'],
  ['owner', 'owner_id'],
  ['confidential', 'confidential'],
  ['createdAt', 'created_at'],
  ['createdBy', 'created_by'],
  ['updatedAt', 'updated_at'],
  ['updatedBy', 'updated_by'],
  ['version', 'version'],
  ['externalId', 'external_id'],
])

const COLUMN_TYPES: { readonly [type in FieldType]: string } = {
  text: 'text',
  longText: 'text',
  number: 'double precision',
  integer: 'bigint',
  money: 'numeric(19,4)',
  percent: 'double precision',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'timestamptz',
  email: 'text',
  phone: 'text',
  url: 'text',
  choice: 'text',
  choices: 'text[]',
  lookup: 'uuid',
  user: 'integer',
  autoNumber: 'text',
  file: 'text',
}

/** What a field must tell about itself for its column to be known. */
export interface StoredField {
  readonly type: FieldType
  readonly encrypted?: boolean
}

/** The table of a module's records, unquoted: quote it with `sql.table`. */
export function recordTable(module: Key): string {
  return fitIdentifier(`r_${module}`)
}

/** The table of a module's texts that are searched for words, unquoted, and of the function that keeps them. */
export function searchTable(module: Key): string {
  return fitIdentifier(`w_${module}`)
}

/** The column of a field, unquoted: `f_<key>`, or the own column of a system field and of `externalId`. */
export function fieldColumn(field: Key): string {
  return OWN_COLUMNS.get(field) ?? fitIdentifier(`f_${field}`)
}

/** Whether the field lives in a column that every record table has, and that no document adds or drops. */
export function hasOwnColumn(field: Key): boolean {
  return OWN_COLUMNS.has(field)
}

/** The column beside an encrypted field that answers equality and uniqueness. */
export function blindIndexColumn(field: Key): string {
  return fitIdentifier(`b_${field}`)
}

/** The PostgreSQL type of a field's column; an encrypted field's holds the token, whatever the field's type. */
export function columnType(field: StoredField): string {
  return field.encrypted ? 'text' : COLUMN_TYPES[field.type]
}

/** Whether values of the field are compared as folded text (`control.fold`, collation C). */
export function isFoldedText(field: StoredField): boolean {
  return !field.encrypted && COLUMN_TYPES[field.type] === 'text' && field.type !== 'file'
}

/** The sequence that numbers an `autoNumber` field. `$` is in no key, so two pairs never meet in one name. */
export function sequenceName(module: Key, field: Key): string {
  return fitIdentifier(`s_${module}$${field}`)
}

/** What an index by rules' values orders: everybody's records or a bucket's, by newest or by title. */
export type RuleIndexKind = 'rn' | 'rt' | 'qn' | 'qt'

/**
 * The index of a field: `i` serves sorting and filtering, `b` and `o` sorting within buckets of owners and for each owner, `u` keeps values unique, `l` came
 * of lists that were sorted by it.
 */
export function indexName(module: Key, field: Key, kind: 'i' | 'b' | 'o' | 'u' | 'l' | RuleIndexKind): string {
  return fitIdentifier(`${kind}_${module}$${field}`)
}

/** How the names of indexes that came of lists begin, and nothing else's. */
export const ORDER_INDEXES = 'l_'
/** The same of indexes by rules' values, in their first three characters. */
export const RULE_INDEXES: readonly string[] = (['rn', 'rt', 'qn', 'qt'] as const).map(
  (kind: RuleIndexKind) => `${kind}_`,
)

/** The foreign key of a lookup or user field. */
export function foreignKeyName(module: Key, field: Key): string {
  return fitIdentifier(`k_${module}$${field}`)
}

/** A shortened name ends in `$$` and a hash, which no name made of keys does. */
function fitIdentifier(name: string): string {
  if (name.length <= LONGEST_IDENTIFIER) return name
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH)
  return `${name.slice(0, LONGEST_IDENTIFIER - HASH_LENGTH - 2)}$$${hash}`
}
