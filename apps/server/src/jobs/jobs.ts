import type { Kysely } from 'kysely'
import type { Actor } from '../actor.ts'
import type { ControlTables } from '../db/tables.ts'
import { isOperator } from '../people/admission.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { notFound } from '../problem.ts'
import type { JobKind } from './job.ts'
import type { JobsParts } from './parts.ts'
import { runJob } from './run-job.ts'
import {
  addJob,
  addOwnJob,
  type ClaimedJob,
  type ClaimedKind,
  cancelJob,
  claimJob,
  findAnyJob,
  findJob,
  forgetEnded,
  JOBS_CHANNEL,
  type JobRow,
  type JobState,
  type JobsAsked,
  listJobs,
  othersWork,
  type Starter,
} from './store.ts'

export interface JobsOptions {
  /** Jobs that run at once in this process. */
  readonly hands?: number
  /** Milliseconds without a sign of life after which another process's job is taken over. */
  readonly lapse?: number
  /** No other process works on this database: what runs at the start was left behind. */
  readonly isAlone?: boolean
}

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

/** A job in hand here. */
interface InHand {
  readonly organizationId: string
  readonly kind: string
  readonly actor: number | null
}

const ADDRESS = '/api/v1/jobs'
const HANDS = 4
/** So that one organization's long work doesn't keep the others' waiting. */
const HANDS_PER_ORGANIZATION = 2
const LAPSE = 15_000
/** Notifications tell of new jobs; this finds what a process elsewhere left behind. */
const SWEEP_EVERY = 60_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The queue: jobs of every organization, each in that organization's own tables, run here under the rights of whoever started them.
 * Several processes may work on one database; a job is in the hands of one at a time.
 */
export class Jobs {
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

  constructor(parts: JobsParts, kinds: readonly JobKind[], options: JobsOptions = {}) {
    this.#parts = parts
    this.#kinds = new Map(kinds.map((kind) => [kind.kind, kind]))
    this.#options = { hands: HANDS, lapse: LAPSE, isAlone: false, ...options }
  }

  /**
   * Puts a job in the queue for whoever asks; its id. Together with it the request's `Idempotency-Key` is kept as answered: no crash
   * comes between the two, and a repetition is told where the job is.
   */
  async enqueue(actor: Actor, kind: string, input: unknown, id = this.#parts.newId()): Promise<string> {
    const { database } = this.#parts
    const starter = await this.#findStarter(actor)
    const known = this.#kinds.get(kind)
    if (starter === undefined || !known || (starter === 'operator' && !known.isOperatorsToo)) throw notFound()
    const job = { id, kind, starter, input: { ip: actor.asking.ip, of: input } }
    const answered = actor.claim && {
      key: actor.claim.key,
      headers: actor.claim.headersAt(`${known.address ?? ADDRESS}/${id}`),
    }
    const audited = known.audit?.(input)
    const user = starter === 'operator' ? undefined : actor.user
    const event = audited && { ...audited, user, at: actor.asking.now, details: { ...audited.details, job: id } }
    await addJob(database.organization(actor.organization), job, actor.organization.id, { answered, event })
    if (this.#stopListening) this.#wake(actor.organization)
    return id
  }

  /** Puts work of the program's own into an organization's queue, where none of the kind waits. */
  async enqueueOwn(organization: OrganizationPlace, kind: string): Promise<void> {
    const { database, newId } = this.#parts
    await addOwnJob(database.organization(organization), { id: newId(), kind }, organization.id)
    if (this.#stopListening) this.#wake(organization)
  }

  /**
   * @param kind whoever names it may have the result of a kind that hides it
   * @throws Problem 404 where it isn't there, is somebody else's, or of another kind
   */
  async find(actor: Actor, id: string, kind?: string): Promise<JobView> {
    const { database } = this.#parts
    const starter = await this.#findStarter(actor)
    if (starter === undefined || !UUID.test(id)) throw notFound()
    const row = await findJob(database.organization(actor.organization), id, starter)
    if (!row || (kind !== undefined && row.kind !== kind)) throw notFound()
    const { result, saved, ...view } = viewOf(row)
    return kind === undefined && this.#kinds.get(row.kind)?.hidesResult ? view : { ...view, result, saved }
  }

  /**
   * The jobs of a kind that whoever asks started himself, newest first; the operator has none to list.
   * @returns a page of them, and where the next one begins
   */
  async list(actor: Actor, asked: JobsAsked): Promise<{ readonly items: JobView[]; readonly next: string | null }> {
    const starter = await this.#findStarter(actor)
    const isAside =
      starter === undefined || starter === 'operator' || (asked.after !== undefined && !UUID.test(asked.after))
    if (isAside) return { items: [], next: null }
    const database = this.#parts.database.organization(actor.organization)
    const rows = await listJobs(database, starter, { ...asked, limit: asked.limit + 1 })
    const items = rows.slice(0, asked.limit).map(viewOf)
    return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null }
  }

  async #findStarter(actor: Actor): Promise<Starter | undefined> {
    if (isOperator(actor)) return 'operator'
    const { owners } = await this.#parts.policies.current(actor.organization)
    return owners.idOf(`user:${actor.user}`)
  }

  /**
   * A job of whoever started it, for kinds of work that others may look after too: whoever calls must make sure that the actor is one.
   * @throws Problem 404 where there is none of the kind
   */
  async findAnyones(
    actor: Actor,
    id: string,
    kind: string,
  ): Promise<{ readonly view: JobView; readonly isOwn: boolean }> {
    const starter = await this.#findStarter(actor)
    if (!UUID.test(id)) throw notFound()
    const row = await findAnyJob(this.#parts.database.organization(actor.organization), id, kind)
    if (!row) throw notFound()
    return { view: viewOf(row), isOwn: starter !== undefined && row.actor === starter }
  }

  /** Cancels what hasn't ended; what is done by then stays done. @throws Problem 404 as `find`. */
  async cancel(actor: Actor, id: string): Promise<JobView> {
    const { kind } = await this.find(actor, id)
    const { organization } = actor
    const starter = await this.#findStarter(actor)
    if (starter !== undefined) await cancelJob(this.#parts.database.organization(organization), id, starter)
    const view = await this.find(actor, id)
    // Where it is in hand, whoever has it clears up when he finds out.
    if (view.state === 'cancelled' && !view.wasBegun) await this.#kinds.get(kind)?.clear?.(id, organization)
    return view
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

const RETRY_AFTER = 5_000
const DAY = 24 * 3_600_000

function viewOf({
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

function findPlaces(control: Kysely<ControlTables>, id: string | undefined): Promise<OrganizationPlace[]> {
  const all = control.selectFrom('organizations').select(['id', 'slug', 'schema', 'role'])
  return (id === undefined ? all : all.where('id', '=', id)).execute()
}
