import { expect, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'

const { database, createOrganization } = await testDatabase()

test('an organization starts with a head and nothing else', async () => {
  const nordwind = await createOrganization('nordwind')
  expect(await database.organization(nordwind).selectFrom('head').selectAll().execute()).toEqual([
    { singleton: true, version: 0, stamp: 0, settled: 0 },
  ])
})
