import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('the types that the page is written against are those of the interface', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/api-types.ts', '--check'], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
