import type { LeakClass } from './leak-guards.ts'
import { LEAKS_BY_ASKING } from './leaks-by-asking.ts'
import { LEAKS_BY_RIGHT } from './leaks-by-right.ts'
import { LEAKS_BY_TRACE } from './leaks-by-trace.ts'

/** Each class of leaks against each interface: a test by name, or a reason. An interface that is new joins every row. */
export const LEAK_TABLE: readonly LeakClass[] = [...LEAKS_BY_ASKING, ...LEAKS_BY_RIGHT, ...LEAKS_BY_TRACE]
