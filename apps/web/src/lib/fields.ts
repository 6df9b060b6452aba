import type { FieldInfo, ModuleInfo } from './modules.ts'
import type { RecordIds } from './titles.ts'

/** Whether the person fills the field in himself: what the program keeps has actions of its own, or none. */
export function isWritable({ access, system, type }: FieldInfo): boolean {
  return access === 'edit' && !system && type !== 'autoNumber' && type !== 'file'
}

export function isNumeric({ type }: FieldInfo): boolean {
  return type === 'number' || type === 'integer' || type === 'money' || type === 'percent'
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

type Values = Readonly<Record<string, unknown>>

/** The people and teams that records name in the given fields. */
export function refsIn(fields: readonly FieldInfo[], records: readonly Values[]): Set<string> {
  const users = fields.filter(({ type }) => type === 'user')
  return new Set(records.flatMap((record) => users.flatMap(({ field }) => texts(record[field]))))
}

/** The records that records point to by the given fields, by module. */
export function lookedUpIn(fields: readonly FieldInfo[], records: readonly Values[]): RecordIds {
  const ids = new Map<string, Set<string>>()
  for (const { field, module } of fields) {
    if (module === undefined) continue
    const of = ids.get(module) ?? new Set()
    for (const record of records) for (const id of texts(record[field])) of.add(id)
    ids.set(module, of)
  }
  return ids
}

/** Fields by their names. */
export function fieldsOf(module: ModuleInfo): ReadonlyMap<string, FieldInfo> {
  return new Map(module.fields.map((field) => [field.field, field]))
}

function texts(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : []
}
