import type { Tour } from '../../lib/tour.ts'

/** What a step points at: the element that says so by `data-tour`, where it is on the page. */
export const STEPS = {
  administrator: ['sidebar', 'administration', 'search', 'list', 'audience', 'profile'],
  manager: ['sidebar', 'search', 'list', 'bell', 'audience', 'profile'],
  support: ['sidebar', 'search', 'list', 'bell', 'audience', 'profile'],
  sales: ['sidebar', 'search', 'list', 'bell', 'audience', 'profile'],
} as const satisfies Readonly<Record<Tour, readonly string[]>>

export type Target = (typeof STEPS)[Tour][number]
