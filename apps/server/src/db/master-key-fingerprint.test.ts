import { expect, test } from 'vitest'
import { StartUpError } from '../start-up-error.ts'
import { testDatabase } from '../testing/index.ts'
import { requireSameMasterKey } from './master-key-fingerprint.ts'

const { database } = await testDatabase()

test('a database takes the first master key as its own, and no other after it', async () => {
  const [first, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  await requireSameMasterKey(database.owner, first)
  await requireSameMasterKey(database.owner, first)
  await expect(requireSameMasterKey(database.owner, other)).rejects.toThrow(StartUpError)
  await requireSameMasterKey(database.owner, first)
})
