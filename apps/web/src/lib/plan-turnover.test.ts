import { describe, expect, it } from 'vitest'
import { countTurnover, type PlanEffect } from './plan-turnover.ts'

const NOTHING: PlanEffect = {
  people: [],
  actions: [],
  moduleActions: [],
  permissions: [],
  figures: [],
  unlicensed: [],
  fields: [],
  signIn: [],
}
const ALWAYS = { status: 'active', ways: [{}] }
const NEVER = { status: 'suspended', ways: [] }
const DAY = { days: ['mon'], from: '08:00', to: '17:00' }
const MONDAYS = { status: 'active', ways: [{ windows: [DAY] }] }
const OFFICE = { status: 'active', ways: [{ networks: ['10.0.0.0/8'] }] }

function counted(effect: Partial<PlanEffect>) {
  const { gaining, losing, otherwise } = countTurnover({ ...NOTHING, ...effect })
  return [gaining, losing, otherwise]
}

describe('whom a plan concerns', () => {
  it('is who gains and loses records', () => {
    const one = { module: 'deals', actions: ['read'], because: [] }
    const people = [
      { ...one, user: 'anna', gained: 2, lost: 0 },
      { ...one, user: 'anna', gained: 0, lost: 1 },
      { ...one, user: 'omar', gained: 0, lost: 1 },
    ]
    expect(counted({ people })).toEqual([1, 2, 0])
  })

  it('is also who gains and loses permissions, figures and actions that ask for no record', () => {
    const moduleActions = [{ module: 'deals', action: 'create', gaining: ['anna'], losing: [] }]
    const permissions = [{ permission: 'viewAudit', gaining: ['anna', 'omar'], losing: ['tiina'] }]
    const figures = [{ module: 'deals', gaining: ['lea'], losing: ['tiina'] }]
    expect(counted({ moduleActions, permissions, figures })).toEqual([3, 1, 0])
  })

  it('is also whose fields open and close', () => {
    const change = { module: 'deals', field: 'amount' }
    const fields = [
      { people: ['anna', 'omar'], changes: [{ ...change, before: 'hidden', after: 'masked' }] },
      { people: ['tiina'], changes: [{ ...change, before: 'edit', after: 'read' }] },
    ]
    expect(counted({ fields })).toEqual([2, 1, 0])
  })

  it('is also who comes to sign in, or no more, or not at all times any more', () => {
    const signIn = [
      { people: ['anna'], before: NEVER, after: OFFICE },
      { people: ['omar'], before: ALWAYS, after: NEVER },
      { people: ['tiina'], before: ALWAYS, after: MONDAYS },
    ]
    expect(counted({ signIn })).toEqual([1, 2, 0])
  })

  it('tells apart who signs in, or sees a mask, otherwise than before', () => {
    const masked = { before: 'masked', after: 'masked', mask: { before: 'last4', after: 'full' } }
    const fields = [{ people: ['anna', 'lea'], changes: [{ module: 'deals', field: 'account', ...masked }] }]
    const signIn = [
      { people: ['tiina', 'anna'], before: MONDAYS, after: OFFICE },
      { people: ['omar'], before: NEVER, after: { status: 'removed', ways: [] } },
    ]
    const permissions = [{ permission: 'viewAudit', gaining: ['lea'], losing: [] }]
    expect(counted({ fields, signIn, permissions })).toEqual([1, 0, 2])
  })
})
