import type { Asking, ModuleCatalogue, Policy } from '@bailiwick/access'
import { examinedPolicy } from './examined-policy.ts'
import type { FindFacts } from './made-up-record.ts'
import { checkInvariants } from './policy-invariants.ts'
import { runPolicyTests } from './policy-tests.ts'

/** The tests that fail and the invariants that don't hold, by where they stand in the document: what an apply would be refused for. */
export async function findBrokenPromises(
  policy: Policy,
  catalogue: ModuleCatalogue,
  asking: Asking,
  findFacts: FindFacts,
): Promise<ReadonlySet<string>> {
  const { tests = {}, invariants = {} } = policy.document
  if (Object.keys(tests).length === 0 && Object.keys(invariants).length === 0) return new Set()
  const examined = examinedPolicy(policy, catalogue)
  const violated = checkInvariants(examined).filter(({ holds }) => !holds)
  const failed = (await runPolicyTests(examined, asking, findFacts)).filter(({ passed }) => !passed)
  return new Set([
    ...violated.map(({ invariant }) => `/invariants/${invariant}`),
    ...failed.map(({ test }) => `/tests/${test}`),
  ])
}
