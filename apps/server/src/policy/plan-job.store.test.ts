import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { BUILT_IN_MODULES, type PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Actor } from '../actor.ts'
import { operatorActor } from '../http/actor.ts'
import { createLog } from '../http/log.ts'
import type { JobKind, RunningJob } from '../jobs/job.ts'
import { Jobs } from '../jobs/jobs.ts'
import { PLAN, type PlanJobParts, planFor, planJob, planOf } from '../jobs/plan-job.ts'
import { testDatabase } from '../testing/index.ts'
import { createLivePolicies } from './live-policy.ts'
import { createPolicyFixture, PARTS } from './policy-fixture.ts'

const { database, createOrganization } = await testDatabase()

const MODULES = ['accounts', 'contacts', 'deals'] as const
const read = { actions: ['read', 'update'] } as const
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  roles: { manager: {}, rep: { parent: 'manager' } },
  profiles: {
    sales: { modules: Object.fromEntries(MODULES.map((module) => [module, read])) },
    access: { system: ['manageAccess'] },
  },
  users: {
    ada: { profiles: ['administrator'] },
    bea: { profiles: ['access'] },
    anna: { role: 'rep', profiles: ['sales'] },
    mikko: { role: 'manager', profiles: ['sales'] },
  },
}
const SWAPPED = { bailiwick: 1, roles: { rep: {}, manager: { parent: 'rep' } } }
const INPUT = { document: SWAPPED, destroy: [] }

/** A queue that plans; each module's records wait until the gate is open. */
async function office() {
  const organization = await createOrganization()
  const { apply, addRecord } = await createPolicyFixture(database, organization, DOCUMENT)
  for (const module of MODULES) for (const user of ['anna', 'mikko']) await addRecord(module, `user:${user}`)
  const gate = Promise.withResolvers<void>()
  const loaded: string[] = []
  const policies = createLivePolicies(database, { catalogue: BUILT_IN_MODULES })
  const parts: PlanJobParts = { ...PARTS, database, policies }
  const waiting: PlanJobParts['compareRecords'] = async (...question) => {
    const records = await PARTS.compareRecords(...question)
    const loadClasses: typeof records.loadClasses = async (plan) => {
      loaded.push(plan.module)
      await gate.promise
      return records.loadClasses(plan)
    }
    return { ...records, loadClasses }
  }
  const queue = { database, policies, log: createLog('silent'), newId: () => randomUUIDv7(), now: () => Date.now() }
  const kind = planJob({ ...parts, compareRecords: waiting })
  let inHand: RunningJob | undefined
  const run: JobKind['run'] = (job) => {
    inHand = job
    return kind.run(job)
  }
  const jobs = new Jobs(queue, [{ ...kind, run }], { lapse: 200 })
  onTestFinished(async () => {
    gate.resolve()
    await jobs.stop()
  })
  await jobs.start()
  const actor = (user: string): Actor => ({ organization, user, asking: { now: Date.now() }, via: 'session' })
  const until = async (isSo: () => boolean | Promise<boolean>) => {
    while (!(await isSo())) await sleep(5)
  }
  return {
    ...{ jobs, parts, gate, loaded, apply, actor, until },
    operator: operatorActor(organization, Date.now()),
    /** Whether whoever has the job in hand found out that he is to stop. */
    isStopped: () => {
      try {
        inHand?.goOn()
        return false
      } catch {
        return true
      }
    },
    stamp: async () => (await policies.confirm(organization)).stamp,
    ended: async (asking: Actor, id: string) => {
      await until(async () => (await jobs.find(asking, id)).finishedAt !== null)
      return jobs.find(asking, id, PLAN)
    },
    /** Whether nothing is kept of what was to be planned. */
    isForgotten: async (id: string) => {
      const { rows } = await sql<{ of: unknown }>`select input -> 'of' as of from jobs where id = ${id}::uuid`.execute(
        database.organization(organization),
      )
      return rows[0]?.of === null
    },
  }
}

