import { readFileSync } from 'node:fs'
import type { Mutant } from './mutant.ts'

/** In which orders lists are asked for, which of them get an index, and how a list is cut to be read by one. */
export const orderMutants: readonly Mutant[] = JSON.parse(readFileSync(new URL('orders.json', import.meta.url), 'utf8'))
