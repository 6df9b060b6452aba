import { getMigrations } from 'better-auth/db/migration'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createAuth } from './auth.ts'

const { database } = await testDatabase()

test('better-auth finds its tables whole: its own migrator has nothing to add', async () => {
  const auth = createAuth({ control: database.owner, secret: 'one secret of more than thirty-two characters' })
  const plan = await getMigrations(auth.options)
  expect(plan.toBeCreated).toEqual([])
  expect(plan.toBeAdded).toEqual([])
  expect(plan.schemaProblems).toEqual([])
})

test('sessions end when their time has come', async () => {
  const auth = createAuth({ control: database.control, secret: 'one secret of more than thirty-two characters' })
  const { internalAdapter } = await auth.$context
  const user = await internalAdapter.createUser({ email: 'anna@example.org', name: 'Anna', emailVerified: true })
  const session = await internalAdapter.createSession(user.id, false)
  const found = await internalAdapter.findSession(session.token)
  expect(found?.session.expiresAt).toBeInstanceOf(Date)
})
