import type { PolicyPlan } from '@bailiwick/contract'
import { describe, expect, it } from 'vitest'
import { planText } from './plan-text.ts'

const NOBODY: PolicyPlan['effect'] = {
  people: [],
  actions: [],
  moduleActions: [],
  permissions: [],
  figures: [],
  unlicensed: [],
  fields: [],
  signIn: [],
}
const PLAN: PolicyPlan = {
  version: 4,
  upToDate: false,
  applies: true,
  needed: 0,
  problems: [],
  changes: [{ path: '/organization/name', kind: 'changed', before: 'Acme', after: 'Acme Oy' }],
  destroys: [],
  tests: [],
  invariants: [],
  warnings: [],
  effect: NOBODY,
  errors: [],
}

const told = (plan: Partial<PolicyPlan>) => planText({ ...PLAN, ...plan }, [])

describe('A plan in words', () => {
  it('ends with what an apply would do', () => {
    expect(told({})).toMatch(/An apply would make these changes\.$/)
    expect(told({ upToDate: true, changes: [], needed: 1 })).toMatch(/Nothing to do: version 4 says the same\.$/)
    expect(told({ applies: false, needed: 1 })).toMatch(/An apply would be refused\.$/)
  })

  it('says whose approval an apply would wait for', () => {
    const wait = (who: string) => `An apply would wait for the approval of ${who}; version 4 stands until then.`
    expect(unwrapped(told({ needed: 1 }))).toContain(wait('another person who manages access'))
    expect(unwrapped(told({ needed: 2 }))).toContain(wait('2 other people who manage access'))
  })

  it('says whose figures open and close, what becomes of masks, and what no licence covers', () => {
    const mask = { before: 'last4', after: 'initials' }
    const change = { module: 'accounts', field: 'bankAccount', before: 'masked', after: 'masked', mask }
    const text = told({
      effect: {
        ...NOBODY,
        figures: [{ module: 'deals', gaining: ['anna'], losing: ['omar'] }],
        fields: [{ people: ['tiina'], changes: [change] }],
        unlicensed: ['deals'],
      },
    })
    expect(text).toContain('deals: what stands above of it comes about once a licence covers it.')
    expect(text).toContain('Figures over all records')
    expect(text).toContain('+ deals: anna')
    expect(text).toContain('- deals: omar')
    expect(text).toContain('accounts.bankAccount: masked (last4) → masked (initials)')
  })
})

function unwrapped(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
