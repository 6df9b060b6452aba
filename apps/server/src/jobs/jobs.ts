import type { Actor } from '../actor.ts'
import { isOperator } from '../people/admission.ts'
import type { OrganizationPlace } from '../policy/live-policy.ts'
import { notFound } from '../problem.ts'
import type { JobKind } from './job.ts'
import { type JobView, viewOf } from './job-view.ts'
import type { JobsParts } from './parts.ts'
import { addJob, addOwnJob, cancelJob, findAnyJob, findJob, type JobsAsked, listJobs, type Starter } from './store.ts'
import { type JobsOptions, Workers } from './workers.ts'

const ADDRESS = '/api/v1/jobs'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The queue as those who want something done have it: jobs of every organization, each in that organization's own tables. */
export class Jobs {
  readonly #parts: JobsParts
  readonly #kinds: ReadonlyMap<string, JobKind>
  readonly #workers: Workers

  constructor(parts: JobsParts, kinds: readonly JobKind[], options: JobsOptions = {}) {
    this.#parts = parts
    this.#kinds = new Map(kinds.map((kind) => [kind.kind, kind]))
    this.#workers = new Workers(parts, this.#kinds, options)
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
    this.#workers.tell(actor.organization)
    return id
  }

  /** Puts work of the program's own into an organization's queue, where none of the kind waits. */
  async enqueueOwn(organization: OrganizationPlace, kind: string): Promise<void> {
    const { database, newId } = this.#parts
    await addOwnJob(database.organization(organization), { id: newId(), kind }, organization.id)
    this.#workers.tell(organization)
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
  start(): Promise<void> {
    return this.#workers.start()
  }

  /** Takes nothing new, lets every running step finish, and gives the jobs back for the next start. */
  stop(): Promise<void> {
    return this.#workers.stop()
  }
}
