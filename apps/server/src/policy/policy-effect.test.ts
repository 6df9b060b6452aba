import { BUILT_IN_MODULES, classifyFacts, type PolicyDocument, type RecordFacts } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { compileExaminedPolicy } from './examined-policy.ts'
import { type ComparedRecords, measureEffect } from './policy-effect.ts'

const COMPANY: PolicyDocument = {
  bailiwick: 1,
  roles: { manager: {}, rep: { parent: 'manager' } },
  profiles: { sales: { modules: { accounts: { actions: ['read', 'update'] }, contacts: { actions: ['read'] } } } },
  users: {
    anna: { role: 'rep', profiles: ['sales'] },
    mikko: { role: 'manager', profiles: ['sales'] },
    omar: { profiles: ['sales'] },
  },
}
const RECORDS: readonly RecordFacts[] = [
  ...accountsOf('user:anna', 3),
  ...accountsOf('user:omar', 2),
  { module: 'sites', id: 's', owner: 'user:anna', confidential: false, values: {}, shares: [] },
  {
    module: 'contacts',
    id: 'c',
    owner: 'user:anna',
    confidential: false,
    values: {},
    shares: [{ with: 'group:archive', level: 'read' }],
  },
]

function accountsOf(owner: string, count: number): RecordFacts[] {
  return Array.from({ length: count }, (_, at) => ({
    module: 'accounts',
    id: `${owner}-${at}`,
    owner,
    confidential: false,
    values: { name: `Account ${at}` },
    shares: [],
  }))
}

const records: ComparedRecords = {
  withRecords: async (modules) => modules,
  loadClasses: async ({ module, needed }) => classifyFacts(RECORDS, module, needed, { now: 0, timeZone: 'UTC' }),
  findSamples: async () => [],
  readSamples: async () => [],
}

function effectOf(change: Partial<PolicyDocument>, company = COMPANY) {
  const before = compileExaminedPolicy(company, BUILT_IN_MODULES)
  const after = compileExaminedPolicy({ ...company, ...change }, BUILT_IN_MODULES)
  return measureEffect({ before, after, now: 0, records })
}

describe('The effect of a change', () => {
  it('is nothing where nobody reaches anything else', async () => {
    expect(await effectOf({ groups: { desk: { members: ['user:anna'] } } })).toEqual({
      people: [],
      actions: [],
    })
  })

  it('is what was shared with a group whose key comes back', async () => {
    expect((await effectOf({ groups: { archive: { members: ['user:omar'] } } })).people).toEqual([
      {
        user: 'omar',
        module: 'contacts',
        actions: ['read'],
        gained: 1,
        lost: 0,
        because: [{ kind: 'share', gained: 1, lost: 0 }],
      },
    ])
  })

  it('counts what a new superior gains', async () => {
    const { people, actions } = await effectOf({
      users: { ...COMPANY.users, omar: { role: 'manager', profiles: ['sales'] } },
    })
    const because = (gained: number) => [{ kind: 'superior', gained, lost: 0 }]
    expect(people).toEqual([
      { user: 'omar', module: 'accounts', actions: ['read'], gained: 3, lost: 0, because: because(3) },
      { user: 'omar', module: 'accounts', actions: ['update'], gained: 3, lost: 0, because: because(3) },
      { user: 'omar', module: 'contacts', actions: ['read'], gained: 1, lost: 0, because: because(1) },
    ])
    expect(actions[0]).toMatchObject({
      module: 'accounts',
      action: 'read',
      people: { gaining: 1, losing: 0 },
      records: { gained: 3, lost: 0 },
      because: [{ kind: 'superior', gaining: 1, losing: 0 }],
    })
  })

  it('tells gains and losses of one person apart', async () => {
    const swapped = { roles: { rep: {}, manager: { parent: 'rep' } } }
    const { people } = await effectOf(swapped)
    expect(people.filter(({ module, actions }) => module === 'accounts' && actions.includes('read'))).toMatchObject([
      { user: 'mikko', module: 'accounts', actions: ['read'], gained: 0, lost: 3 },
    ])
  })

  it('counts what a suspended person loses', async () => {
    const { people } = await effectOf({
      users: { ...COMPANY.users, omar: { status: 'suspended', profiles: ['sales'] } },
    })
    expect(people[0]).toEqual({
      user: 'omar',
      module: 'accounts',
      actions: ['read'],
      gained: 0,
      lost: 2,
      because: [{ kind: 'active', gained: 0, lost: 2 }],
    })
  })

  it('counts what everybody loses of a module that goes', async () => {
    const sites = { fields: { name: { type: 'text', title: true } } } as const
    const withSites: PolicyDocument = {
      ...COMPANY,
      modules: { sites },
      profiles: { ...COMPANY.profiles, sites: { modules: { sites: { actions: ['read'] } } } },
      users: {
        ...COMPANY.users,
        anna: { role: 'rep', profiles: ['sales', 'sites'] },
        ada: { profiles: ['administrator'] },
        lea: { profiles: ['sites'] },
      },
    }
    const { people, actions } = await effectOf({ modules: {}, profiles: { ...COMPANY.profiles, sites: {} } }, withSites)
    const because = [{ kind: 'module', gained: 0, lost: 1 }]
    const lost = { module: 'sites', gained: 0, lost: 1, because }
    expect(people.filter(({ actions: told }) => told.includes('read'))).toEqual([
      { user: 'anna', actions: ['read'], ...lost },
      { user: 'ada', actions: ['read', 'comment', 'export', 'mass'], ...lost },
    ])
    expect(actions[0]).toMatchObject({
      module: 'sites',
      action: 'read',
      people: { gaining: 0, losing: 2 },
      records: { gained: 0, lost: 1 },
      because: [{ kind: 'module', gaining: 0, losing: 2 }],
    })
  })

  it('takes a field that is not there yet for empty', async () => {
    const rule = { module: 'accounts', with: ['user:omar'], level: 'read' } as const
    const modules = { accounts: { fields: { vip: { type: 'boolean' } } } } as const
    const empty = { ...rule, when: { field: 'vip', op: 'isEmpty' } } as const
    const full = { ...rule, when: { field: 'vip', op: 'eq', value: true } } as const
    expect((await effectOf({ modules, sharingRules: { empty } })).people).toMatchObject([{ user: 'omar', gained: 3 }])
    expect((await effectOf({ modules, sharingRules: { full } })).people).toEqual([])
  })
})
