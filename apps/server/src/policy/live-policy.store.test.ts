import { BUILT_IN_MODULES, hasSystemPermission, type Policy } from '@bailiwick/access'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Database } from '../db/database.ts'
import { testDatabase } from '../testing/index.ts'
import { createLivePolicies, type LivePolicyOptions } from './live-policy.ts'
import { ADA, createPolicyFixture } from './policy-fixture.ts'
import { POLICY_CHANNEL } from './store.ts'

const { database, createOrganization } = await testDatabase()

const ADMINISTRATOR = { name: ADA.name, email: ADA.email, profiles: ['administrator'] }

/** Counts how often the database is asked. */
function counting(options: Partial<LivePolicyOptions> = {}) {
  const asked = { times: 0 }
  const organization: Database['organization'] = (place) => {
    asked.times += 1
    return database.organization(place)
  }
  return { asked, policies: createLivePolicies({ organization }, { catalogue: BUILT_IN_MODULES, ...options }) }
}

/** What a policy knows of people, without the functions in it. */
const writtenOut = ({ users, roles, teams, profiles }: Policy) =>
  JSON.parse(JSON.stringify([users, roles, teams, profiles].map((map) => [...map])))

const fixture = async () => createPolicyFixture(database, await createOrganization())

describe('A live policy', () => {
  it('is the one that stands, with its stamp and its owners', async () => {
    const { organization } = await fixture()
    const snapshot = await counting().policies.current(organization)
    expect(snapshot).toMatchObject({ version: 1, stamp: 1, document: { users: { ada: ADMINISTRATOR } } })
    expect(hasSystemPermission(snapshot.policy, 'ada', 'manageAccess')).toBe(true)
    expect(snapshot.owners.refOf(snapshot.owners.idOf('user:ada') ?? 0)).toBe('user:ada')
    expect(snapshot.owners.idOf('user:nobody')).toBeUndefined()
    expect(snapshot.owners.idOf('team:ada')).toBeUndefined()
  })

  it('is loaded once, however many ask at once', async () => {
    const { organization } = await fixture()
    const { asked, policies } = counting()
    const snapshots = await Promise.all([1, 2, 3].map(() => policies.current(organization)))
    expect(new Set(snapshots).size).toBe(1)
    await policies.current(organization)
    expect(asked.times).toBe(1)
  })

  it('is loaded anew for a stamp that is newer, once for all who met it, and not for an older one', async () => {
    const { organization, apply } = await fixture()
    const { asked, policies } = counting()
    await policies.current(organization)
    await apply({ bailiwick: 1, users: { ada: ADMINISTRATOR, anna: {} } })
    const fresh = await Promise.all([1, 2, 3].map(() => policies.refresh(organization, 2)))
    expect(fresh.map(({ version, stamp }) => [version, stamp])).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ])
    expect(fresh[0]?.owners.idOf('user:anna')).toBeGreaterThan(0)
    await policies.refresh(organization, 1)
    expect(asked.times).toBe(2)
  })

  it('keeps what it compiled where the stamp alone was raised', async () => {
    const { organization } = await fixture()
    const { policies } = counting()
    const before = await policies.current(organization)
    await sql`update ${sql.id(organization.schema, 'head')} set stamp = stamp + 1`.execute(database.owner)
    const after = await policies.refresh(organization, 2)
    expect(after.stamp).toBe(2)
    expect(after.policy).toBe(before.policy)
  })

  it('has the very users that it had where they stayed, and is what anybody else reads', async () => {
    const { organization, apply } = await fixture()
    await apply({ bailiwick: 1, users: { ada: ADMINISTRATOR, ben: { role: 'ceo' } }, roles: { ceo: {}, cfo: {} } })
    const { policies } = counting()
    const read = async (change: object) => {
      await apply({ bailiwick: 1, ...change })
      const [known, fresh] = [await policies.confirm(organization), await counting().policies.current(organization)]
      expect(Object.entries(known.document)).toEqual(Object.entries(fresh.document))
      expect(writtenOut(known.policy)).toEqual(writtenOut(fresh.policy))
      return known
    }
    const first = await read({ roles: { ceo: {}, cfo: { parent: 'ceo' } } })
    const moved = await read({ roles: { ceo: { parent: 'cfo' }, cfo: {} }, teams: { desk: {} } })
    expect(moved.document.users).toBe(first.document.users)
    expect(moved.owners.idOf('team:desk')).toBeGreaterThan(0)
    const joined = await read({ teams: { desk: { members: ['ben'] } } })
    expect(joined.document.users).toBe(first.document.users)
    expect(joined.policy.users.get('ben')?.teams).toEqual(['desk'])
    const renamed = await read({ groups: { all: { members: ['everyone'] } } })
    expect(renamed.policy.users).toBe(joined.policy.users)
    const left = await read({ users: { ada: ADMINISTRATOR }, teams: { desk: {} } })
    expect([...left.policy.users.keys()]).toEqual(['ada'])
    const back = await read({ roles: { ceo: {} } })
    expect(back.document.users).toBe(left.document.users)
    expect(back.usersFrom).toBe(left.version)
  })

  it('is asked of the database where no statement stands behind the answer', async () => {
    const { organization, apply } = await fixture()
    const { policies } = counting()
    await policies.current(organization)
    await apply({ bailiwick: 1, roles: { ceo: {} } })
    expect(await policies.current(organization)).toMatchObject({ version: 1 })
    expect(await policies.confirm(organization)).toMatchObject({ version: 2 })
    expect(await policies.current(organization)).toMatchObject({ version: 2 })
  })

  it('gives up waiting for a stamp that a late replica does not show yet', async () => {
    const { organization } = await fixture()
    expect(await counting().policies.refresh(organization, 99)).toMatchObject({ stamp: 1 })
  })

  it('takes licences as they are at each load', async () => {
    const { organization } = await fixture()
    let licensed: ReadonlySet<string> | undefined
    const { policies } = counting({ findLicensed: async () => licensed })
    expect((await policies.current(organization)).policy.isLicensed('deals')).toBe(true)
    licensed = new Set(['accounts'])
    await sql`update ${sql.id(organization.schema, 'head')} set stamp = stamp + 1`.execute(database.owner)
    expect((await policies.refresh(organization, 2)).policy.isLicensed('deals')).toBe(false)
  })

  it('of the organization used longest ago goes where memory is short', async () => {
    const [one, other] = [await fixture(), await fixture()]
    const { asked, policies } = counting({ mostBytes: 1 })
    for (const { organization } of [one, one, other, other]) await policies.current(organization)
    expect(asked.times).toBe(2)
    await policies.current(one.organization)
    expect(asked.times).toBe(3)
  })

  it('is not remembered where loading failed', async () => {
    const organization = await createOrganization()
    const { policies } = counting()
    await expect(policies.current(organization)).rejects.toThrow('has no policy yet')
    await createPolicyFixture(database, organization)
    expect(await policies.current(organization)).toMatchObject({ version: 1 })
  })

  it('is announced when it changes, and only then', async () => {
    const { organization, apply } = await fixture()
    const heard: string[] = []
    const stop = await database.listen(POLICY_CHANNEL, (payload) => heard.push(payload))
    await apply({ bailiwick: 1, users: {} }).catch(() => {})
    await apply({ bailiwick: 1, roles: { ceo: {} } })
    await expect.poll(() => heard).toEqual([organization.id])
    stop()
  })
})
