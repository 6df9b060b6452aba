import type { Kysely } from 'kysely'
import type { ControlTables } from '../db/tables.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { type ClaimedJob, type ClaimedKind, claimJob, othersWork } from './claims.ts'
import type { JobKind } from './job.ts'
import type { JobsParts } from './parts.ts'
import { runJob } from './run-job.ts'
import { forgetEnded, JOBS_CHANNEL } from './store.ts'

export interface JobsOptions {
  /** Jobs that run at once in this process. */
  readonly hands?: number
  /** Milliseconds without a sign of life after which another process's job is taken over. */
  readonly lapse?: number
  /** No other process works on this database: what runs at the start was left behind. */
  readonly isAlone?: boolean
}

/** A job in hand here. */
interface InHand {
  readonly organizationId: string
  readonly kind: string
  readonly actor: number | null
}

const HANDS = 4
/** So that one organization's long work doesn't keep the others' waiting. */
const HANDS_PER_ORGANIZATION = 2
const LAPSE = 15_000
/** Notifications tell of new jobs; this finds what a process elsewhere left behind. */
const SWEEP_EVERY = 60_000
const RETRY_AFTER = 5_000
const DAY = 24 * 3_600_000

/**
 * Those who work through the queue in this process, each job under the rights of whoever started it. Several processes may work on one
 * database; a job is in the hands of one at a time.
 */
export class Workers {
  readonly #parts: JobsParts
  readonly #kinds: ReadonlyMap<string, JobKind>
  readonly #options: Required<JobsOptions>
  readonly #stopping = new AbortController()
  /** Organizations that may have work. */
  readonly #wanted = new Map<string, OrganizationPlace>()
  /** Jobs in hand here. */
  readonly #running = new Map<string, InHand>()
  /** Jobs that wait for something that is away, and aren't begun here again for a moment. */
  readonly #resting = new Set<string>()
  readonly #hands = new Set<Promise<void>>()
  readonly #timers = new Set<NodeJS.Timeout>()
  /** When old jobs were last dropped here, by organization. */
  readonly #forgotten = new Map<string, number>()
  /** One claim at a time, so that each knows what the others took. */
  #claims: Promise<unknown> = Promise.resolve()
  #stopListening: (() => void) | undefined

  constructor(parts: JobsParts, kinds: ReadonlyMap<string, JobKind>, options: JobsOptions) {
    this.#parts = parts
    this.#kinds = kinds
    this.#options = { hands: HANDS, lapse: LAPSE, isAlone: false, ...options }
  }

  /** There is work in the organization; whoever doesn't work yet finds it when he begins. */
  tell(organization: OrganizationPlace): void {
    if (this.#stopListening) this.#wake(organization)
  }

  /** Begins to work: first on what was left behind. */
  async start(): Promise<void> {
    const { database } = this.#parts
    this.#stopListening = await database.listen(JOBS_CHANNEL, (id) => void this.#look(id === '' ? undefined : id))
    await this.#look(undefined)
    this.#later(SWEEP_EVERY, () => void this.#sweep())
  }

  /** Takes nothing new, lets every running step finish, and gives the jobs back for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#stopListening?.()
    for (const timer of this.#timers) clearTimeout(timer)
    await Promise.all(this.#hands)
  }

  async #sweep(): Promise<void> {
    await this.#look(undefined)
    this.#later(SWEEP_EVERY, () => void this.#sweep())
  }

  async #look(organizationId: string | undefined): Promise<void> {
    try {
      const places = await findPlaces(this.#parts.database.control, organizationId)
      for (const place of places) this.#wake(place)
    } catch (error) {
      this.#parts.log.error({ err: error }, 'jobs could not be looked for')
    }
  }

  #wake(organization: OrganizationPlace): void {
    if (this.#stopping.signal.aborted) return
    this.#wanted.set(organization.id, organization)
    if (this.#hands.size >= this.#options.hands) return
    const hand = this.#work().finally(() => {
      this.#hands.delete(hand)
      // Whoever was woken between the last look and now found no free hand.
      const [waiting] = this.#wanted.values()
      if (waiting && this.#hasRoom(waiting.id)) this.#wake(waiting)
    })
    this.#hands.add(hand)
  }

  #hasRoom(organizationId: string): boolean {
    return this.#inHandOf(organizationId).length < HANDS_PER_ORGANIZATION
  }

  #inHandOf(organizationId: string): InHand[] {
    return [...this.#running.values()].filter((one) => one.organizationId === organizationId)
  }

  /** One hand: takes jobs until there are none. */
  async #work(): Promise<void> {
    for (;;) {
      const next = [...this.#wanted.values()].find(({ id }) => this.#hasRoom(id))
      if (!next || this.#stopping.signal.aborted) return
      this.#wanted.delete(next.id)
      const claim = this.#claims.then(() => this.#claim(next))
      this.#claims = claim
      const job = await claim
      if (!job) continue
      this.#wake(next)
      await this.#run(next, job)
      this.#wake(next)
    }
  }

  /** Never rejects. */
  async #claim(organization: OrganizationPlace): Promise<ClaimedJob | undefined> {
    const database = this.#parts.database.organization(organization)
    const mine = [...this.#running.keys()]
    try {
      if (this.#stopping.signal.aborted) return undefined
      const lapse = this.#options.isAlone ? 0 : this.#options.lapse
      const job = await claimJob(database, lapse, [...mine, ...this.#resting], this.#waitingFor(organization.id))
      if (job) this.#running.set(job.id, { organizationId: organization.id, kind: job.kind, actor: job.actor })
      else if (await othersWork(database, mine)) this.#later(this.#options.lapse, () => this.#wake(organization))
      if (!job) await this.#forgetEnded(organization)
      return job
    } catch (error) {
      this.#parts.log.error({ err: error, organization: organization.id }, 'no job could be taken')
      return undefined
    }
  }

  /** What may have no second hand of the organization's: the same kind of work for the same person, and whatever is long. */
  #waitingFor(organizationId: string): ClaimedKind[] {
    return this.#inHandOf(organizationId).map(({ kind, actor }) => {
      return { kind, actor, isForAll: this.#kinds.get(kind)?.isLong ?? false }
    })
  }

  /** Once a day, when there is nothing to do. */
  async #forgetEnded(organization: OrganizationPlace): Promise<void> {
    const now = this.#parts.now()
    if (now - (this.#forgotten.get(organization.id) ?? 0) < DAY) return
    this.#forgotten.set(organization.id, now)
    await forgetEnded(this.#parts.database.organization(organization))
  }

  async #run(organization: OrganizationPlace, job: ClaimedJob): Promise<void> {
    const { lapse } = this.#options
    const outcome = await runJob(this.#parts, this.#kinds, organization, job, this.#stopping.signal, lapse / 4)
    this.#running.delete(job.id)
    if (outcome === 'ended') return
    this.#resting.add(job.id)
    this.#later(RETRY_AFTER, () => {
      this.#resting.delete(job.id)
      this.#wake(organization)
    })
  }

  #later(ms: number, work: () => void): void {
    if (this.#stopping.signal.aborted) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, ms)
    this.#timers.add(timer.unref())
  }
}

function findPlaces(control: Kysely<ControlTables>, id: string | undefined): Promise<OrganizationPlace[]> {
  const all = control.selectFrom('organizations').select(['id', 'slug', 'schema', 'role'])
  return (id === undefined ? all : all.where('id', '=', id)).execute()
}
