import { setTimeout as sleep } from 'node:timers/promises'

/** serialization_failure and deadlock_detected: another transaction was first, and the same work may well succeed now. */
const CONFLICTS = new Set(['40001', '40P01'])

export function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CONFLICTS.has(String(error.code))
}

/**
 * Does `work`, and again (up to `attempts` times in all, with growing pauses) where it fails because of a concurrent transaction.
 * `work` must be the whole transaction, and do nothing besides. Throws what the last attempt threw.
 */
export async function retryOnConflict<Result>(work: () => Promise<Result>, attempts = 8): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= attempts || !isConflict(error)) throw error
      await sleep(2 ** attempt)
    }
  }
}
