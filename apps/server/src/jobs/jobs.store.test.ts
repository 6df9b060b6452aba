import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { BUILT_IN_MODULES, type PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import type { Actor } from '../actor.ts'
import { createLog } from '../http/log.ts'
import { createLivePolicies } from '../policy/live-policy.ts'
import { createPolicyFixture } from '../policy/policy-fixture.ts'
import { problem, unavailable } from '../problem.ts'
import { testDatabase } from '../testing/index.ts'
import type { JobKind, RunningJob } from './job.ts'
import { Jobs } from './jobs.ts'
import type { JobsOptions } from './workers.ts'

const { database, createOrganization } = await testDatabase()
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  users: { ada: { profiles: ['administrator'] }, bea: { profiles: ['administrator'] } },
}
const organization = await createOrganization()
await createPolicyFixture(database, organization, DOCUMENT)
const tables = database.organization(organization)
const ada: Actor = { organization, user: 'ada', asking: { now: Date.now(), ip: '10.1.2.3' }, via: 'session' }

/** A queue of one kind of work; it is stopped with the test. */
function queueOf(
  run: (job: RunningJob) => Promise<unknown>,
  options: JobsOptions = {},
  others: readonly JobKind[] = [],
): Jobs {
  const policies = createLivePolicies(database, { catalogue: BUILT_IN_MODULES })
  const parts = { database, policies, log: createLog('silent'), newId: () => randomUUIDv7(), now: () => Date.now() }
  const kind: JobKind = { kind: 'work', run }
  const jobs = new Jobs(parts, [kind, ...others], options)
  onTestFinished(() => jobs.stop())
  return jobs
}

async function ended(jobs: Jobs, id: string) {
  for (;;) {
    const view = await jobs.find(ada, id)
    if (view.finishedAt !== null) return view
    await sleep(5)
  }
}

it('several processes share the work, and each job is done once', async () => {
  const done: unknown[] = []
  const work = async (job: RunningJob) => void done.push(job.input)
  const [one, other] = [queueOf(work), queueOf(work)]
  await Promise.all([one.start(), other.start()])
  const numbers = Array.from({ length: 40 }, (_, number) => number)
  const ids = await Promise.all(numbers.map((number) => (number % 2 ? one : other).enqueue(ada, 'work', number)))
  await Promise.all(ids.map((id) => ended(one, id)))
  expect(done.sort((a, b) => Number(a) - Number(b))).toEqual(numbers)
})

// What nobody tells of is found once a minute.
it('a new job is told of, here and to other processes', { timeout: 50_000 }, async () => {
  const [jobs, elsewhere] = [queueOf(async () => 'well'), queueOf(async () => 'never')]
  await jobs.start()
  for (const queue of [jobs, elsewhere]) {
    const { state, result } = await ended(jobs, await queue.enqueue(ada, 'work', {}))
    expect([state, result]).toEqual(['done', 'well'])
  }
})

it('a job runs as whoever started it, from where he asked', async () => {
  const jobs = queueOf(async (job) => {
    const { user, asking, via } = await job.actor()
    return { user, ip: asking.ip, via }
  })
  await jobs.start()
  const { result } = await ended(jobs, await jobs.enqueue(ada, 'work', {}))
  expect(result).toEqual({ user: 'ada', ip: '10.1.2.3', via: 'job' })
})

it('a process given up as dead can’t write over the one that took its job', async () => {
  const gate = Promise.withResolvers<void>()
  const late: unknown[] = []
  const first = queueOf(async (job) => {
    await job.save({ done: 1, saved: 'half' })
    await gate.promise
    await job.save({ done: 5, saved: 'late' }).catch((error: Error) => late.push(error.name))
    return 'late'
  })
  await first.start()
  const id = await first.enqueue(ada, 'work', {})
  while ((await first.find(ada, id)).done === 0) await sleep(5)
  await sql`update jobs set alive_at = now() - interval '1 hour' where id = ${id}::uuid`.execute(tables)
  const second = queueOf(async (job) => `from ${String(job.saved)}`)
  await second.start()
  expect((await ended(second, id)).result).toBe('from half')
  gate.resolve()
  await first.stop()
  expect(late).toEqual(['JobStopped'])
  expect((await second.find(ada, id)).result).toBe('from half')
})

it('what brings its process down again and again is not begun for ever', async () => {
  const jobs = queueOf(async () => 'never')
  const id = await jobs.enqueue(ada, 'work', {})
  await sql`
    update jobs set state = 'running', alive_at = now() - interval '1 hour', started_at = now(), result = '{"taken":2}'
    where id = ${id}::uuid`.execute(tables)
  await jobs.start()
  expect(await ended(jobs, id)).toMatchObject({ state: 'failed', error: 'The server ended 3 times while this ran.' })
})

