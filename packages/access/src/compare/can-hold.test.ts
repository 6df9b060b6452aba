import { describe, expect, it } from 'vitest'
import { BUILT_IN_MODULES } from '../built-in/index.ts'
import { compilePolicy } from '../compile-policy.ts'
import { bindCondition } from '../conditions.ts'
import type { Comparison, Condition } from '../document.ts'
import { canHold } from './can-hold.ts'

const policy = compilePolicy(
  {
    bailiwick: 1,
    modules: {
      things: {
        fields: {
          name: { type: 'text', title: true },
          pieces: { type: 'integer' },
          price: { type: 'money' },
          due: { type: 'date' },
          open: { type: 'boolean' },
          stage: { type: 'choice', options: ['New', 'Won'] },
          tags: { type: 'choices', options: ['A', 'B'] },
        },
      },
    },
  },
  BUILT_IN_MODULES,
)

function may(condition: Condition): boolean {
  const module = policy.modules.get('things')
  if (!module) throw new Error('There are no things.')
  return canHold(bindCondition(policy, module, condition, undefined), 'Europe/Helsinki')
}

const is = (field: string, op: Comparison['op'], value?: Comparison['value']): Condition =>
  value === undefined ? { field, op } : { field, op, value }

describe('A condition can never hold', () => {
  it.each<[string, Condition[]]>([
    ['two values at once', [is('stage', 'eq', 'New'), is('stage', 'eq', 'won')]],
    ['a value and none', [is('name', 'eq', 'a'), is('name', 'isEmpty')]],
    ['a value and not that', [is('name', 'in', ['a', 'b']), is('name', 'ne', 'A'), is('name', 'notIn', ['B'])]],
    ['more and less', [is('price', 'gt', 5), is('price', 'lt', 5)]],
    ['between two whole numbers', [is('pieces', 'gt', 5), is('pieces', 'lt', 6)]],
    ['between two days', [is('due', 'gt', '2026-01-01'), is('due', 'lt', '2026-01-02')]],
    ['after and before today', [is('due', 'gt', { today: 1 }), is('due', 'lte', { today: 0 })]],
    ['neither true nor false', [is('open', 'ne', true), is('open', 'ne', false)]],
    ['with and without an option', [is('tags', 'contains', 'A'), { not: is('tags', 'contains', 'a') }]],
    ['a text that lacks its own piece', [is('name', 'eq', 'abc'), is('name', 'startsWith', 'b')]],
    ['either way', [{ any: [is('pieces', 'eq', 1), is('pieces', 'eq', 2)] }, is('pieces', 'gt', 2)]],
  ])('that asks for %s', (_, all) => expect(may({ all })).toBe(false))
})

describe('A condition may hold', () => {
  it.each<[string, Condition[]]>([
    ['between two amounts', [is('price', 'gt', 5), is('price', 'lt', 6)]],
    ['between two texts', [is('name', 'gt', 'a'), is('name', 'lt', 'b')]],
    ['today against a day', [is('due', 'gt', { today: 1 }), is('due', 'lt', '2000-01-01')]],
    ['of two options both', [is('tags', 'contains', 'A'), is('tags', 'contains', 'B')]],
    ['empty, and so not a value', [is('name', 'isEmpty'), { not: is('name', 'eq', 'a') }]],
    ['pieces of a text', [is('name', 'startsWith', 'a'), is('name', 'contains', 'b')]],
    ['of several fields each', [is('pieces', 'eq', 1), is('stage', 'eq', 'Won')]],
  ])('that asks for %s', (_, all) => expect(may({ all })).toBe(true))
})
