import { readFileSync } from 'node:fs'
import type { Mutant } from './mutant.ts'

/** How many records there are, as it is written down and as it is asked for. */
export const countMutants: readonly Mutant[] = JSON.parse(readFileSync(new URL('counts.json', import.meta.url), 'utf8'))
