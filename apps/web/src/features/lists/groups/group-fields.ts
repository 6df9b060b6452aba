import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'

const GROUPED = new Set(['choice', 'user', 'lookup', 'boolean'])

/** The fields whose values stand for many records each. */
export function groupableFields({ fields }: ModuleInfo): readonly FieldInfo[] {
  return fields.filter(
    ({ type, access, encrypted, module }) =>
      GROUPED.has(type) && access !== 'masked' && !encrypted && (type !== 'lookup' || module !== undefined),
  )
}
