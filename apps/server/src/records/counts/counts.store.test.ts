import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import { settleOwnersJob } from '../settle-owners.ts'
import { COUNTED_DOCUMENT, type CountsFixture, countsFixture, type Fresh, jobOf } from './counts-fixture.ts'
import { foldCounts } from './fold-counts.ts'

const parts = await testDatabase()
const { database } = parts

describe('What is written of how many records there are is what is there', () => {
  const changes: readonly [what: string, change: (office: CountsFixture & Fresh) => Promise<unknown>][] = [
    ['created', ({ gateway, actor }) => gateway.create(actor('anna'), 'accounts', { name: 'New' })],
    [
      'created for another',
      ({ gateway, actor }) => gateway.create(actor('tiina'), 'accounts', { name: 'New', owner: 'user:sofia' }),
    ],
    ['changed', ({ gateway, actor, plain }) => gateway.update(actor('arne'), 'accounts', plain, { name: 'Other' })],
    ['deleted', ({ gateway, actor, plain }) => gateway.delete(actor('arne'), 'accounts', plain)],
    ['deleted while confidential', ({ gateway, actor, secret }) => gateway.delete(actor('anna'), 'accounts', secret)],
    ['restored', ({ gateway, actor, binned }) => gateway.restore(actor('arne'), 'accounts', binned)],
    [
      'transferred',
      ({ gateway, actor, plain }) => gateway.transfer(actor('arne'), 'accounts', plain, { owner: 'user:sofia' }),
    ],
    [
      'transferred within the role',
      ({ gateway, actor, plain }) => gateway.transfer(actor('arne'), 'accounts', plain, { owner: 'user:anna' }),
    ],
    [
      'given to a team',
      ({ gateway, actor, plain }) => gateway.transfer(actor('arne'), 'accounts', plain, { owner: 'team:desk' }),
    ],
    ['confided', ({ gateway, actor, plain }) => gateway.confide(actor('arne'), 'accounts', plain, true)],
    ['confided no more', ({ gateway, actor, secret }) => gateway.confide(actor('anna'), 'accounts', secret, false)],
    [
      'shared, and shared while confidential',
      async ({ gateway, actor, plain, secret }) => {
        await gateway.share(actor('arne'), 'accounts', plain, { with: 'user:sofia', level: 'read' })
        await gateway.share(actor('anna'), 'accounts', secret, { with: 'role:lead', level: 'edit' })
        await gateway.share(actor('anna'), 'accounts', secret, { with: 'user:omar', level: 'read' })
      },
    ],
    [
      'shared no more',
      async ({ gateway, actor, secret }) => {
        await gateway.share(actor('anna'), 'accounts', secret, { with: 'user:omar', level: 'read' })
        await gateway.unshare(actor('anna'), 'accounts', secret, 'user:omar')
      },
    ],
    [
      'changed many at a time',
      ({ gateway, actor, plain, secret }) =>
        gateway.changeMany(actor('ada'), 'accounts', [plain, secret], { set: { phone: '1' } }),
    ],
    [
      'written by whoever writes to tables',
      ({ pass }) => pass(`update r_accounts set deleted_at = now(), confidential = true`),
    ],
    ['purged', ({ pass }) => pass('delete from r_accounts where deleted_at is not null or confidential')],
    [
      'loaded in bulk',
      ({ pass }) =>
        pass(`insert into r_accounts (id, owner_id, confidential, created_at, updated_at, deleted_at)
          select gen_random_uuid(), 1 + n % 6, n % 3 = 0, now(), now(), case when n % 5 = 0 then now() end
          from generate_series(1, 90) n`),
    ],
    [
      'written and taken back',
      async ({ tables }) => {
        const broken = tables.transaction().execute(async (transaction) => {
          await sql`delete from r_accounts`.execute(transaction)
          throw new Error('power cut')
        })
        await expect(broken).rejects.toThrow('power cut')
      },
    ],
    [
      'emptied at once',
      ({ organization }) =>
        database.ownerTransaction(organization, (owner) => sql`truncate r_accounts cascade`.execute(owner)),
    ],
  ]
  it('after whatever is done to records', async () => {
    const office = await countsFixture(parts)
    for (const [what, change] of changes) {
      await change({ ...office, ...(await office.fresh()) })
      await office.requireCounted(what)
      await foldCounts(office.tables)
    }
    await office.requireCounted('folded')
  })

  it('while people move from role to role, at every step of settling them', async () => {
    const office = await countsFixture(parts)
    const users = { ...COUNTED_DOCUMENT.users, arne: { role: 'south', profiles: ['sales'] } }
    await office.apply({ ...COUNTED_DOCUMENT, users })
    await office.requireCounted('moved')
    await office.pass(`update r_accounts t set bucket = owners.bucket from owners
      where owners.id = t.owner_id and t.id = (select min(id::text)::uuid from r_accounts where bucket <> owners.bucket)`)
    await office.requireCounted('half settled')
    await settleOwnersJob(office.parts).run(jobOf(office.organization))
    await office.requireCounted('settled')
    const { arne: _gone, ...others } = users
    await office.apply({ ...COUNTED_DOCUMENT, users: others })
    await office.apply({ ...COUNTED_DOCUMENT, organization: { confidentialSuperiors: true } })
    await office.requireCounted('back, with superiors who see what is confidential')
  })

  it('under rules, restrictions and sharing by default, which are counted one by one', async () => {
    const office = await countsFixture(parts)
    const accounts = { sharing: 'none' as const }
    const when = { field: 'name', op: 'isEmpty' as const }
    const rules = { some: { module: 'accounts', with: ['role:south'], when, level: 'read' as const } }
    await office.apply({ ...COUNTED_DOCUMENT, modules: { accounts }, sharingRules: rules })
    await office.requireCounted('a rule by criteria')
    const restrictionRules = { few: { module: 'accounts', for: ['everyone'], when, level: 'none' as const } }
    await office.apply({ ...COUNTED_DOCUMENT, restrictionRules })
    await office.requireCounted('a restriction')
    await office.apply({ ...COUNTED_DOCUMENT, modules: { accounts: { sharing: 'read' } } })
    await office.requireCounted('read by all')
  })
})
