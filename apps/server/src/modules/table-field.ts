import type { FieldType, Key, RuleFields } from '@bailiwick/access'

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

/** What a table needs to know of a module. Fields with columns of their own may be among them: they are passed over. */
export interface TableModule {
  readonly fields: ReadonlyMap<Key, TableField>
  /** By which fields' values its sharing rules go. */
  readonly ruledBy?: readonly RuleFields[]
}

export type TableModules = ReadonlyMap<Key, TableModule>
