import { BUILT_IN_MODULES, checkDocument } from '@bailiwick/access'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryHistory, type GeneratedWorld, type History } from './generate/index.ts'
import { MOVE_KINDS } from './generate/moves.ts'
import { DEEDS, type Step, stepOf } from './generate/steps.ts'

const options = { catalogue: BUILT_IN_MODULES, furnished: ['accounts'] }
const histories = fc.sample(arbitraryHistory(options, 6), { seed: 20260115, numRuns: 400 })

function stepsOf({ before, steps }: History): Step[] {
  const walked = steps.reduce<{ world: GeneratedWorld; taken: Step[] }>(
    ({ world, taken }, seed) => {
      const step = stepOf(world, seed)
      return { world: step.world, taken: [...taken, step] }
    },
    { world: before, taken: [] },
  )
  return walked.taken
}

const all = histories.flatMap(stepsOf)

test('everything that can happen to an organization does, by people who may and by people who may not', () => {
  const policies = new Set(all.flatMap((step) => (step.kind === 'policy' ? [step.what] : [])))
  for (const kind of [...MOVE_KINDS, 'add sharing rule', 'remove restriction rule', 'suspend user']) {
    expect(policies).toContain(kind)
  }
  const done = new Set(all.flatMap((step) => (step.kind === 'record' ? [`${step.deed} ${step.isAllowed}`] : [])))
  expect([...done].sort()).toEqual(
    Object.keys(DEEDS)
      .flatMap((deed) => [`${deed} true`, `${deed} false`])
      .sort(),
  )
})

test('and every policy on the way is one that could be in force', () => {
  for (const { kind, world } of all) {
    if (kind === 'policy') expect(checkDocument(world.document, { catalogue: BUILT_IN_MODULES }).problems).toEqual([])
  }
})
