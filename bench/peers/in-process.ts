import type { Engine } from './engines/engine.ts'
import type { OurEngine } from './engines/ours.ts'
import { middle, type Pace, paceOf } from './measure.ts'
import type { Deal } from './world/deals.ts'
import type { Person } from './world/organization.ts'
import type { Question } from './world/questions.ts'

/** How many questions are answered as the law has it. */
export interface Agreement {
  readonly asked: number
  readonly different: number
  /** One that was answered otherwise. */
  readonly example?: string
}

export function compareWithLaw(engine: Engine, ours: OurEngine, questions: readonly Question[]): Agreement {
  const wrong = questions.filter((question) => engine.decide(question) !== ours.judge(question))
  return { asked: questions.length, different: wrong.length, ...(wrong[0] && { example: describe(wrong[0]) }) }
}

const describe = ({ person, action, deal }: Question) =>
  `${person.key} (${person.role ?? 'no role'}): ${action} deal ${deal.name} of ${deal.owner.key} (${deal.owner.role})`

/** Decisions on one thread, the sample over and over. */
export function paceOfDecisions(engine: Engine, questions: readonly Question[], milliseconds: number): Pace {
  const many = questions.length
  return paceOf((index) => {
    const question = questions[index % many]
    return question !== undefined && engine.decide(question)
  }, milliseconds)
}

const PAGE = 50
/** A page that takes longer is given up, and told as such. */
const PATIENCE = 30_000
const MOST_REPEATED = 9
const REPEATED_FOR = 1_000

export interface FirstPage {
  readonly ids: readonly string[]
  /** Milliseconds; absent where patience ran out. */
  readonly p50?: number
}

/** The newest deals that the person may read, by asking about one after the other: what an engine that only decides is left with. */
export function findFirstPage(engine: Engine, newestFirst: readonly Deal[], person: Person): FirstPage {
  const times: number[] = []
  const began = performance.now()
  for (;;) {
    const start = performance.now()
    const ids = walk(engine, newestFirst, person, start + PATIENCE)
    if (!ids) return { ids: [] }
    times.push(performance.now() - start)
    const enough = times.length >= MOST_REPEATED || performance.now() - began > REPEATED_FOR
    if (enough) return { ids, p50: middle(times) }
  }
}

function walk(engine: Engine, deals: readonly Deal[], person: Person, deadline: number): string[] | undefined {
  const ids: string[] = []
  for (const deal of deals) {
    if (engine.decide({ person, action: 'read', deal })) ids.push(deal.id)
    if (ids.length === PAGE) break
    if (performance.now() > deadline) return undefined
  }
  return ids
}
