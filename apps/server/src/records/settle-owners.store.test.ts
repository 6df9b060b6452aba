import { setTimeout as sleep } from 'node:timers/promises'
import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLog } from '../http/log.ts'
import { JobStopped } from '../jobs/job.ts'
import { Jobs } from '../jobs/jobs.ts'
import { testDatabase } from '../testing/index.ts'
import { createRecordsFixture } from './records-fixture.ts'
import { runningJob } from './running-job-fixture.ts'
import { settleOwnersJob } from './settle-owners.ts'

const { database, createOrganization } = await testDatabase()
const NOW = Date.parse('2026-03-02T10:00:00Z')

const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  roles: { lead: { name: 'Lead' }, north: { name: 'North', parent: 'lead' }, south: { name: 'South' } },
  profiles: { sales: { modules: { accounts: { actions: ['create', 'read', 'update'] } } } },
  modules: { accounts: { sharing: 'none' } },
  users: {
    ada: { profiles: ['administrator'] },
    tiina: { role: 'lead', profiles: ['sales'] },
    anna: { role: 'north', profiles: ['sales'] },
    arne: { role: 'north', profiles: ['sales'] },
    sofia: { role: 'south', profiles: ['sales'] },
  },
}

/** Anna and Arne have records, and Arne is about to go south. */
async function fixture() {
  const organization = await createOrganization()
  const office = await createRecordsFixture(database, organization, DOCUMENT, NOW)
  for (const owner of ['anna', 'arne', 'arne', 'sofia']) await office.addRecord('accounts', `user:${owner}`)
  const tables = database.organization(organization)
  const moveArne = () => office.apply({ ...DOCUMENT, users: { ...DOCUMENT.users, arne: { role: 'south' } } })
  const astray = async () => {
    const { rows } = await sql<{ key: string }>`
      select owners.key from r_accounts t join owners on owners.id = t.owner_id where t.bucket <> owners.bucket`.execute(
      tables,
    )
    return rows.map(({ key }) => key)
  }
  const moved = async () => (await tables.selectFrom('owners').select('key').where('moved', '=', true).execute()).length
  const seen = async (user: string) =>
    (await office.gateway.list(office.actor(user), 'accounts', { limit: 200 })).items.length
  const job = (goOn?: () => void) => runningJob(organization, goOn)
  return { ...office, organization, tables, moveArne, astray, moved, seen, job, settle: settleOwnersJob(office.parts) }
}

describe('A person who moves', () => {
  it('takes his records along at once, in whatever bucket they still are', async () => {
    const { seen, moveArne, astray } = await fixture()
    expect([await seen('tiina'), await seen('sofia')]).toEqual([3, 1])
    await moveArne()
    expect(await astray()).toEqual(['arne', 'arne'])
    expect(await seen('tiina')).toBe(1)
  })

  it('is settled in the background once his records carry his bucket', async () => {
    const { seen, moveArne, astray, moved, parts, organization, policies } = await fixture()
    const before = await policies.current(organization)
    await moveArne()
    const log = createLog('silent')
    const queue = new Jobs({ ...parts, policies, log, now: () => Date.now() }, [settleOwnersJob(parts)])
    onTestFinished(() => queue.stop())
    await queue.start()
    while ((await moved()) > 0) await sleep(5)
    expect(await astray()).toEqual([])
    expect(await seen('tiina')).toBe(1)
    const after = await policies.current(organization)
    const arne = new Set(['user:arne', 'user:sofia'])
    expect(after.stamp).toBeGreaterThan(before.stamp)
    expect((await policies.confirm(organization)).owners.partsOf(arne)).toMatchObject({ singles: [], moved: [] })
  })

  it('is settled by the next process where one ends midway', async () => {
    const { moveArne, astray, moved, job, settle } = await fixture()
    await moveArne()
    let steps = 0
    const ending = job(() => {
      steps += 1
      if (steps > 1) throw new JobStopped()
    })
    await expect(settle.run(ending)).rejects.toThrow(JobStopped)
    expect(await moved()).toBe(1)
    await settle.run(job())
    expect(await astray()).toEqual([])
    expect(await moved()).toBe(0)
  })

  it('keeps what everybody wrote meanwhile', async () => {
    const { moveArne, moved, job, settle, gateway, actor, seen } = await fixture()
    await moveArne()
    const [, made] = await Promise.all([
      settle.run(job()),
      gateway.create(actor('sofia'), 'accounts', { name: 'Written meanwhile' }),
    ])
    expect(made.id).toMatch(/-/)
    expect(await moved()).toBe(0)
    expect(await seen('sofia')).toBe(2)
  })
})

describe('Nobody', () => {
  it('is settled where nobody has moved', async () => {
    const { job, settle, policies, organization } = await fixture()
    const { stamp } = await policies.confirm(organization)
    await settle.run(job())
    expect((await policies.confirm(organization)).stamp).toBe(stamp)
  })
})
