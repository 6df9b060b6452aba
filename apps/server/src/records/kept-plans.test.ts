import { expect, it } from 'vitest'
import { KeptPlans } from './kept-plans.ts'

it('keeps a plan for what is asked again and again, always under one name', () => {
  const plans = new KeptPlans()
  const names = [1, 2, 3, 4].map(() => plans.nameOf('select 1'))
  expect(names.slice(0, 2)).toEqual([undefined, undefined])
  expect(names[2]).toMatch(/^[\w-]{20,}$/)
  expect(names[3]).toBe(names[2])
})

it('keeps no more plans than a connection bears', () => {
  const plans = new KeptPlans()
  const kept = Array.from({ length: 300 }, (_, index) => [1, 2, 3].map(() => plans.nameOf(`select ${index}`)).at(-1))
  expect(kept.filter((name) => name !== undefined)).toHaveLength(100)
})

it('plans anew what it gave up', () => {
  const plans = new KeptPlans()
  for (let times = 0; times < 5; times++) plans.nameOf('select 1')
  plans.giveUp('select 1')
  expect(plans.nameOf('select 1')).toBeUndefined()
})

it('makes room for new statements once others are asked for no more', () => {
  const plans = new KeptPlans()
  const ask = (text: string, times: number) => Array.from({ length: times }, () => plans.nameOf(text)).at(-1)
  for (let index = 0; index < 100; index++) ask(`select ${index}`, 3)
  expect(ask('select of a newer policy', 10)).toBeUndefined()
  ask('select 0', 41_000)
  expect(ask('select of a newer policy', 3)).toBeDefined()
  expect(ask('select 0', 1)).toBeDefined()
  expect(ask('select 1', 1)).toBeUndefined()
})

it('bears fewer, and makes room sooner, where it is told to', () => {
  const plans = new KeptPlans({ most: 2, unusedFor: 1_000 })
  const ask = (text: string, times: number) => Array.from({ length: times }, () => plans.nameOf(text)).at(-1)
  expect(['one', 'two', 'three'].map((text) => ask(text, 3) !== undefined)).toEqual([true, true, false])
  ask('one', 2_000)
  expect(ask('three', 3)).toBeDefined()
  expect(ask('two', 1)).toBeUndefined()
})