describe('A plan as a job', () => {
  it('tells how far it is, and says in the end what a plan at once says', { timeout: 20_000 }, async () => {
    const { jobs, parts, gate, loaded, actor, stamp, until, ended, isForgotten } = await office()
    const ada = actor('ada')
    const id = await jobs.enqueue(ada, PLAN, INPUT)
    await until(async () => loaded.length > 0 && (await jobs.find(ada, id)).done > 0)
    const midway = await jobs.find(ada, id, PLAN)
    expect(midway).toMatchObject({ state: 'running', total: 1_000, input: INPUT })
    expect(midway.done).toBeLessThan(1_000)
    gate.resolve()
    const view = await ended(ada, id)
    const plan = planOf(view.result, await stamp())
    expect(plan).toEqual(await planFor(parts, ada, INPUT))
    expect(new Set(plan.effect.people.map(({ module }) => module))).toEqual(new Set(MODULES))
    expect(loaded).toHaveLength(MODULES.length)
    await until(() => isForgotten(id))
  })

  it('is told by its own route alone', async () => {
    const { jobs, gate, actor, ended } = await office()
    gate.resolve()
    const id = await jobs.enqueue(actor('ada'), PLAN, INPUT)
    expect((await ended(actor('ada'), id)).result).toBeDefined()
    expect(await jobs.find(actor('ada'), id)).not.toHaveProperty('result')
    expect(await jobs.cancel(actor('ada'), id)).not.toHaveProperty('result')
  })

  it('names no record any more once the policy has moved', async () => {
    const sampled = [{ samples: { gained: [{ id: 'a', title: 'Acme' }], lost: [] } }]
    const effect = { actions: sampled, figures: [], unlicensed: [] }
    const plan = { needed: 1, effect }
    const result = { stamp: 3, plan: JSON.stringify(plan) }
    expect(planOf(result, 3)).toEqual(plan)
    expect(planOf(result, 4)).toEqual({
      needed: 1,
      effect: { ...effect, actions: [{ samples: { gained: [], lost: [] } }] },
    })
  })

  it('of an older program says that nothing of it changes', () => {
    const { needed, effect } = planOf({ stamp: 3, plan: JSON.stringify({ effect: { actions: [] } }) }, 3)
    expect({ needed, effect }).toEqual({ needed: 0, effect: { actions: [], figures: [], unlicensed: [] } })
  })

  it('that is cancelled ends before it went through all modules, and leaves nothing', { timeout: 20_000 }, async () => {
    const { jobs, gate, loaded, actor, until, isStopped, isForgotten } = await office()
    const ada = actor('ada')
    const id = await jobs.enqueue(ada, PLAN, INPUT)
    await until(() => loaded.length === 1)
    await jobs.cancel(ada, id)
    await until(isStopped)
    gate.resolve()
    await until(() => isForgotten(id))
    expect(await jobs.find(ada, id, PLAN)).toMatchObject({ state: 'cancelled', result: undefined })
    expect(loaded.length).toBeLessThan(MODULES.length)
  })

  it('is not made for whoever manages access no more', { timeout: 20_000 }, async () => {
    const { jobs, gate, loaded, actor, apply, until, ended, isForgotten } = await office()
    const id = await jobs.enqueue(actor('bea'), PLAN, INPUT)
    await until(() => loaded.length === 1)
    await apply({ bailiwick: 1, users: { ...DOCUMENT.users, bea: { profiles: ['sales'] } } })
    gate.resolve()
    const lost = await ended(actor('bea'), id)
    expect(lost).toMatchObject({ state: 'failed', result: undefined })
    expect(lost.error).toContain('manageAccess')
    const never = await ended(actor('anna'), await jobs.enqueue(actor('anna'), PLAN, INPUT))
    expect(never).toMatchObject({ state: 'failed', result: undefined })
    await until(() => isForgotten(id))
  })

  it('is its starter’s alone, and the operator has his own', async () => {
    const { jobs, parts, gate, actor, operator, stamp, ended, until, isForgotten } = await office()
    gate.resolve()
    const [hers, his] = [await jobs.enqueue(actor('ada'), PLAN, INPUT), await jobs.enqueue(operator, PLAN, INPUT)]
    const { result } = await ended(operator, his)
    expect(planOf(result, await stamp())).toEqual(await planFor(parts, operator, INPUT))
    await until(() => isForgotten(his))
    expect((await jobs.find(operator, his)).state).toBe('done')
    for (const [asking, id] of [
      [actor('bea'), hers],
      [operator, hers],
      [actor('ada'), his],
      [actor(''), his],
    ] as const) {
      await expect(jobs.find(asking, id, PLAN)).rejects.toMatchObject({ status: 404 })
      await expect(jobs.cancel(asking, id)).rejects.toMatchObject({ status: 404 })
    }
  })
})
