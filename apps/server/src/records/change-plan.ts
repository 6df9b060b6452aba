import type { Action, Key, PolicyModule } from '@bailiwick/access'
import { Problem } from '../problem.ts'
import type { ColumnValue } from './column-values.ts'
import { requireId } from './find-record.ts'
import type { HistoryAction } from './history.ts'
import type { LookupTarget } from './lookups.ts'
import { refusalOnModule, requireModule } from './require-module.ts'
import type { Reading } from './stamped.ts'

export interface RecordChange {
  readonly module: Key
  readonly id: string
  /** The version that the caller saw; unstated, any. */
  readonly version?: number
  /** What the person must be allowed to do to the record; `restore` is for who sees it in the bin. */
  readonly action: Action | 'restore'
  readonly history: HistoryAction
}

/** What a change writes, under one policy. */
export interface NewValues {
  readonly columns: readonly ColumnValue[]
  /** Whose values before and after go into the history. */
  readonly fields: readonly Key[]
  /** Records that must be there for the person, or nothing is written. */
  readonly targets?: readonly LookupTarget[]
  readonly dropsShares?: boolean
  /** Whose record it becomes, by number: whom that is told. */
  readonly assigned?: readonly number[]
}

export interface Plan extends Omit<RecordChange, 'module'> {
  readonly module: PolicyModule
  readonly values: NewValues
  /** What is wrong with the new values: told to who may change the record, and nothing is written. */
  readonly problem?: Problem
  /** That no profile grants the action: told to who reads the record, and nothing is written. */
  readonly refusal?: Problem
}

/**
 * What the change comes to under the policy of the reading.
 * @param valuesOf makes the new values; a problem that it throws becomes the plan's
 * @throws Problem 404 where the person doesn't read the module, or the id can be none
 */
export async function planOf(
  reading: Reading,
  change: RecordChange,
  valuesOf: (reading: Reading, module: PolicyModule) => Promise<NewValues>,
): Promise<Plan> {
  const { action } = change
  const module = requireModule(reading, change.module, 'read')
  const refusal = action === 'restore' ? undefined : refusalOnModule(reading, module.key, action)
  const plan = { ...change, id: requireId(change.id), module }
  if (refusal) return { ...plan, values: NOTHING, refusal }
  try {
    return { ...plan, values: await valuesOf(reading, module) }
  } catch (error) {
    if (error instanceof Problem) return { ...plan, values: NOTHING, problem: error }
    throw error
  }
}

const NOTHING: NewValues = { columns: [], fields: [] }

/** Whether the plan is known to write nothing, whatever the record is like. */
export function isRefused({ problem, refusal }: Plan): boolean {
  return problem !== undefined || refusal !== undefined
}
