import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../compile-policy.ts'
import type { PolicyDocument, ProfileDefinition, UserDefinition } from '../document.ts'
import { compareFigures } from './compare-standing.ts'

const SALES: ProfileDefinition = { modules: { deals: { actions: ['read', 'update'] } } }
const REPORTS: ProfileDefinition = { system: ['viewReports'] }
const FIGURES: ProfileDefinition = { modules: { deals: { actions: ['read'], aggregate: 'all' } } }
const USERS: Readonly<Record<string, UserDefinition>> = {
  anna: { profiles: ['sales'] },
  tiina: { profiles: ['sales', 'reports'] },
  omar: { profiles: ['figures', 'reports'] },
  lea: { status: 'suspended', profiles: ['figures', 'reports'] },
}
const COMPANY = {
  bailiwick: 1,
  modules: { deals: { fields: { name: { type: 'text', title: true } } } },
  profiles: { sales: SALES, reports: REPORTS, figures: FIGURES },
  users: USERS,
} satisfies PolicyDocument

describe('Whose figures a change opens over all records', () => {
  it('is nobody where nothing of it changes', () => {
    expect(figuresOf({ profiles: { ...COMPANY.profiles, other: {} } })).toEqual([])
  })

  it('is of those who see reports, where a profile comes to say so', () => {
    const sales = { modules: { deals: { actions: ['read'], aggregate: 'all' } } } as const
    expect(figuresOf({ profiles: { ...COMPANY.profiles, sales } })).toEqual([
      { module: 'deals', gaining: ['tiina'], losing: [] },
    ])
  })

  it('is everybody whose profiles say so, where they come to see reports, or no more', () => {
    const [sales, reports] = [{ ...FIGURES, ...REPORTS }, {}]
    expect(figuresOf({ profiles: { ...COMPANY.profiles, sales, reports } })).toEqual([
      { module: 'deals', gaining: ['anna', 'tiina'], losing: ['omar'] },
    ])
  })

  it('asks that the module is read, and there', () => {
    const figures = { modules: { deals: { aggregate: 'all' } } } as const
    const omarLoses = [{ module: 'deals', gaining: [], losing: ['omar'] }]
    expect(figuresOf({ profiles: { ...COMPANY.profiles, figures } })).toEqual(omarLoses)
    expect(figuresOf({ modules: {}, profiles: { sales: {}, reports: REPORTS, figures: {} } })).toEqual(omarLoses)
  })

  it('turns with profiles given and taken, people activated, suspended, added and removed', () => {
    const both = ['figures', 'reports']
    const users = {
      anna: { profiles: both },
      tiina: { profiles: both, status: 'removed' as const },
      lea: { profiles: both },
      noor: { profiles: ['administrator'] },
    }
    expect(figuresOf({ users })).toEqual([{ module: 'deals', gaining: ['anna', 'lea'], losing: ['omar'] }])
  })
})

function figuresOf(change: Partial<PolicyDocument>) {
  return compareFigures(compilePolicy(COMPANY, {}), compilePolicy({ ...COMPANY, ...change }, {}))
}
