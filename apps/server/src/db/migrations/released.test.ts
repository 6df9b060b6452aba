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
    'texts that are searched',
    'live messages wait in an outbox',
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
    'lines of history at less cost',
    'whom dropped users were',
    'orders that lists are asked for in',
    'comments and notifications are told through the outbox',
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

test('lines of history neither tell by a trigger nor look their actor up any more', async () => {
  const organization = await createOrganization()
  const found = async () => {
    const { rows } = await sql<{ name: string }>`
      select conname as name from pg_constraint
      where conrelid = (${organization.schema} || '.history')::regclass and contype = 'f'
      union all select tgname from pg_trigger
      where tgrelid = (${organization.schema} || '.history')::regclass and not tgisinternal order by 1`.execute(
      database.owner,
    )
    return rows.map(({ name }) => name)
  }
  await database.ownerTransaction(organization, async (transaction) => {
    await sql`create function tell_changes() returns trigger language plpgsql as 'begin return null; end'`.execute(
      transaction,
    )
    await sql`create trigger tell_changes after insert on history referencing new table as noted
      for each statement execute function tell_changes()`.execute(transaction)
    await sql`alter table history add constraint history_actor_fkey foreign key (actor) references owners`.execute(
      transaction,
    )
    await sql`alter table owners drop column was`.execute(transaction)
    await sql`drop table asked_orders`.execute(transaction)
    for (const column of ['receiver', 'actor'])
      await sql`alter table notifications add foreign key (${sql.id(column)}) references owners`.execute(transaction)
    const since = RELEASED.organization.indexOf('lines of history at less cost')
    await sql`delete from schema_migrations where name = any(${RELEASED.organization.slice(since)})`.execute(
      transaction,
    )
  })
  expect(await found()).toEqual(['history_actor_fkey', 'tell_changes'])
  await migrate(database.owner)
  expect(await found()).toEqual([])
})
