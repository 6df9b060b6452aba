import { expect, it } from 'vitest'
import { planProgress } from './plan-progress.ts'

it('one figure comes of all steps: half for the people, half for the modules, and it never falls', () => {
  const tell = planProgress()
  const figures = [
    { step: 'people', done: 0, total: 40 },
    { step: 'people', done: 20, total: 40 },
    { step: 'people', done: 3, total: 40 },
    { step: 'records', done: 0, total: 2 },
    { step: 'reach', done: 1, total: 4 },
    { step: 'records', done: 1, total: 2 },
    { step: 'reach', done: 0, total: 0 },
    { step: 'reach', done: 4, total: 4 },
  ] as const
  expect(figures.map((progress) => tell(progress).done)).toEqual([0, 250, 250, 500, 562, 750, 750, 1_000])
})
