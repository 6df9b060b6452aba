import { readdir } from 'node:fs/promises'
import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { importFiles } from './import-files.ts'
import { createImportsFixture } from './imports-fixture.ts'
import { createQueue, endWorker, enqueueImport, queueParts, startWorker, waitForJob } from './jobs-at-work-fixture.ts'

const { database, address, createOrganization } = await testDatabase()
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  profiles: { importer: { modules: { accounts: { actions: ['read', 'import', 'update', 'mass'] } } } },
  users: { ada: { profiles: ['administrator'] }, ines: { profiles: ['importer'] }, otto: { profiles: ['importer'] } },
}
const organization = await createOrganization()
const fixture = await createImportsFixture(database, organization, DOCUMENT, Date.now())
afterAll(() => fixture.forget())
const parts = queueParts(fixture.parts)
const [ada, ines, otto] = [fixture.actor('ada'), fixture.actor('ines'), fixture.actor('otto')]

/** Every tenth row has no name and is rejected; those of the first `referring` rows refer to rows that come as much later. */
function manyAccounts(prefix: string, rows: number, referring = 0): string {
  const lines = Array.from({ length: rows }, (_, number) => {
    const name = number % 10 === 0 ? '' : `${prefix} ${number}`
    return `${prefix}${number},${name},${name !== '' && number < referring ? `${prefix}${number + referring}` : ''}`
  })
  return ['externalId,name,parentAccount', ...lines].join('\n')
}

async function countAccounts(prefix: string) {
  const filter = { field: 'externalId', op: 'startsWith', value: prefix }
  const { count } = await fixture.gateway.list(ada, 'accounts', { filter, count: 'exact', limit: 1 })
  const linked = { all: [filter, { field: 'parentAccount', op: 'isNotEmpty' }] }
  const { count: parents } = await fixture.gateway.list(ada, 'accounts', { filter: linked, count: 'exact', limit: 1 })
  return { accounts: count?.value, parents: parents?.value }
}

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'an import ended midway by %s goes on, and no row is lost or doubled',
  async (signal) => {
    const rows = 6_000
    const jobs = createQueue(parts, { isAlone: true })
    const id = await enqueueImport(parts, jobs, ines, manyAccounts(signal, rows, rows / 2), { module: 'accounts' })
    const stops: number[] = []
    for (const least of [300, 2_000, 4_000]) {
      const worker = startWorker(address, parts.filesFolder, { isAlone: true })
      const { done } = await waitForJob(jobs, ines, id, (view) => view.done >= least)
      stops.push(done)
      const code = await endWorker(worker, signal)
      if (signal === 'SIGTERM') expect(code).toBe(0)
    }
    expect(new Set(stops).size).toBe(3)
    await jobs.start()
    const { state, result } = await waitForJob(jobs, ines, id)
    await jobs.stop()
    expect([state, result]).toMatchObject(['done', { created: 5_400, rejected: 600, total: rows }])
    expect(await countAccounts(signal)).toEqual({ accounts: 5_400, parents: 2_700 })
  },
)

it('whoever is suspended meanwhile imports nothing more, and the job says why', async () => {
  const jobs = createQueue(parts, { isAlone: true })
  const id = await enqueueImport(parts, jobs, otto, manyAccounts('otto', 8_000), { module: 'accounts' })
  await jobs.start()
  await waitForJob(jobs, otto, id, (view) => view.done >= 500)
  await fixture.apply({
    ...DOCUMENT,
    users: { ...DOCUMENT.users, otto: { profiles: ['importer'], status: 'suspended' } },
  })
  const view = await waitForJob(jobs, otto, id)
  await jobs.stop()
  expect(view).toMatchObject({ state: 'failed', error: expect.stringContaining('may not sign in') })
  expect(view.done).toBeLessThan(8_000)
  expect((await countAccounts('otto')).accounts).toBe(view.done - Math.round(view.done / 10))
})

it('a cancelled import stops between two chunks, and what is in stays', async () => {
  const jobs = createQueue(parts, { isAlone: true })
  const id = await enqueueImport(parts, jobs, ines, manyAccounts('stop', 8_000), { module: 'accounts' })
  await jobs.start()
  await waitForJob(jobs, ines, id, (view) => view.done >= 500)
  const { state, done } = await jobs.cancel(ines, id)
  await jobs.stop()
  expect(state).toBe('cancelled')
  expect(done).toBeLessThan(8_000)
  expect((await jobs.find(ines, id)).done).toBe(done)
  const { folder } = await importFiles(parts.filesFolder, id)
  expect((await readdir(folder)).filter((name) => name !== 'rejected.csv')).toEqual([])
})

it('a job is its starter’s alone', async () => {
  const jobs = createQueue(parts)
  const id = await enqueueImport(parts, jobs, ines, manyAccounts('mine', 10), { module: 'accounts' })
  await expect(jobs.find(ada, id)).rejects.toMatchObject({ status: 404 })
  await expect(jobs.cancel(ada, id)).rejects.toMatchObject({ status: 404 })
  await expect(jobs.find(ines, 'no-id')).rejects.toMatchObject({ status: 404 })
})
