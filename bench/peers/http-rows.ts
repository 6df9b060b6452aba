import { Gun, type Shot } from '../load/fire.ts'
import { median } from '../load/median.ts'
import type { ChildServer } from '../servers/child-server.ts'
import type { Deal } from './world/deals.ts'
import type { Person } from './world/organization.ts'
import type { Readers } from './world/questions.ts'

/** A server with the deals behind it, and how one asks it. */
export interface HttpPeer {
  readonly name: string
  start(): Promise<ChildServer>
  page(person: Person): Shot
  one(person: Person, id: string): Shot
  update(person: Person, id: string, nextStep: string): Shot
  sum(person: Person): Shot
  /** The ids in the answer to a page, in order. */
  idsIn(body: unknown): string[]
  /** The sums by stage in an answer. */
  sumsIn(body: unknown): (readonly [stage: string, amount: number])[]
  /** Whether what it shows is meant to be what the person may see. */
  readonly knowsPeople: boolean
}

export interface HttpQuestion {
  readonly readers: Readers
  /** Deals that the head may change, for writes that spread. */
  readonly toChange: readonly Deal[]
  readonly expectedPage: (person: Person) => readonly string[]
  /** The sums by stage of what the auditor may read. */
  readonly expectedSums: ReadonlyMap<string, number>
  /** One that the representative may read but not change, and one that he can't see. */
  readonly readable: Deal
  readonly hidden: Deal
  /** How long each row is fired at, in milliseconds. */
  readonly milliseconds: number
}

/** Of one server, by row. */
export interface HttpFigures {
  readonly name: string
  /** Answers a second: the median of the turns. */
  readonly rates: { readonly [what: string]: number }
  /** How many times as many the first of the servers gave in the same turns: the median. */
  readonly firstIsAhead: { readonly [what: string]: number }
  /** Megabytes, once all rows are measured. */
  readonly memory: number
  readonly differences: readonly string[]
}

/** A server that runs, and how it does. */
interface Contestant {
  readonly peer: HttpPeer
  readonly server: ChildServer
  readonly gun: Gun
  readonly differences: readonly string[]
  /** What to ask next, by row. */
  readonly shots: readonly (readonly [what: string, next: () => Shot])[]
  /** Answers a second in each turn, by row. */
  readonly rates: Map<string, number[]>
}

const TURNS = 5

/**
 * Asks the servers in turns, a fraction of a second each, so that what slows a moment down slows all of them. They run at the same time, and one
 * is asked at a time. One that fails is left out from then on; `attempt` notes why.
 */
export async function measureOverHttp(
  peers: readonly HttpPeer[],
  question: HttpQuestion,
  attempt: <Value>(peer: string, work: () => Promise<Value>) => Promise<Value | undefined>,
): Promise<HttpFigures[]> {
  const all: Contestant[] = []
  let contestants: readonly Contestant[] = all
  const withEach = async (work: (contestant: Contestant) => Promise<void>, from = 0) => {
    const first = from % Math.max(contestants.length, 1)
    for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      const isDone = await attempt(contestant.peer.name, () => work(contestant).then(() => true))
      if (!isDone) contestants = contestants.filter((one) => one !== contestant)
    }
  }
  try {
    for (const peer of peers) {
      const contestant = await attempt(peer.name, () => enter(peer, question))
      if (contestant) all.push(contestant)
    }
    await withEach(({ gun, shots }) => warmUp(gun, shots, question))
    for (const row of all[0]?.shots.keys() ?? []) {
      for (let turn = 0; turn < TURNS; turn++)
        await withEach((contestant) => takeTurn(contestant, row, question.milliseconds / TURNS), turn)
    }
    return contestants.map((contestant) => figuresOf(contestant, contestants[0]!))
  } finally {
    for (const { gun, server } of all) {
      await gun.close()
      await server.stop()
    }
  }
}

