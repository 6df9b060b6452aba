import type { ModuleInfo } from '../../lib/modules.ts'

/** Whether the module exists for the person with all these fields, none of them masked: else nothing can be asked by them. */
export function hasFields(module: ModuleInfo | undefined, ...keys: readonly string[]): module is ModuleInfo {
  return keys.every((key) => module?.fields.some(({ field, access }) => field === key && access !== 'masked') ?? false)
}

export const MINE = { field: 'owner', op: 'eq', value: { user: 'id' } } as const
/** What others own, as far as the person sees it: a manager's team, colleagues. */
export const OTHERS = { field: 'owner', op: 'ne', value: { user: 'id' } } as const

const SOON_DAYS = 14

export const OPEN_DEALS = { not: { field: 'stage', op: 'in', value: ['Won', 'Lost'] } } as const
export const OPEN_TICKETS = { not: { field: 'status', op: 'in', value: ['Resolved', 'Closed'] } } as const
/** Open deals whose day is past or near, or that name no day at all. */
export const DEALS_AT_RISK = {
  all: [
    OPEN_DEALS,
    {
      any: [
        { field: 'closeDate', op: 'lte', value: { today: SOON_DAYS } },
        { field: 'closeDate', op: 'isEmpty' },
      ],
    },
  ],
} as const
