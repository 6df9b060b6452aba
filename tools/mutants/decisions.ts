import { readFileSync } from 'node:fs'
import type { Mutant } from './mutant.ts'

/** Decisions for other programs, who is told of changes, and how versions of the policy are kept. */
export const decisionMutants: readonly Mutant[] = JSON.parse(
  readFileSync(new URL('decisions.json', import.meta.url), 'utf8'),
)
