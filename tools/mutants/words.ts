import { readFileSync } from 'node:fs'
import type { Mutant } from './mutant.ts'

/** Where words are looked for, and the texts that are kept for it. */
export const wordMutants: readonly Mutant[] = JSON.parse(readFileSync(new URL('words.json', import.meta.url), 'utf8'))
