import { expect, test } from 'vitest'
import { questionOf } from './list-question.ts'
import type { ModuleInfo } from './modules.ts'

const MODULE: ModuleInfo = {
  module: 'deals',
  name: 'Deal',
  plural: 'Deals',
  builtIn: true,
  actions: ['read'],
  aggregate: 'visible',
  fields: [],
}

test('a list asks for no order that its address doesn’t name: what is usual may be hidden from its reader', () => {
  expect(questionOf(MODULE, {})).not.toHaveProperty('sort')
  expect(questionOf(MODULE, { sort: '-name' })).toMatchObject({ sort: '-name' })
})
