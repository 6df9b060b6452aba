import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import { migrate } from '../migrate.ts'
import { CONTROL_MIGRATIONS } from './control.ts'
import { ORGANIZATION_MIGRATIONS } from './organization.ts'

/** Steps that databases out there have taken, in their order: a program that lacks one takes them for a newer one's. New ones go behind. */
const RELEASED = {
  control: [
    'organizations, licences, keys, memberships',
    'identities, sessions',
    'demonstrations',
    'fingerprint of the master key',
    'invitations',
    'demonstrations that were thrown away',
    'which organizations were thrown away',
  ],
  organization: [
    'policy, owners, shares, history, jobs',
    'buckets of owners',
    'counts of records',
    'notifications',
    'lines of quotes and orders',
    'what imports wrote, and how columns were mapped',
    'views, preferences and recent records',
    'files, edited comments, history by time',
    'one store of each setting',
    'audit',
    'broken glass',
    'changes of the policy that wait',
    'actors of history as they are',
    'actors of history are owners again',
    'owners are told of changes by a function',
    'versions that share their users',
    'shares are told by their key',
    'walks within buckets and owners',
  ],
}

const { database, createOrganization } = await testDatabase()

test('no step that was released is gone, or stands elsewhere', () => {
  const names = (steps: readonly { readonly name: string }[], most: number) =>
    steps.slice(0, most).map(({ name }) => name)
  expect({
    control: names(CONTROL_MIGRATIONS, RELEASED.control.length),
    organization: names(ORGANIZATION_MIGRATIONS, RELEASED.organization.length),
  }).toEqual(RELEASED)
})

test('history whose actors were not held to owners is held to them again', async () => {
  const organization = await createOrganization()
  const heldTo = async () => {
    const { rows } = await sql<{ definition: string }>`
      select pg_get_constraintdef(oid) as definition from pg_constraint
      where conname = 'history_actor_fkey' and connamespace = ${organization.schema}::regnamespace`.execute(
      database.owner,
    )
    return rows.map(({ definition }) => definition)
  }
  await database.ownerTransaction(organization, async (transaction) => {
    await sql`alter table history drop constraint history_actor_fkey`.execute(transaction)
    await sql`drop function tell_of_change`.execute(transaction)
    await sql`alter table policy_versions drop column users_from`.execute(transaction)
    const since = RELEASED.organization.indexOf('actors of history are owners again')
    await sql`delete from schema_migrations where name = any(${RELEASED.organization.slice(since)})`.execute(
      transaction,
    )
  })
  expect(await heldTo()).toEqual([])
  await migrate(database.owner)
  expect(await heldTo()).toEqual([expect.stringMatching(/^FOREIGN KEY \(actor\) REFERENCES .*owners\(id\)$/)])
})
