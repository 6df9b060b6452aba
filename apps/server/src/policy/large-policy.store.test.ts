import { BUILT_IN_MODULES, type PolicyDocument, type UserDefinition } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createLivePolicies } from './live-policy.ts'
import { ADA, createPolicyFixture } from './policy-fixture.ts'

const { database, createOrganization } = await testDatabase()

const PEOPLE = 10_000
const ROLES = 50

/** Ten thousand people in a tree of fifty roles, in teams of twenty, with a test and an invariant. */
function largeDocument(): PolicyDocument {
  const roles = range(ROLES).map((at) => [`role-${at}`, at === 0 ? {} : { parent: `role-${Math.floor((at - 1) / 3)}` }])
  const users = range(PEOPLE).map((at): [string, UserDefinition] => [
    `user-${at}`,
    {
      name: `Person ${at}`,
      email: `p${at}@acme.example`,
      role: roleOf(at),
      manager: managerOf(at),
      profiles: ['sales'],
    },
  ])
  const teams = range(PEOPLE / 20).map((at) => [
    `team-${at}`,
    { members: range(20).map((member) => `user-${at * 20 + member}`) },
  ])
  return {
    bailiwick: 1,
    organization: { name: 'Acme', hierarchy: 'both' },
    roles: Object.fromEntries(roles),
    profiles: {
      sales: { modules: { accounts: { actions: ['create', 'read', 'update'] }, deals: { actions: ['read'] } } },
    },
    users: { ada: { name: ADA.name, profiles: ['administrator'] }, ...Object.fromEntries(users) },
    teams: Object.fromEntries(teams),
    invariants: { deletes: { nobody: { except: ['user:ada'] }, can: 'delete', on: 'accounts' } },
  }
}

const range = (length: number) => Array.from({ length }, (_, at) => at)
/** One person in each role, and everybody else in the thirty-three roles that have none below them. */
const roleOf = (at: number) => `role-${at < ROLES ? at : 17 + (at % 33)}`
const managerOf = (at: number) => (at === 0 ? undefined : `user-${Math.floor((at - 1) / 10)}`)

/** In seconds of the processor’s time: the clock on the wall says more of what else the machine does. */
async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const began = process.cpuUsage()
  const result = await work()
  return { result, seconds: process.cpuUsage(began).user / 1_000_000 }
}

/** Many times what it takes (applied 0.9 s, changed 0.4 s, loaded 0.1 s): growth of another order shows. */
describe('A policy of ten thousand people', () => {
  it('is applied, changed, loaded and planned in seconds', async () => {
    const { organization, apply, plan } = await createPolicyFixture(database, await createOrganization())
    const document = largeDocument()
    const first = await timed(() => apply(document))
    expect(first.result.version).toBe(2)
    const users = { ...document.users, 'user-5000': { ...document.users?.['user-5000'], role: 'role-20' } }
    const change = { bailiwick: 1, users }
    const planned = await timed(() => plan(change))
    expect(planned.result.changes).toHaveLength(1)
    const changed = await timed(() => apply(change))
    expect(changed.result.changes).toHaveLength(1)
    const policies = createLivePolicies(database, { catalogue: BUILT_IN_MODULES })
    const loaded = await timed(() => policies.current(organization))
    expect(loaded.result.owners.idOf('user:user-9999')).toBeGreaterThan(0)
    expect(first.seconds).toBeLessThan(20)
    expect(changed.seconds).toBeLessThan(20)
    expect(loaded.seconds).toBeLessThan(10)
    expect(planned.seconds).toBeLessThan(60)
  }, 120_000)
})
