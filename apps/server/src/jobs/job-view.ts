import type { JobRow, JobState } from './store.ts'

/** A job as whoever started it sees it. */
export interface JobView {
  readonly id: string
  readonly kind: string
  readonly state: JobState
  readonly done: number
  readonly total: number | null
  /** What it came to, once it is done. */
  readonly result?: unknown
  readonly error?: string
  /** What was asked for. */
  readonly input: unknown
  /** What the work itself wrote down last. */
  readonly saved?: unknown
  readonly createdAt: string
  readonly finishedAt: string | null
  /** Whether a process ever had it in hand. */
  readonly wasBegun: boolean
}

export function viewOf({
  id,
  kind,
  state,
  done,
  total,
  input,
  result,
  error,
  created_at,
  started_at,
  finished_at,
}: JobRow): JobView {
  return {
    id,
    kind,
    state,
    done,
    total,
    ...(state === 'done' && { result: result?.of }),
    ...(error !== null && { error }),
    input: input.of,
    saved: result?.saved,
    createdAt: created_at,
    finishedAt: finished_at,
    wasBegun: started_at !== null,
  }
}
