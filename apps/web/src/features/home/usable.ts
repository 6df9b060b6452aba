import type { ModuleInfo } from '../../lib/modules.ts'

/** Whether the module exists for the person with all these fields, none of them masked: else nothing can be asked by them. */
export function hasFields(module: ModuleInfo | undefined, ...keys: readonly string[]): module is ModuleInfo {
  return keys.every((key) => module?.fields.some(({ field, access }) => field === key && access !== 'masked') ?? false)
}

export const MINE = { field: 'owner', op: 'eq', value: { user: 'id' } } as const
export const CLOSED = ['Won', 'Lost'] as const
