import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { indexOwners, readOwners } from './owners.ts'
import { createPolicyFixture } from './policy-fixture.ts'

const { database, createOrganization } = await testDatabase()

const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  roles: { north: { name: 'North' }, south: { name: 'South' } },
  users: {
    ada: { profiles: ['administrator'] },
    anna: { role: 'north' },
    arne: { role: 'north' },
    sofia: { role: 'south' },
  },
  teams: { desk: { members: ['anna'] } },
}

async function fixture() {
  const organization = await createOrganization()
  const policy = await createPolicyFixture(database, organization, DOCUMENT)
  const tables = database.organization(organization)
  const people = async () => {
    const { rows } = await sql<{ owner: string; bucket: string; moved: boolean }>`
      select owners.key as owner, buckets.kind || ':' || buckets.key as bucket, moved
      from owners join buckets on buckets.id = owners.bucket order by owners.id`.execute(tables)
    return rows.map(({ owner, bucket, moved }) => `${owner} ${bucket}${moved ? ' moved' : ''}`)
  }
  return { ...policy, tables, people }
}

describe('Buckets', () => {
  it('hold the people of a role, those without one, and the teams', async () => {
    const { people } = await fixture()
    const expected = ['ada people:', 'anna role:north', 'arne role:north', 'sofia role:south', 'desk teams:']
    expect(await people()).toEqual(expected)
  })

  it('are changed by whoever changes his role or leaves, and by nobody else', async () => {
    const { people, apply } = await fixture()
    const { arne: _leaves, ...users } = DOCUMENT.users ?? {}
    await apply({ ...DOCUMENT, users: { ...users, anna: { role: 'south' } } })
    const expected = ['ada people:', 'anna role:south moved', 'arne gone: moved', 'sofia role:south', 'desk teams:']
    expect(await people()).toEqual(expected)
  })

  it('stay as they are where a role goes under another', async () => {
    const { people, apply } = await fixture()
    const before = await people()
    await apply({ ...DOCUMENT, roles: { north: { name: 'North' }, south: { name: 'South', parent: 'north' } } })
    expect(await people()).toEqual(before)
  })

  it('are on every record, whoever writes it, and follow its owner', async () => {
    const { tables, addRecord } = await fixture()
    const id = await addRecord('accounts', 'user:anna')
    const carried = async () => {
      const { rows } = await sql<{ key: string }>`
        select key from r_accounts join buckets on buckets.id = bucket where r_accounts.id = ${id}::uuid`.execute(
        tables,
      )
      return rows[0]?.key
    }
    expect(await carried()).toBe('north')
    await sql`update r_accounts set owner_id = (select id from owners where key = 'sofia')`.execute(tables)
    expect(await carried()).toBe('south')
  })
})

describe('A set of owners', () => {
  it('is whole buckets, and single owners of those of which somebody is missing', async () => {
    const { tables } = await fixture()
    const owners = await readOwners(tables)
    const parts = owners.partsOf(new Set(['user:anna', 'user:arne', 'user:ada', 'user:nobody']))
    expect(parts).toMatchObject({ singles: [], moved: [], share: 0.6 })
    expect(parts.buckets).toHaveLength(2)
    expect(owners.partsOf(new Set(['user:anna']))).toMatchObject({
      buckets: [],
      singles: [owners.idOf('user:anna')],
    })
  })

  it('names the moved by themselves, and calls a bucket whole without them', () => {
    const owner = (id: number, bucket: number, moved: boolean) =>
      ({ id, kind: 'user', key: `u${id}`, bucket, moved }) as const
    const owners = indexOwners([owner(1, 5, false), owner(2, 5, true), owner(3, 6, true), owner(4, 6, false)])
    expect(owners.partsOf(new Set(['user:u1', 'user:u3']))).toEqual({
      buckets: [5],
      singles: [3],
      moved: [2, 3],
      share: 0.5,
    })
  })
})
