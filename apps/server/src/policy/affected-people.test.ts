import { BUILT_IN_MODULES, describeDifference, type PolicyDocument, type UserDefinition } from '@bailiwick/access'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { affectedPeople } from './affected-people.ts'
import { compileExaminedPolicy } from './examined-policy.ts'
import { findReachChanges } from './policy-effect.ts'

const ROLES = {
  ceo: {},
  head: { parent: 'ceo' },
  rep: { parent: 'head', peersGet: 'read' },
  clerk: { parent: 'ceo' },
} as const
const PROFILES = {
  sales: { modules: { accounts: { actions: ['read', 'update', 'delete'] }, contacts: { actions: ['read'] } } },
  viewer: { modules: { accounts: { actions: ['read'], viewAll: true } } },
} as const
const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** Managers come before those who report to them, so that the reporting line is a tree. */
const userAt = (at: number): fc.Arbitrary<UserDefinition> =>
  fc.record(
    {
      role: fc.constantFrom(...Object.keys(ROLES)),
      manager: fc.constantFrom(undefined, ...PEOPLE.slice(0, at)),
      status: fc.constantFrom('active', 'suspended'),
      profiles: fc.subarray(Object.keys(PROFILES)),
      attributes: fc.record({ region: fc.constantFrom('north', 'south') }),
    },
    { requiredKeys: ['profiles'] },
  )

const company: fc.Arbitrary<PolicyDocument> = fc.record({
  bailiwick: fc.constant(1 as const),
  organization: fc.record({
    hierarchy: fc.constantFrom('roles', 'reporting', 'both'),
    confidentialSuperiors: fc.boolean(),
  }),
  roles: fc.constant(ROLES),
  profiles: fc.constant(PROFILES),
  users: fc
    .tuple(...PEOPLE.map((_, at) => userAt(at)))
    .map((users) => Object.fromEntries(users.map((user, at) => [PEOPLE[at], user]))),
  teams: fc.constant({ desk: { leaders: ['b'], members: ['c', 'd'], membersGet: 'read' } as const }),
  groups: fc.constant({ mixed: { members: ['role+:head', 'team:desk'] } }),
  modules: fc.constant({ contacts: { parent: 'account' } }),
  sharingRules: fc
    .subarray([
      ['owned', { module: 'accounts', ownedBy: ['role+:head'], with: ['role:clerk'], level: 'edit' }],
      [
        'north',
        {
          module: 'accounts',
          when: { field: 'name', op: 'eq', value: { user: 'region' } },
          with: ['group:mixed'],
          level: 'read',
        },
      ],
    ] as const)
    .map((rules) => Object.fromEntries(rules)),
})

describe('Whose reach a change of people can alter', () => {
  it('takes in everybody whose reach it does', async () => {
    const changed = fc.tuple(company, fc.array(fc.nat(PEOPLE.length - 1), { minLength: 1, maxLength: 2 }), company)
    await fc.assert(
      fc.asyncProperty(changed, async ([document, moved, other]) => {
        const users = Object.fromEntries(moved.map((at) => [PEOPLE[at], other.users?.[PEOPLE[at] ?? ''] ?? {}]))
        const next = { ...document, users: { ...document.users, ...users } }
        const [before, after] = [document, next].map((one) => compileExaminedPolicy(one, BUILT_IN_MODULES))
        if (!before || !after) throw new Error('Two policies were expected.')
        const affected = affectedPeople(before, after, describeDifference(document, next))
        const changes = await findReachChanges(before, after, 'everyone')
        const missed = changes.filter(({ user }) => affected !== 'everyone' && !affected.has(user))
        expect(missed).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  const COMPANY: PolicyDocument = {
    bailiwick: 1,
    roles: ROLES,
    users: { a: { role: 'ceo' }, b: { role: 'rep' }, c: { role: 'clerk' }, d: {} },
  }
  const affectedBy = (change: Partial<PolicyDocument>) => {
    const next = { ...COMPANY, ...change }
    const [before, after] = [COMPANY, next].map((one) => compileExaminedPolicy(one, BUILT_IN_MODULES))
    return before && after && affectedPeople(before, after, describeDifference(COMPANY, next))
  }

  it('leaves out who has nothing to do with it', () => {
    const users = { ...COMPANY.users, b: { role: 'rep', profiles: ['administrator'] } }
    expect(affectedBy({ users })).toEqual(new Set(['b', 'a']))
  })

  it('is everyone where more than people changed, and no one where only tests did', () => {
    expect(affectedBy({ groups: { g: { members: ['user:a'] } } })).toBe('everyone')
    expect(affectedBy({ tests: { t: { as: 'user:a', module: 'accounts', cannot: ['read'] } } })).toEqual(new Set())
  })
})
