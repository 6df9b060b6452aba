import { PlanSchema, type PolicyPlan } from '@bailiwick/contract'
import { call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { EXIT } from '../failure.ts'
import { actingOf, type PolicyOptions } from './options.ts'
import { planText } from './plan-text.ts'
import { readPolicyFile } from './policy-file.ts'

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
  const document = await readPolicyFile(context, file)
  const plan = await call(context, PlanSchema, {
    method: 'POST',
    path: '/api/v1/policy/plan',
    query: { destroy: options.destroy },
    acting: actingOf(options),
    json: document.input,
  })
  return { json: plan, text: planText(plan, document.locate(plan.errors)), exitCode: exitCodeOf(plan) }
}

function exitCodeOf({ applies, upToDate }: PolicyPlan): number {
  if (!applies) return EXIT.failed
  return upToDate ? EXIT.done : EXIT_CHANGES
}
