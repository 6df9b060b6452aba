import type { QueryExecutorProvider } from 'kysely'
import type { Actor } from '../actor.ts'
import type { AuditEvent } from '../audit/note-event.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'

/** A kind of work, by the name under which jobs of it are kept. */
export interface JobKind {
  readonly kind: string
  /** Under which path whoever started one finds how it is doing; `/api/v1/jobs` where unstated. */
  readonly address?: string
  /** Of an organization one at a time runs in a process: such work is long, and others' is not to wait for two of it. */
  readonly isLong?: boolean
  /** The operator himself may start it, who is nobody in the organization; any other kind acts for a user. */
  readonly isOperatorsToo?: boolean
  /** What the audit is to know of a job that is started, by its input; nothing where it leaves nothing behind. */
  audit?(input: unknown): Pick<AuditEvent, 'action' | 'module' | 'details'> | undefined
  /** What it came to is told by a route of its own, which asks for more than that the job is one's own. */
  readonly hidesResult?: boolean
  /**
   * Does the work, from where `saved` says it was left. Between two steps it calls `goOn`, which throws where it is to stop.
   * A problem that it throws is told to whoever started the job, word for word.
   */
  run(job: RunningJob): Promise<unknown>
  /** Clears away what only the work needed, once the job is done, cancelled, or failed for good. */
  clear?(id: string, organization: OrganizationPlace): Promise<void>
}

/** How far a job is. */
export interface Progress {
  readonly done: number
  readonly total?: number
  /** What the work needs to go on from here in another process. */
  readonly saved?: unknown
}

/** A job in the hands of the process that runs it. */
export interface RunningJob {
  readonly id: string
  readonly organization: OrganizationPlace
  readonly input: unknown
  /** What was saved last; nothing at the first start. */
  readonly saved: unknown
  /**
   * Whoever the job acts for, as he is now.
   * @throws Problem 401 where the policy doesn't let him in any more.
   */
  actor(): Promise<Actor>
  /** @throws JobStopped where the process is about to end, or the job was cancelled or taken over. */
  goOn(): void
  /**
   * Keeps the job for the rest of a transaction: nobody cancels it or takes it over before that ends.
   * @throws JobStopped where that has happened.
   */
  hold(transaction: QueryExecutorProvider): Promise<void>
  /** Writes progress down, in the transaction of the work itself where one is given. @throws JobStopped as `hold`. */
  save(progress: Progress, transaction?: QueryExecutorProvider): Promise<void>
}

/** The job isn't this process's to go on with; nothing is wrong. */
export class JobStopped extends Error {
  constructor() {
    super('The job was stopped')
    this.name = 'JobStopped'
  }
}
