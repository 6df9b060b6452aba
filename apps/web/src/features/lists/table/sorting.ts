import type { FieldInfo } from '../../../lib/modules.ts'

export type Direction = 'ascending' | 'descending'

const WITHOUT_ORDER = new Set(['choices', 'file', 'lookup', 'health'])

/** Whether a list can be sorted by the field: what is masked or has no order of its own can't. */
export function isSortable({ access, type }: FieldInfo): boolean {
  return access !== 'masked' && !WITHOUT_ORDER.has(type)
}

/** The direction in which the list is sorted by the field, where it is the first it is sorted by. */
export function directionOf(sort: string | undefined, { field }: FieldInfo): Direction | undefined {
  const [first] = (sort ?? '').split(',')
  if (first === field) return 'ascending'
  return first === `-${field}` ? 'descending' : undefined
}

/** What the next click on a header sorts by: up, down, and as it was. */
export function nextSort(sort: string | undefined, field: FieldInfo): string | undefined {
  const direction = directionOf(sort, field)
  if (direction === undefined) return field.field
  return direction === 'ascending' ? `-${field.field}` : undefined
}
