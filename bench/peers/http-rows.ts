import { Gun, type Shot } from '../load/fire.ts'
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

export interface HttpFigures {
  readonly name: string
  readonly rows: { readonly [what: string]: number }
  readonly memory: number
  readonly differences: readonly string[]
}

export async function measureOverHttp(peer: HttpPeer, question: HttpQuestion): Promise<HttpFigures> {
  const server = await peer.start()
  const gun = new Gun(server.origin)
  try {
    const differences = peer.knowsPeople ? await findDifferences(peer, gun, question) : []
    const rows: Record<string, number> = {}
    await warmUp(gun, peer, question)
    for (const [what, next] of shots(peer, question)) rows[what] = await rate(gun, next, question.milliseconds)
    return { name: peer.name, rows, memory: server.memory(), differences }
  } finally {
    await gun.close()
    await server.stop()
  }
}

/** Writes come last, for they change what is newest. */
function shots(peer: HttpPeer, { readers, toChange }: HttpQuestion): [string, () => Shot][] {
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
async function warmUp(gun: Gun, peer: HttpPeer, question: HttpQuestion): Promise<void> {
  const reads = shots(peer, question).slice(0, -1)
  let turn = 0
  const next = () => reads[turn++ % reads.length]?.[1]() as Shot
  await gun.fire(next, question.milliseconds * WARM_UP)
}

const BEFORE_EACH = 0.25

async function rate(gun: Gun, next: () => Shot, milliseconds: number): Promise<number> {
  await gun.fire(next, milliseconds * BEFORE_EACH)
  const began = performance.now()
  const times = await gun.fire(next, milliseconds)
  return (times.length * 1_000) / (performance.now() - began)
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
