import { describe, expect, it } from 'vitest'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { canTellHealth, healthOf } from './health.ts'

function moduleOf(module: string, fields: Readonly<Record<string, 'masked' | 'read'>>): ModuleInfo {
  return {
    module,
    name: module,
    plural: module,
    builtIn: true,
    actions: ['read'],
    aggregate: 'visible',
    fields: Object.entries(fields).map(([field, access]) => ({
      field,
      access,
      type: 'text',
      name: field,
      system: false,
      required: false,
      unique: false,
      title: false,
    })),
  }
}

const accounts = moduleOf('accounts', { name: 'read' })
const tickets = moduleOf('tickets', { account: 'read', status: 'read', priority: 'read' })

describe('the health of customers', () => {
  it('is at risk by one urgent ticket, to be watched by one of high priority, and good without either', () => {
    const found = healthOf(
      ['a', 'b', 'c'],
      [
        { account: 'a', priority: 'Urgent', count: 1 },
        { account: 'a', priority: 'High', count: 2 },
        { account: 'b', priority: 'High', count: 3 },
      ],
      true,
    )
    expect([...found]).toEqual([
      ['a', { level: 'risk', urgent: 1, high: 2 }],
      ['b', { level: 'watch', urgent: 0, high: 3 }],
      ['c', { level: 'good', urgent: 0, high: 0 }],
    ])
  })

  it('is not called good where there are more tickets than were looked at', () => {
    const found = healthOf(['a', 'b'], [{ account: 'a', priority: 'High', count: 1 }], false)
    expect([...found.keys()]).toEqual(['a'])
  })

  it('is told to whoever sees what it rests on, and to nobody else', () => {
    expect(canTellHealth(accounts, [accounts, tickets])).toBe(true)
    expect(canTellHealth(accounts, [accounts])).toBe(false)
    expect(canTellHealth(accounts, [accounts, moduleOf('tickets', { account: 'read', status: 'read' })])).toBe(false)
    const masked = moduleOf('tickets', { account: 'read', status: 'masked', priority: 'read' })
    expect(canTellHealth(accounts, [accounts, masked])).toBe(false)
    expect(canTellHealth(tickets, [accounts, tickets])).toBe(false)
  })

  it('gives way to a field of that name in the policy', () => {
    const own = moduleOf('accounts', { name: 'read', health: 'read' })
    expect(canTellHealth(own, [own, tickets])).toBe(false)
  })
})
