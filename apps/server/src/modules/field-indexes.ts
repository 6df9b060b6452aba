import type { Key } from '@bailiwick/access'
import { blindIndexColumn, columnType, fieldColumn, indexName, isFoldedText } from './columns.ts'
import type { TableField } from './table-field.ts'

/**
 * What an index is over: the column as it is, its folded text (`bucketed`, `owned`: within buckets of owners, and for each owner), the members of a list, or a
 * lookup with the newest first (related lists, and records that go when the looked-up one is purged).
 */
export type IndexedBy = 'value' | 'folded' | 'bucketed' | 'owned' | 'members' | 'related'

export interface FieldIndex {
  readonly name: string
  readonly column: string
  readonly unique: boolean
  readonly by: IndexedBy
  /** The column's type: an index is made anew when it changes. */
  readonly over: string
}

/** The indexes that a field has of its own: to keep values unique, and to sort and filter by it. */
export function fieldIndexes(module: Key, field: Key, shape: TableField): FieldIndex[] {
  const column = shape.encrypted ? blindIndexColumn(field) : fieldColumn(field)
  const common = { column, over: columnType(shape) }
  const by = indexedBy(shape)
  const titled: FieldIndex[] = isTitle(shape)
    ? [
        { ...common, name: indexName(module, field, 'b'), unique: false, by: 'bucketed' },
        { ...common, name: indexName(module, field, 'o'), unique: false, by: 'owned' },
      ]
    : []
  if (shape.unique) return [{ ...common, name: indexName(module, field, 'u'), unique: true, by }, ...titled]
  return isSearched(shape) ? [{ ...common, name: indexName(module, field, 'i'), unique: false, by }, ...titled] : []
}

/** Lists by title are read by buckets and owners, whoever reads them. */
function isTitle(shape: TableField): boolean {
  return shape.title && isFoldedText(shape) && shape.type !== 'longText'
}

export function sameIndex(a: FieldIndex, b: FieldIndex): boolean {
  return a.name === b.name && a.column === b.column && a.by === b.by && a.over === b.over
}

/** Long texts don't fit an index entry, and files are never compared. */
function isSearched(shape: TableField): boolean {
  if (shape.type === 'longText' || shape.type === 'file') return false
  return shape.indexed || shape.type === 'lookup' || (shape.title && !shape.encrypted)
}

function indexedBy(shape: TableField): IndexedBy {
  if (shape.encrypted) return 'value'
  if (shape.type === 'lookup' && !shape.unique) return 'related'
  if (shape.type === 'choices') return 'members'
  return isFoldedText(shape) ? 'folded' : 'value'
}
