import { PlanJobSchema, type PolicyPlan } from '@bailiwick/contract'
import { type Acting, type Call, call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { EXIT, Failure, interrupted } from '../failure.ts'
import { followJob } from '../jobs/follow-job.ts'
import { createProgress } from '../jobs/progress.ts'
import { readYamlFile } from '../yaml-file.ts'
import { actingOf, type PolicyOptions } from './options.ts'
import { planText } from './plan-text.ts'

/** There is something to do, and it could be done. */
const EXIT_CHANGES = 2

interface PlanOptions extends PolicyOptions {
  readonly destroy?: readonly string[]
}

/** What an apply would do: nothing (0), changes (2), or be refused (1). */
export async function planDocument(
  context: Context,
  [file = '-']: readonly string[],
  options: PlanOptions,
): Promise<Outcome> {
  const document = await readYamlFile(context, file)
  const { destroy } = options
  const plan = await makePlan(context, actingOf(options), { query: { destroy }, json: document.input })
  return { json: plan, text: planText(plan, document.locate(plan.errors)), exitCode: exitCodeOf(plan) }
}

/** As a job of the server's, which tells how far it is and stops where nobody waits for it any more. */
async function makePlan(context: Context, acting: Acting, asked: Pick<Call, 'query' | 'json'>): Promise<PolicyPlan> {
  const progress = createProgress()
  const headers = { prefer: 'respond-async' }
  const question = { ...asked, method: 'POST', path: '/api/v1/policy/plan', acting, headers } as const
  const { id } = await call(context, PlanJobSchema, question)
  const again = { method: 'GET', path: `/api/v1/policy/plans/${id}`, acting, finishes: true } as const
  const read = () => call(context, PlanJobSchema, again)
  const ended = await followJob(context, { id, acting, step: 'planning', read }, progress).finally(progress.stop)
  if (ended.state === 'cancelled') throw interrupted()
  if (!ended.plan) throw new Failure('The server ended the plan without one.')
  return ended.plan
}

function exitCodeOf({ applies, upToDate }: PolicyPlan): number {
  if (!applies) return EXIT.failed
  return upToDate ? EXIT.done : EXIT_CHANGES
}
