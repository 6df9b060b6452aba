import type { Policy } from './policy.ts'

/** What was worked out from a policy, by question. It goes with the policy: a change makes another policy, which knows nothing yet. */
const answers = new WeakMap<Policy, Map<string, Map<string, unknown>>>()

/** Answers that are kept of one kind; the oldest go first, so that ten thousand people don't fill the memory. */
const MOST_KEPT = 4_000

/**
 * The answer to a question about a policy, worked out once. Policies never change, so neither do answers; `make` must depend on the
 * policy and the key alone.
 */
export function remembered<Value>(policy: Policy, kind: string, key: string, make: () => Value): Value {
  const kept = answersOf(policy, kind)
  if (kept.has(key)) return kept.get(key) as Value
  const value = make()
  if (kept.size >= MOST_KEPT) for (const oldest of kept.keys()) return replace(kept, oldest, key, value)
  kept.set(key, value)
  return value
}

function replace<Value>(kept: Map<string, unknown>, oldest: string, key: string, value: Value): Value {
  kept.delete(oldest)
  kept.set(key, value)
  return value
}

function answersOf(policy: Policy, kind: string): Map<string, unknown> {
  const kinds = answers.get(policy) ?? new Map<string, Map<string, unknown>>()
  answers.set(policy, kinds)
  const kept = kinds.get(kind) ?? new Map<string, unknown>()
  kinds.set(kind, kept)
  return kept
}
