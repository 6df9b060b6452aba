import { describe, expect, it } from 'vitest'
import { TOURS, tourFor } from '../../lib/tour.ts'
import { STEPS } from './tour-steps.ts'

const module = (key: string, ...actions: string[]) => ({
  module: key,
  name: key,
  plural: key,
  actions,
  aggregate: 'visible' as const,
  fields: {},
})

describe('a tour', () => {
  it.each([
    ['who manages access', { system: ['manageAccess'], modules: [module('deals', 'create')] }, 'administrator'],
    ['who hands deals over', { system: [], modules: [module('deals', 'create', 'transfer')] }, 'manager'],
    ['who sells', { system: [], modules: [module('deals', 'create'), module('tickets', 'update')] }, 'sales'],
    ['who answers tickets', { system: [], modules: [module('tickets', 'update')] }, 'support'],
    ['who only reads', { system: [], modules: [module('deals', 'read')] }, undefined],
  ])('for %s', (_who, me, tour) => {
    expect(tourFor(me)).toBe(tour)
  })

  it.each(TOURS)('for %s has three to six steps, each of its own', (tour) => {
    expect(new Set(STEPS[tour]).size).toBe(STEPS[tour].length)
    expect(STEPS[tour].length).toBeGreaterThanOrEqual(3)
    expect(STEPS[tour].length).toBeLessThanOrEqual(6)
  })
})
