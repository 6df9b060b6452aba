import {
  type Action,
  type Asking,
  decide,
  type Explanation,
  explain,
  fields,
  type Key,
  type Missing,
  type Policy,
  type RecordFacts,
  reach,
  type TestDefinition,
  usersIn,
} from '@bailiwick/access'
import { type FindFacts, factsOfTestRecord } from './made-up-record.ts'

export interface TestResult {
  readonly test: Key
  readonly passed: boolean
  /** What isn't as the test says, a sentence each. */
  readonly failures: readonly string[]
}

interface Question {
  readonly policy: Policy
  readonly asking: Asking
  readonly user: Key
  readonly module: Key
  /** Absent: any record at all. */
  readonly facts?: RecordFacts
}

/**
 * Runs the examples in the policy's document. `as` may be a group of people: then each of them who is active must pass. Without a
 * record, `can` asks for some possible record and `cannot` for all of them. The policy must be an examined one.
 */
export async function runPolicyTests(policy: Policy, asking: Asking, findFacts: FindFacts): Promise<TestResult[]> {
  const results: TestResult[] = []
  for (const [key, test] of Object.entries(policy.document.tests ?? {})) {
    const failures = await runTest(policy, asking, test, findFacts)
    results.push({ test: key, passed: failures.length === 0, failures })
  }
  return results
}

async function runTest(policy: Policy, asking: Asking, test: TestDefinition, findFacts: FindFacts): Promise<string[]> {
  const users = [...usersIn(policy, test.as)].filter(
    (user) => policy.users.get(user)?.status === 'active' || test.as === `user:${user}`,
  )
  if (users.length === 0) return [`${test.as} has no active person in it.`]
  const facts = test.record && (await factsOfTestRecord(policy, test.module, test.record, findFacts))
  if (test.record && !facts) return [`There is no record ${test.record.id} in ${test.module}.`]
  return users.flatMap((user) => answer({ policy, asking, user, module: test.module, facts }, test))
}

function answer(question: Question, test: TestDefinition): string[] {
  return [
    ...(test.can ?? []).filter((action) => !may(question, action)).map((action) => cannotFailure(question, action)),
    ...(test.cannot ?? []).filter((action) => may(question, action)).map((action) => canFailure(question, action)),
    ...fieldFailures(question, test),
  ]
}

function may({ policy, asking, user, module, facts }: Question, action: Action): boolean {
  if (facts) return decide(policy, user, action, facts, asking)
  return reach(policy, user, module, action, asking).kind !== 'never'
}

function cannotFailure(question: Question, action: Action): string {
  return `user:${question.user} should be able to ${action} ${placeOf(question)}, but can't: ${whyNot(question, action)}.`
}

function canFailure(question: Question, action: Action): string {
  return `user:${question.user} should not be able to ${action} ${placeOf(question)}, but can${why(question, action)}.`
}

function placeOf({ module, facts }: Question): string {
  return facts ? `this record of ${module}` : `any record of ${module}`
}

function whyNot({ policy, asking, user, module, facts }: Question, action: Action): string {
  if (facts) return explain(policy, user, action, facts, asking).missing.map(missingInWords).join(' and ')
  const reached = reach(policy, user, module, action, asking)
  return reached.kind === 'never' ? missingInWords(reached.missing) : 'nothing is missing'
}

function why({ policy, asking, user, facts }: Question, action: Action): string {
  if (!facts) return ''
  const { level, grants }: Explanation = explain(policy, user, action, facts, asking)
  const causes = grants.map((grant) => (grant.by === undefined ? grant.kind : `${grant.kind} ${grant.by}`))
  return `: level ${level} by ${causes.join(', ') || 'the action alone'}`
}

function fieldFailures({ policy, user, module }: Question, test: TestDefinition): string[] {
  const actual = fields(policy, user, module)
  return Object.entries(test.fields ?? {})
    .filter(([field, access]) => (actual.get(field) ?? 'hidden') !== access)
    .map(
      ([field, access]) =>
        `The field ${field} should be ${access} for user:${user}, but is ${actual.get(field) ?? 'hidden'}.`,
    )
}

function missingInWords(missing: Missing): string {
  switch (missing.kind) {
    case 'action':
      return `no profile grants ${missing.action} on ${missing.module}`
    case 'level':
      return `the level is ${missing.has}, and ${missing.needs} is needed`
    case 'active':
      return `the person is ${missing.status}`
    case 'licence':
      return `the licence doesn't cover ${missing.module}`
    case 'signIn':
      return 'no profile lets the person sign in'
    case 'deleted':
      return 'the record is deleted'
    case 'grant':
      return 'nothing grants any record'
    case 'module':
      return 'there is no such module'
    case 'user':
      return 'there is no such person'
  }
}
