import {
  BUILT_IN_MODULES,
  classifyFacts,
  isTrue,
  type ModulePlan,
  type PolicyDocument,
  type RecordFacts,
} from '@bailiwick/access'
import { expect, it } from 'vitest'
import { compileExaminedPolicy } from './examined-policy.ts'
import { type ComparedRecords, measureEffect, plansOf } from './policy-effect.ts'
import { shareClasses } from './shared-classes.ts'

const COMPANY: PolicyDocument = {
  bailiwick: 1,
  roles: { rep: {} },
  profiles: { sales: { modules: { accounts: { actions: ['read'] }, contacts: { actions: ['read'] } } } },
  modules: { contacts: { parent: 'account' } },
  users: { anna: { role: 'rep', profiles: ['sales'] }, omar: { profiles: ['sales'] }, lea: {} },
}

/** Changes that turn on other fields, on owners, on parents, and on all there is. */
const CHANGES: readonly Partial<PolicyDocument>[] = [
  rule({ when: { field: 'country', op: 'eq', value: 'FI' } }),
  rule({ when: { field: 'revenue', op: 'gt', value: 10 }, ownedBy: ['role:rep'] }),
  rule({ ownedBy: ['user:anna'] }),
  { users: { ...COMPANY.users, lea: { role: 'rep', profiles: ['sales'] } } },
  { profiles: { sales: { modules: { accounts: { actions: ['read'], viewAll: true } } } } },
]

function rule(more: object): Partial<PolicyDocument> {
  return { sharingRules: { one: { module: 'accounts', with: ['user:omar'], level: 'read', ...more } } }
}

/** Of each kind one of little and one of much revenue, which else are alike. */
const accounts = [1, 5, 20, 40, 20, 20, 1, 1].map(
  (revenue, at): RecordFacts => ({
    module: 'accounts',
    id: `a${at}`,
    owner: at % 2 === 0 ? 'user:anna' : 'user:omar',
    confidential: at % 4 === 3,
    values: { revenue, country: at % 4 < 2 ? 'FI' : 'SE' },
    shares: at % 4 === 0 ? [{ with: 'user:lea', level: 'read' }] : [],
  }),
)
const contacts = accounts.map((parent, at): RecordFacts => {
  return { module: 'contacts', id: `c${at}`, owner: 'user:anna', confidential: false, values: {}, shares: [], parent }
})

it('several comparisons read their records once, and find what each finds by itself', async () => {
  const read: ModulePlan[] = []
  const records: ComparedRecords = {
    withRecords: async (modules) => modules.filter((module) => module === 'accounts' || module === 'contacts'),
    loadClasses: async (plan) => {
      const { module, needed } = plan
      read.push(plan)
      return classifyFacts([...accounts, ...contacts], module, needed, { now: 0, timeZone: 'UTC' })
    },
    findSamples: async () => [],
    readSamples: async () => [],
  }
  const before = compileExaminedPolicy(COMPANY, BUILT_IN_MODULES)
  const questions = CHANGES.map((change) => {
    return { before, after: compileExaminedPolicy({ ...COMPANY, ...change }, BUILT_IN_MODULES), now: 0 }
  })
  const plans: ModulePlan[] = []
  for (const question of questions) plans.push(...(await plansOf({ ...question, records })))
  const shared = shareClasses(records, plans)
  const [alone, together] = [[], []] as [unknown[], unknown[]]
  for (const question of questions) together.push(await measureEffect({ ...question, records: shared }))
  expect(read.map(askedOf).toSorted()).toEqual([
    'accounts, all: of it country revenue',
    'contacts, some: of it; of /account country revenue',
  ])
  for (const question of questions) alone.push(await measureEffect({ ...question, records }))
  expect(together).toEqual(alone)
  expect(JSON.stringify(together)).toContain('"gained":')
})

/** Which records are read, and what is told apart of them. */
function askedOf({ module, zone, needed }: ModulePlan): string {
  const sides = [...needed].map(([path, { comparisons }]) => {
    const fields = [...comparisons.values()].map(({ field }) => field).toSorted()
    return ['of', path || 'it', ...fields].join(' ')
  })
  return `${module}, ${isTrue(zone) ? 'all' : 'some'}: ${sides.join('; ')}`
}
