import { columnsOf } from '../../lib/default-columns.ts'
import { isWritable } from '../../lib/fields.ts'
import type { FieldInfo, ModuleInfo } from '../../lib/modules.ts'

/** The fields that a person fills in himself: what must be and what matters first, the others behind. */
export function fieldsToFill(
  module: ModuleInfo,
  given: ReadonlySet<string>,
): { first: FieldInfo[]; more: FieldInfo[] } {
  const writable = module.fields.filter(isWritable)
  const important = new Set(columnsOf(module, undefined).map(({ field }) => field))
  const isFirst = (field: FieldInfo) =>
    field.required || field.title || important.has(field.field) || given.has(field.field)
  const rank = (field: FieldInfo) => (field.title ? 0 : field.required ? 1 : 2)
  return {
    first: writable.filter(isFirst).sort((a, b) => rank(a) - rank(b)),
    more: writable.filter((field) => !isFirst(field)),
  }
}