it('a refusal is told word for word, a fault of ours is not', async () => {
  const told = queueOf(async (job) => {
    throw job.input === 'refuse' ? problem(409, 'conflict', 'Taken by the neighbours.') : new Error('password=hunter2')
  })
  await told.start()
  const refused = await ended(told, await told.enqueue(ada, 'work', 'refuse'))
  expect(refused).toMatchObject({ state: 'failed', error: 'Taken by the neighbours.' })
  const faulty = await ended(told, await told.enqueue(ada, 'work', 'fault'))
  expect(faulty.state).toBe('failed')
  expect(faulty.error).not.toContain('hunter2')
})

it('what is away for a moment is no failure: the job waits in the queue', async () => {
  let attempts = 0
  const jobs = queueOf(async () => {
    attempts += 1
    throw unavailable('Not now.')
  })
  await jobs.start()
  const id = await jobs.enqueue(ada, 'work', {})
  while (attempts === 0) await sleep(5)
  await expect.poll(async () => (await jobs.find(ada, id)).state).toBe('queued')
  await jobs.cancel(ada, id)
})

it('what is long, and what one person has two of, leaves a hand to others', async () => {
  const [begun, gate] = [[] as unknown[], Promise.withResolvers<void>()]
  const waits = async (job: RunningJob) => {
    begun.push(job.input)
    await gate.promise
  }
  const others: JobKind[] = [
    { kind: 'long', isLong: true, run: waits },
    { kind: 'quick', run: async () => 'well' },
  ]
  const jobs = queueOf(waits, {}, others)
  const bea: Actor = { ...ada, user: 'bea' }
  const first = await jobs.enqueue(ada, 'long', 'a long one')
  const late = [await jobs.enqueue(bea, 'long', 'another long one'), await jobs.enqueue(ada, 'work', 'work')]
  const again = await jobs.enqueue(ada, 'work', 'more work')
  const quick = await jobs.enqueue(bea, 'quick', {})
  await jobs.start()
  await expect.poll(() => begun).toEqual(['a long one', 'work'])
  expect((await jobs.find(bea, late[0]!)).state).toBe('queued')
  gate.resolve()
  for (const id of [first, late[1]!, again]) expect((await ended(jobs, id)).state).toBe('done')
  await expect.poll(async () => (await jobs.find(bea, quick)).state).toBe('done')
  await expect.poll(async () => (await jobs.find(bea, late[0]!)).state).toBe('done')
})

it('more of what one person has in hand waits, while another’s is done', async () => {
  const gate = Promise.withResolvers<void>()
  const jobs = queueOf(async (job) => {
    if (job.input === 'wait') await gate.promise
  })
  const bea: Actor = { ...ada, user: 'bea' }
  const [held, next] = [await jobs.enqueue(ada, 'work', 'wait'), await jobs.enqueue(ada, 'work', {})]
  const hers = await jobs.enqueue(bea, 'work', {})
  await jobs.start()
  await expect.poll(async () => (await jobs.find(bea, hers)).state).toBe('done')
  expect((await jobs.find(ada, next)).state).toBe('queued')
  gate.resolve()
  for (const id of [held, next]) expect((await ended(jobs, id)).state).toBe('done')
})

it('a request’s key is kept as answered together with its job', async () => {
  const jobs = queueOf(async () => 'well')
  const place = { key: 'one', headersFor: () => '', headersAt: (location: string) => JSON.stringify({ location }) }
  await sql`
    insert into idempotency (actor, key, request, created_at)
    select id, 'one', '', now() from owners where kind = 'user' and key = 'ada'`.execute(tables)
  const id = await jobs.enqueue({ ...ada, claim: place }, 'work', {})
  const { rows } = await sql`select status, headers from idempotency where key = 'one'`.execute(tables)
  expect(rows).toEqual([{ status: 202, headers: { location: `/api/v1/jobs/${id}` } }])
})

it('nobody but a user has jobs', async () => {
  const jobs = queueOf(async () => 'never')
  await expect(jobs.enqueue({ ...ada, user: '' }, 'work', {})).rejects.toMatchObject({ status: 404 })
  await expect(jobs.enqueue(ada, 'other work', {})).rejects.toMatchObject({ status: 404 })
})

it('what ended a month ago is dropped, and nothing else', async () => {
  const [old, recent] = [queueOf(async () => 'well'), queueOf(async () => 'well')]
  await old.start()
  const ids = [await old.enqueue(ada, 'work', 1), await old.enqueue(ada, 'work', 2)]
  for (const id of ids) await ended(old, id)
  await old.stop()
  await sql`update jobs set finished_at = finished_at - interval '31 days' where id = ${ids[0]}::uuid`.execute(tables)
  await sql`update jobs set finished_at = finished_at - interval '29 days' where id = ${ids[1]}::uuid`.execute(tables)
  await recent.start()
  const isThere = async (id: string | undefined) => {
    const { rows } = await sql`select 1 from jobs where id = ${id}::uuid`.execute(tables)
    return rows.length > 0
  }
  while (await isThere(ids[0])) await sleep(5)
  expect(await isThere(ids[1])).toBe(true)
})
