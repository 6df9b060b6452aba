import { describe, expect, test } from 'vitest'
import { canonicalDocument } from './canonical-document.ts'
import { nordwind } from './checks/nordwind.test-data.ts'
import { describeDifference } from './describe-difference.ts'
import type { PolicyDocument } from './document.ts'

const empty: PolicyDocument = { bailiwick: 1 }

/** The same with every object's keys the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, turned(part)]),
  )
}

const canonicalTextOf = (document: PolicyDocument) => JSON.stringify(canonicalDocument(document))

describe('equal documents', () => {
  const alike: [string, PolicyDocument][] = [
    ['themselves', nordwind],
    ['with keys in another order', turned(nordwind) as PolicyDocument],
    [
      'with people in another order',
      {
        ...nordwind,
        groups: { ...nordwind.groups, desk: { members: [...(nordwind.groups?.desk?.members ?? [])].reverse() } },
      },
    ],
    [
      'with a member named twice',
      { ...nordwind, groups: { ...nordwind.groups, board: { members: ['role:ceo', 'role:ceo'] } } },
    ],
  ]

  test.each(alike)('%s: no difference, and one canonical form', (_title, document) => {
    expect(describeDifference(nordwind, document)).toEqual([])
    expect(canonicalTextOf(document)).toBe(canonicalTextOf(nordwind))
  })

  test('a section without entries is as good as none', () => {
    expect(describeDifference(empty, { ...empty, roles: {} })).toEqual([])
    expect(canonicalDocument({ ...empty, roles: {} })).toEqual(empty)
  })
})

describe('differences', () => {
  test('something new is told once, at its highest place', () => {
    const to = { ...nordwind, roles: { ...nordwind.roles, intern: { name: 'Intern', parent: 'sales-rep' } } }
    expect(describeDifference(nordwind, to)).toEqual([
      { path: '/roles/intern', kind: 'added', after: { name: 'Intern', parent: 'sales-rep' } },
    ])
    expect(describeDifference(to, nordwind)).toEqual([
      { path: '/roles/intern', kind: 'removed', before: { name: 'Intern', parent: 'sales-rep' } },
    ])
  })

  test('a changed value is told with both', () => {
    const to = { ...nordwind, roles: { ...nordwind.roles, 'sales-rep': { parent: 'ceo', peersGet: 'read' } } } as const
    expect(describeDifference(nordwind, to)).toEqual([
      { path: '/roles/sales-rep/parent', kind: 'changed', before: 'sales-manager', after: 'ceo' },
    ])
  })

  test('a set is told whole, as it was written', () => {
    const from: PolicyDocument = { ...empty, teams: { a: { members: ['x', 'y'] } } }
    const to: PolicyDocument = { ...empty, teams: { a: { members: ['z', 'x'] } } }
    expect(describeDifference(from, to)).toEqual([
      { path: '/teams/a/members', kind: 'changed', before: ['x', 'y'], after: ['z', 'x'] },
    ])
  })

  test('the order of options counts', () => {
    const stages = (...options: string[]): PolicyDocument => ({
      ...empty,
      modules: { deals: { fields: { stage: { type: 'choice', options } } } },
    })
    expect(describeDifference(stages('a', 'b'), stages('b', 'a'))).toHaveLength(1)
    expect(canonicalTextOf(stages('a', 'b'))).not.toBe(canonicalTextOf(stages('b', 'a')))
  })

  test('a condition is told whole', () => {
    const rule = (value: number): PolicyDocument => ({
      ...empty,
      sharingRules: {
        big: {
          module: 'deals',
          with: ['everyone'],
          level: 'read',
          when: { not: { field: 'amount', op: 'lt', value } },
        },
      },
    })
    expect(describeDifference(rule(1), rule(2))).toEqual([
      {
        path: '/sharingRules/big/when',
        kind: 'changed',
        before: { not: { field: 'amount', op: 'lt', value: 1 } },
        after: { not: { field: 'amount', op: 'lt', value: 2 } },
      },
    ])
  })

  test('a name in one language and the same in two are different', () => {
    const named = (name: string | { [language: string]: string }): PolicyDocument => ({
      ...empty,
      roles: { ceo: { name } },
    })
    expect(describeDifference(named('Chief'), named({ en: 'Chief' }))).toHaveLength(1)
    expect(describeDifference(named({ en: 'Chief' }), named({ en: 'Chief', fi: 'Johtaja' }))).toEqual([
      { path: '/roles/ceo/name/fi', kind: 'added', after: 'Johtaja' },
    ])
  })

  test('paths are in order, and there and back tell the same places', () => {
    const there = describeDifference(empty, nordwind)
    const back = describeDifference(nordwind, empty)
    expect(there.map((one) => one.path)).toEqual(
      Object.keys(nordwind)
        .filter((key) => key !== 'bailiwick')
        .map((key) => `/${key}`)
        .sort(),
    )
    expect(back.map((one) => one.path)).toEqual(there.map((one) => one.path))
    expect(back.every((one) => one.kind === 'removed')).toBe(true)
  })
})
