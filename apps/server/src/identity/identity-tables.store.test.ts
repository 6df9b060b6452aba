import { getMigrations } from 'better-auth/db/migration'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createAuth } from './auth.ts'
import { ensureIdentity } from './create-identity.ts'

const { database } = await testDatabase()

test('better-auth finds its tables whole: its own migrator has nothing to add', async () => {
  const auth = createAuth({ control: database.owner, secret: 'one secret of more than thirty-two characters' })
  const plan = await getMigrations(auth.options)
  expect(plan.toBeCreated).toEqual([])
  expect(plan.toBeAdded).toEqual([])
  expect(plan.schemaProblems).toEqual([])
})

test('the end of a session comes as a date, which better-auth can compare with now', async () => {
  const auth = createAuth({ control: database.control, secret: 'one secret of more than thirty-two characters' })
  const { internalAdapter } = await auth.$context
  const anna = { id: 'anna', email: 'Anna@example.org', name: 'Anna', passwordHash: 'none', now: Date.now() }
  await database.control.transaction().execute((transaction) => ensureIdentity(transaction, anna))
  const session = await internalAdapter.createSession(anna.id, false)
  const found = await internalAdapter.findSession(session.token)
  expect(found?.session.expiresAt).toBeInstanceOf(Date)
  expect(found?.user.email).toBe('anna@example.org')
})
