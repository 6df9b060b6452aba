import { readFileSync } from 'node:fs'
import type { Mutant } from './mutant.ts'

/** What turns a reach into SQL, and the statements around it: a file of its own, for their texts are templates themselves. */
export const sqlMutants: readonly Mutant[] = JSON.parse(readFileSync(new URL('sql.json', import.meta.url), 'utf8'))
