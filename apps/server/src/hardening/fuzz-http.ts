import fc from 'fast-check'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { wrongWithAnswer } from './answer-checks.ts'
import { controlState, type DatabaseState, databaseState, differingTables } from './database-state.ts'
import { type DescribedRoute, describedRoutes } from './described-routes.ts'
import { type HostileRequest, hostileRequest, type Learned } from './hostile-requests.ts'
import type { Siege } from './siege.ts'

/** Something that must not be: which, of which route, and the shortest request that shows it. */
export interface Finding {
  readonly route: string
  readonly wrong: string
  readonly times: number
  readonly request: string
  readonly answer: string
  readonly log: string
}

export interface FuzzOptions {
  readonly seed: number
  /** Epoch milliseconds after which nothing more is asked. */
  readonly until: number
}

export interface FuzzOutcome {
  readonly findings: readonly Finding[]
  /** Requests by status. */
  readonly statuses: ReadonlyMap<number, number>
  /** Routes that answered 2xx at least once: what lies behind them was reached. */
  readonly reached: ReadonlySet<string>
}

/** Requests to one route in a row. */
const PER_ROUND = 4
/** Whose successes change what others may see is put back at once; others' little changes add up to this many. */
const MOST_CHANGES = 20
/** An answer that takes longer holds everybody up. */
const TOO_SLOW = 5_000
const HANGS = 30_000

/** Asks every described route, in turns, until the time is over. */
export async function fuzzHttp(siege: Siege, { seed, until }: FuzzOptions): Promise<FuzzOutcome> {
  const fuzz = new Fuzz(siege)
  const routes = await describedRoutes(siege.network)
  await fuzz.begin()
  for (let round = 0; Date.now() < until; round++) {
    for (const [index, route] of routes.entries()) {
      const requests = fc.sample(hostileRequest(route, fuzz.learned), {
        seed: seed + round * 1_000 + index,
        numRuns: timesOf(route),
      })
      for (const request of requests) {
        if (Date.now() >= until || !(await fuzz.ask(route, request))) return fuzz
      }
    }
  }
  return fuzz
}

/** A password takes long to check, on purpose. */
function timesOf({ path }: DescribedRoute): number {
  return path.startsWith('/api/auth') || !path.includes('/v1/') ? 1 : PER_ROUND
}

class Fuzz implements FuzzOutcome {
  readonly statuses = new Map<number, number>()
  readonly reached = new Set<string>()
  readonly #siege: Siege
  readonly #findings = new Map<string, Finding>()
  readonly #cursors = new Set<string>()
  readonly #jobs: string[] = []
  #north: DatabaseState = new Map()
  #south: DatabaseState = new Map()
  #control: DatabaseState = new Map()
  #changes = 0
  #asked = 0

