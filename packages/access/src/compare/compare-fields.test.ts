import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../compile-policy.ts'
import type { PolicyDocument, UserDefinition } from '../document.ts'
import { compareFields, type FieldEffect } from './compare-fields.ts'

const USERS: Readonly<Record<string, UserDefinition>> = {
  anna: { profiles: ['sales'] },
  tiina: { profiles: ['sales', 'money'] },
  omar: { status: 'suspended', profiles: ['money'] },
}
const COMPANY = {
  bailiwick: 1,
  modules: { deals: { fields: { name: { type: 'text', title: true }, amount: { type: 'money', mask: 'full' } } } },
  profiles: {
    sales: { modules: { deals: { actions: ['read'], fields: { default: 'hidden', name: 'read', amount: 'masked' } } } },
    money: { modules: { deals: { actions: ['read'], fields: { default: 'hidden', amount: 'read' } } } },
  },
  users: USERS,
} satisfies PolicyDocument

describe('Whose fields a change opens and closes', () => {
  it('is told once for all who have the same change', () => {
    const sales = { modules: { deals: { ...COMPANY.profiles.sales.modules.deals, fields: { default: 'hidden' } } } }
    const { money } = COMPANY.profiles
    expect(fieldsOf({ profiles: { sales, money } as PolicyDocument['profiles'] })).toEqual([
      'anna: name read → hidden, amount masked → hidden',
      'tiina: name read → hidden',
    ])
  })

  it('tells of people who are made active and suspended', () => {
    const users = {
      ...USERS,
      anna: { profiles: ['sales'], status: 'suspended' as const },
      omar: { profiles: ['money'] },
    }
    expect(fieldsOf({ users })).toEqual([
      'anna: name read → hidden, amount masked → hidden',
      'omar: amount hidden → read',
    ])
  })

  it('tells of people who are added and removed, in the order of the documents', () => {
    const { anna: _anna, tiina, ...others } = USERS
    const users = { lea: { profiles: ['sales'] }, ...others, tiina: { ...tiina, status: 'removed' as const } }
    const noor = { profiles: ['sales'] }
    expect(fieldsOf({ users: { ...users, noor } as PolicyDocument['users'] })).toEqual([
      'anna: name read → hidden, amount masked → hidden',
      'tiina: name read → hidden, amount read → hidden',
      'lea noor: name hidden → read, amount hidden → masked',
    ])
  })

  it('tells of another mask those who have the field masked', () => {
    const { name, amount } = COMPANY.modules.deals.fields
    const modules = { deals: { fields: { name, amount: { ...amount, mask: 'last4' } } } } as const
    const users = { ...USERS, lea: { profiles: ['sales'] } }
    const [before, after] = [
      { ...COMPANY, users },
      { ...COMPANY, users, modules },
    ].map((one) => compilePolicy(one, {}))
    if (!before || !after) throw new Error('Two policies were expected.')
    const mask = { before: 'full', after: 'last4' }
    expect(compareFields(before, after)).toEqual([
      {
        people: ['anna', 'lea'],
        changes: [{ module: 'deals', field: 'amount', before: 'masked', after: 'masked', mask }],
      },
    ])
  })

  it('is nothing for who is active in neither', () => {
    expect(fieldsOf({ users: { ...USERS, omar: { profiles: ['sales'], status: 'removed' } } })).toEqual([])
  })
})

/** Without system fields, which are the same everywhere. */
function fieldsOf(change: Partial<PolicyDocument>): string[] {
  const effects = compareFields(compilePolicy(COMPANY, {}), compilePolicy({ ...COMPANY, ...change }, {}))
  return effects.map(({ people, changes }) => `${people.join(' ')}: ${changes.flatMap(changeText).join(', ')}`)
}

function changeText({ field, before, after }: FieldEffect['changes'][number]): string[] {
  return field in COMPANY.modules.deals.fields ? [`${field} ${before} → ${after}`] : []
}