async function enter(peer: HttpPeer, question: HttpQuestion): Promise<Contestant> {
  const server = await peer.start()
  const gun = new Gun(server.origin)
  try {
    const differences = peer.knowsPeople ? await findDifferences(peer, gun, question) : []
    return { peer, server, gun, differences, shots: shotsOf(peer, question), rates: new Map() }
  } catch (error) {
    await gun.close()
    await server.stop()
    throw error
  }
}

const BEFORE_EACH = 0.25

async function takeTurn({ gun, shots, rates }: Contestant, row: number, milliseconds: number): Promise<void> {
  const [what, next] = shots[row]!
  await gun.fire(next, milliseconds * BEFORE_EACH)
  const began = performance.now()
  const times = await gun.fire(next, milliseconds)
  const rate = (times.length * 1_000) / (performance.now() - began)
  rates.set(what, [...(rates.get(what) ?? []), rate])
}

function figuresOf({ peer, server, rates, differences }: Contestant, first: Contestant): HttpFigures {
  const ahead = [...rates].map(([what, own]) => {
    const firsts = first.rates.get(what) ?? []
    return [what, median(own.map((rate, turn) => (firsts[turn] ?? Number.NaN) / rate))] as const
  })
  return {
    name: peer.name,
    rates: Object.fromEntries([...rates].map(([what, own]) => [what, median(own)])),
    firstIsAhead: Object.fromEntries(ahead),
    memory: server.memory(),
    differences,
  }
}

/** Writes come last, for they change what is newest. */
function shotsOf(peer: HttpPeer, { readers, toChange }: HttpQuestion): [string, () => Shot][] {
  const { representative, manager, auditor, head } = readers
  let turn = 0
  const next = () => toChange[turn++ % toChange.length]?.id ?? ''
  return [
    ['page of 50, representative', () => peer.page(representative)],
    ['page of 50, manager', () => peer.page(manager)],
    ['page of 50, head of all roles', () => peer.page(head)],
    ['page of 50, sees all', () => peer.page(auditor)],
    ['one record', () => peer.one(head, next())],
    ['grouped sum over all', () => peer.sum(auditor)],
    ['update one', () => peer.update(head, next(), `step ${turn}`)],
  ]
}

/** Until a server's code is compiled and its plans are kept: so long, in rows. */
const WARM_UP = 5

/** Reads of every kind in turn; what writes would change what is newest. */
async function warmUp(gun: Gun, shots: Contestant['shots'], { milliseconds }: HttpQuestion): Promise<void> {
  const reads = shots.slice(0, -1)
  let turn = 0
  const next = () => reads[turn++ % reads.length]?.[1]() as Shot
  await gun.fire(next, milliseconds * WARM_UP)
}

async function findDifferences(peer: HttpPeer, gun: Gun, question: HttpQuestion): Promise<string[]> {
  const { readers, expectedPage, hidden, readable } = question
  const told: string[] = []
  for (const [reader, person] of Object.entries(readers)) {
    const { status, text } = await gun.ask(peer.page(person))
    const ids = status === 200 ? peer.idsIn(JSON.parse(text)) : []
    if (ids.join() !== expectedPage(person).join()) told.push(`${peer.name}: the page of the ${reader} (${status})`)
  }
  if (!(await sumsAgree(peer, gun, question))) told.push(`${peer.name}: the sums by stage`)
  const refused = [
    ['reads what is hidden', peer.one(readers.representative, hidden.id)],
    ['changes what is hidden', peer.update(readers.representative, hidden.id, 'x')],
    ['changes what may only be read', peer.update(readers.representative, readable.id, 'x')],
  ] as const
  for (const [what, shot] of refused) {
    const { status } = await gun.ask(shot)
    if (status < 400) told.push(`${peer.name}: the representative ${what} (${status})`)
  }
  return told
}

async function sumsAgree(peer: HttpPeer, gun: Gun, { readers, expectedSums }: HttpQuestion): Promise<boolean> {
  const { status, text } = await gun.ask(peer.sum(readers.auditor))
  const sums = status < 300 ? peer.sumsIn(JSON.parse(text)) : []
  return sums.length === expectedSums.size && sums.every(([stage, amount]) => expectedSums.get(stage) === amount)
}