  constructor(siege: Siege) {
    this.#siege = siege
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()]
  }

  get learned(): Learned {
    return { cursors: [...this.#cursors], jobs: this.#jobs.slice(-5) }
  }

  async begin(): Promise<void> {
    await this.#look()
    const headers = this.#siege.credentials('admin')
    for (const sort of [
      'name',
      '-updatedAt',
      'budget,due',
      '-seenAt',
      'owner',
      'done',
      'id',
      'pieces',
      'keeper',
      'version',
    ]) {
      const answer = await this.#siege.network.inject({ url: `/api/v1/records/things?limit=1&sort=${sort}`, headers })
      this.#cursors.add(answer.json<{ next: string }>().next)
    }
  }

  /** @returns false where nothing can be looked at any more behind it: what was found until then must be told all the same */
  async ask(route: DescribedRoute, request: HostileRequest): Promise<boolean> {
    try {
      await this.#ask(route, request)
      return true
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error)
      this.#note(route, `can't be looked at behind it: ${what}`, request, '', this.#siege.takeLog())
      return false
    }
  }

  async #ask(route: DescribedRoute, request: HostileRequest): Promise<void> {
    const { person, url, headers, body } = request
    const all = {
      ...this.#siege.credentials(person),
      ...(body?.type !== undefined && { 'content-type': body.type }),
      ...headers,
    }
    const began = performance.now()
    const answer = await this.#answered({
      method: route.method,
      url: url as '/',
      headers: all,
      payload: body?.content,
    })
    if (!answer) return this.#noteHanging(route, request)
    if (answer.statusCode === 202) this.#jobs.push(String(answer.json<{ id: string | number }>().id))
    // What it left to be done is its own doing, not that of the next request.
    if (route.method !== 'GET' && answer.statusCode < 300) await this.#siege.settle()
    const wrong = [...wrongWithAnswer(route, request, answer), ...(await this.#changed(route, request, answer))]
    if (performance.now() - began > TOO_SLOW) wrong.push('takes too long')
    const log = this.#siege.takeLog()
    for (const one of wrong) this.#note(route, one, request, answer.payload, log)
    this.statuses.set(answer.statusCode, (this.statuses.get(answer.statusCode) ?? 0) + 1)
    if (answer.statusCode < 300) this.reached.add(route.name)
    await this.#putBack(route, request, answer)
  }

  /** @returns nothing where no answer comes */
  async #answered(request: InjectOptions): Promise<LightMyRequestResponse | undefined> {
    const patience = AbortSignal.timeout(HANGS)
    const gaveUp = new Promise<undefined>((resolve) => patience.addEventListener('abort', () => resolve(undefined)))
    return Promise.race([this.#siege.network.inject(request), gaveUp])
  }

  #noteHanging(route: DescribedRoute, request: HostileRequest): void {
    this.#note(route, 'never answers', request, '', this.#siege.takeLog())
  }

  async #look(): Promise<void> {
    const { parts, north, south } = this.#siege
    this.#north = await databaseState(parts.database, north)
    this.#south = await databaseState(parts.database, south)
    this.#control = await controlState(parts.database)
  }

  /** Nothing changes by a request that is refused or only reads, and nothing ever in another organization. */
  async #changed(
    route: DescribedRoute,
    { person }: HostileRequest,
    { statusCode }: LightMyRequestResponse,
  ): Promise<string[]> {
    this.#asked += 1
    if (route.method === 'GET' && this.#asked % 10 !== 0) return []
    const before = { north: this.#north, south: this.#south, control: this.#control }
    await this.#look()
    const north = differingTables(before.north, this.#north)
    const others = [...differingTables(before.south, this.#south), ...differingTables(before.control, this.#control)]
    const mayChange = route.method !== 'GET' && statusCode < 300
    const isAtHome = mayChange && person !== 'stranger'
    return [
      ...(north.length > 0 && !isAtHome ? [`${statusCode} to ${person} changes ${north.join(', ')}`] : []),
      ...(others.length > 0 && !(mayChange && person === 'stranger') && !isPolicyApplied(route, mayChange)
        ? [`${statusCode} to ${person} changes of others ${others.join(', ')}`]
        : []),
    ]
  }

  async #putBack(
    route: DescribedRoute,
    { person }: HostileRequest,
    { statusCode }: LightMyRequestResponse,
  ): Promise<void> {
    if (statusCode === 401 && person !== 'nobody') {
      await this.#siege.readmit()
      await this.#look()
    }
    if (route.method === 'GET' || statusCode >= 300) return
    this.#changes += 1
    if (person !== 'admin' && this.#changes < MOST_CHANGES) return
    await this.#siege.restore()
    await this.#siege.readmit()
    await this.#look()
    this.#changes = 0
  }

  #note(route: DescribedRoute, wrong: string, request: HostileRequest, answer: string, log: string): void {
    const key = `${route.name}: ${wrong}`
    const known = this.#findings.get(key)
    const shown = describeRequest(route, request)
    const times = (known?.times ?? 0) + 1
    if (known && known.request.length <= shown.length) this.#findings.set(key, { ...known, times })
    else
      this.#findings.set(key, {
        route: route.name,
        wrong,
        times,
        request: shown,
        answer: answer.slice(0, 600),
        log: log.slice(0, 3_000),
      })
  }
}

/** A policy names its people and its organization, which the control schema knows too. */
function isPolicyApplied({ path }: DescribedRoute, mayChange: boolean): boolean {
  return mayChange && path.startsWith('/api/v1/policy')
}

function describeRequest({ method }: DescribedRoute, { person, url, headers, body }: HostileRequest): string {
  const content = body
    ? `${body.type} ${JSON.stringify(body.content.subarray(0, 1_500).toString('utf8'))} (${body.content.length} bytes)`
    : ''
  return `${person}: ${method} ${url.slice(0, 2_000)} ${JSON.stringify(headers)} ${content}`
}
