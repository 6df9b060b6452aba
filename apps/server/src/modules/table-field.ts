import type { FieldType, Key } from '@bailiwick/access'

/** What a table needs to know of a field; the policy's own fields have this shape. */
export interface TableField {
  readonly type: FieldType
  readonly encrypted: boolean
  readonly unique: boolean
  readonly indexed: boolean
  readonly title: boolean
  /** Of a lookup: the module it points into. */
  readonly module?: Key
}
