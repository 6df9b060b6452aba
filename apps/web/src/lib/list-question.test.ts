import { expect, test } from 'vitest'
import { questionOf } from './list-question.ts'
import type { ModuleInfo } from './modules.ts'

const MODULE = { module: 'deals', fields: [] } as unknown as ModuleInfo

test('a list asks for no order that its address doesn’t name: what is usual may be hidden from its reader', () => {
  expect(questionOf(MODULE, {})).not.toHaveProperty('sort')
  expect(questionOf(MODULE, { sort: '-name' })).toMatchObject({ sort: '-name' })
})
