import { BUILT_IN_MODULES } from '@bailiwick/access'
import { expect, it } from 'vitest'
import { createLivePolicies } from '../policy/live-policy.ts'
import { createPolicyFixture } from '../policy/policy-fixture.ts'
import { testDatabase } from '../testing/index.ts'
import { findLicensed } from './find-licensed.ts'

const { database, createOrganization } = await testDatabase()

it('a licence covers the modules it names, and one is in force as soon as the stamp says so', async () => {
  const { organization } = await createPolicyFixture(database, await createOrganization())
  const policies = createLivePolicies(database, {
    catalogue: BUILT_IN_MODULES,
    findLicensed: (asked) => findLicensed(database.control, asked),
  })
  const before = await policies.current(organization)
  expect(before.policy.isLicensed('tickets')).toBe(true)
  await database.control
    .insertInto('licences')
    .values({ organization_id: organization.id, module: 'accounts' })
    .execute()
  await database
    .organization(organization)
    .updateTable('head')
    .set({ stamp: before.stamp + 1 })
    .execute()
  const after = await policies.refresh(organization, before.stamp + 1)
  expect([after.policy.isLicensed('tickets'), after.policy.isLicensed('accounts')]).toEqual([false, true])
  await expect(policies.confirm(organization)).resolves.toMatchObject({ policy: after.policy })
})
