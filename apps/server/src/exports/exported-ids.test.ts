import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { beginIds, readIds, writeIds } from './exported-ids.ts'

test.each([0, 1, 5_000, 5_001, 12_000])('%i ids come back in their order, a bounded number at a time', async (many) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bw-ids-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const place = path.join(folder, 'some.csv')
  const ids = Array.from({ length: many }, () => randomUUID())
  await beginIds(place)
  for (let at = 0; at < many; at += 1_000)
    await writeIds(
      place,
      ids.slice(at, at + 1_000).map((id) => ({ id })),
    )
  const parts: string[][] = []
  for await (const some of readIds(place)) parts.push(some)
  expect(parts.flat()).toEqual(ids)
  expect(parts.every(({ length }) => length > 0 && length <= 5_000)).toBe(true)
})
