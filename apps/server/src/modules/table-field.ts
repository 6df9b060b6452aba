import type { FieldType, Key, RuleWay } from '@bailiwick/access'

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
  /** How its sharing rules by values lead to records. */
  readonly ruleWays?: readonly RuleWay[]
}

export type TableModules = ReadonlyMap<Key, TableModule>
