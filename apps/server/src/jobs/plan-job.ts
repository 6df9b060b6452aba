import { setTimeout as pause } from 'node:timers/promises'
import type { Actor } from '../actor.ts'
import type { Database } from '../db/database.ts'
import { requireAccessManager } from '../people/access-manager.ts'
import { isOperator } from '../people/admission.ts'
import type { LivePolicies, Snapshot } from '../policy/live-policy.ts'
import { type Plan, type PlanParts, planPolicy } from '../policy/plan-policy.ts'
import type { Asker, EffectProgress } from '../policy/policy-effect.ts'
import { type JobKind, JobStopped, type Progress, type RunningJob } from './job.ts'
import { NOTHING_YET, planProgress } from './plan-progress.ts'
import { forgetInput } from './store.ts'

export const PLAN = 'plan'

export interface PlanJobParts extends PlanParts {
  readonly database: Database
  readonly policies: LivePolicies
}

/** The document, and the data that may go with it; without a document, none was sent. */
export interface PlanInput {
  readonly document?: unknown
  readonly destroy: readonly string[]
}

interface PlanResult {
  /** Of the policy before the plan was begun: what its samples show was his to read under that one. */
  readonly stamp: number
  /** As a text, since the database would put the keys of a document into an order of its own. */
  readonly plan: string
}

const SAVED_EVERY_MS = 200

/** A plan as a job: what it names of records is for a route that knows who may see it. */
export function planJob(parts: PlanJobParts): JobKind {
  return {
    kind: PLAN,
    address: '/api/v1/policy/plans',
    isLong: true,
    isOperatorsToo: true,
    hidesResult: true,
    run: (job) => runPlan(parts, job, job.input as PlanInput),
    clear: (id, organization) => forgetInput(parts.database.organization(organization), id),
  }
}

/**
 * What an apply would do, for whoever asks.
 * @throws Problem as `requireAccessManager`
 */
export async function planFor(
  parts: PlanJobParts,
  actor: Actor,
  { document: input, destroy }: PlanInput,
  onProgress?: (progress: EffectProgress) => void,
): Promise<Plan> {
  const asker = askerOf(await requireAccessManager(parts.policies, actor), actor)
  const { organization, asking } = actor
  return planPolicy(parts.database, { organization, input, destroy, now: asking.now, asker, onProgress }, parts)
}

/** As whom the actor is shown samples. */
export function askerOf({ policy }: Snapshot, actor: Actor): Asker {
  const isLicensed = (module: string) => policy.isLicensed(module)
  return isOperator(actor) ? { isLicensed } : { user: actor.user, isLicensed }
}

/**
 * The plan of a job that is done. Samples were read under the policy of that time: where it has moved since, they aren't shown any more.
 * @param stamp of the policy as it stands
 */
export function planOf(result: unknown, stamp: number): Plan {
  const { plan: text, stamp: then } = result as PlanResult
  const plan = whole(JSON.parse(text) as Plan)
  return then === stamp ? plan : withoutSamples(plan)
}

/** What a plan of an older program didn't say is empty. */
function whole(plan: Plan): Plan {
  const { needed = 0, effect } = plan
  return { ...plan, needed, effect: { ...effect, figures: effect.figures ?? [], unlicensed: effect.unlicensed ?? [] } }
}

function withoutSamples({ effect, ...plan }: Plan): Plan {
  const samples = { gained: [], lost: [] }
  return { ...plan, effect: { ...effect, actions: effect.actions.map((action) => ({ ...action, samples })) } }
}

async function runPlan(parts: PlanJobParts, job: RunningJob, input: PlanInput): Promise<PlanResult> {
  await job.save(NOTHING_YET)
  const { stamp } = await parts.policies.confirm(job.organization)
  const report = reportTo(job)
  const progressOf = planProgress()
  const told = (progress: EffectProgress) => report.tell(progressOf(progress))
  const plan = await planFor(parts, await job.actor(), input, told).finally(report.end)
  await requireAccessManager(parts.policies, await job.actor())
  return { stamp, plan: JSON.stringify(plan) }
}

/**
 * Writes progress down beside the work. The plan has a connection in hand and never waits for a second one, which might be the one that
 * somebody else with a plan in hand waits for; where none is free the figures come later.
 */
function reportTo(job: RunningJob) {
  const ending = new AbortController()
  let latest: Progress | undefined
  let saving: Promise<void> | undefined
  let isStopped = false
  const saveOnAndOn = async () => {
    while (latest && !isStopped) {
      const progress = latest
      latest = undefined
      await job.save(progress).catch((error: unknown) => {
        isStopped ||= error instanceof JobStopped
      })
      await pause(SAVED_EVERY_MS, undefined, { signal: ending.signal }).catch(() => {})
    }
    saving = undefined
  }
  return {
    /** @throws JobStopped */
    tell: (progress: Progress) => {
      job.goOn()
      if (isStopped) throw new JobStopped()
      latest = progress
      saving ??= saveOnAndOn()
    },
    end: async () => {
      ending.abort()
      await saving
    },
  }
}
