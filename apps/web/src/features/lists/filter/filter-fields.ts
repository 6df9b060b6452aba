import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import type { Op } from './condition.ts'

const TEXT: readonly Op[] = ['contains', 'startsWith', 'eq', 'ne', 'isEmpty', 'isNotEmpty']
const NUMBER: readonly Op[] = ['gte', 'lte', 'gt', 'lt', 'eq', 'ne', 'isEmpty', 'isNotEmpty']
const DAY: readonly Op[] = ['gte', 'lte', 'eq', 'isEmpty', 'isNotEmpty']
const CHOICE: readonly Op[] = ['in', 'notIn', 'isEmpty', 'isNotEmpty']
const ONE: readonly Op[] = ['eq', 'ne', 'isEmpty', 'isNotEmpty']

const BY_TYPE: Readonly<Record<string, readonly Op[]>> = {
  number: NUMBER,
  integer: NUMBER,
  money: NUMBER,
  percent: NUMBER,
  date: DAY,
  dateTime: ['gte', 'lte', 'isEmpty', 'isNotEmpty'],
  boolean: ['eq'],
  choice: CHOICE,
  choices: ['contains', 'isEmpty', 'isNotEmpty'],
  lookup: ONE,
  user: ONE,
  file: ['isEmpty', 'isNotEmpty'],
}

/** How a field can be compared; the first is what one mostly wants. */
export function opsOf({ type }: FieldInfo): readonly Op[] {
  return BY_TYPE[type] ?? TEXT
}

/** The fields that a list can be narrowed down by: nothing masked, nothing kept encrypted, and no numbers of the program's own. */
export function filterableFields({ fields }: ModuleInfo): readonly FieldInfo[] {
  return fields.filter(
    ({ access, encrypted, field, type, module }) =>
      access !== 'masked' &&
      !encrypted &&
      field !== 'id' &&
      field !== 'version' &&
      (type !== 'lookup' || module !== undefined),
  )
}
