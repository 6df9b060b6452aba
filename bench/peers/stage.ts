import { type OurEngine, openOurs } from './engines/ours.ts'
import { findFirstPage } from './in-process.ts'
import type { Options } from './options.ts'
import type { NotRun, Reader } from './result.ts'
import { type Deal, makeDeals } from './world/deals.ts'
import type { Person } from './world/organization.ts'
import { findReaders, makeQuestions, type Question, type Readers } from './world/questions.ts'

/** What every peer is measured on. */
export interface Stage {
  readonly options: Options
  readonly deals: readonly Deal[]
  readonly newestFirst: readonly Deal[]
  readonly questions: readonly Question[]
  readonly readers: Readers
  readonly readerList: readonly (readonly [Reader, Person])[]
  readonly ours: OurEngine
  /** The ids of somebody's first page, as the engine has them. */
  expectedPage(person: Person): readonly string[]
  readonly say: (line: string) => void
}

const QUESTIONS = 2_000

export function makeStage(options: Options, say: (line: string) => void): Stage {
  const deals = makeDeals(options.deals)
  const newestFirst = deals.toReversed()
  const ours = openOurs(deals, Date.now())
  const readers = findReaders(deals)
  const pages = new Map<Person, readonly string[]>()
  const expectedPage = (person: Person) => {
    const ids = pages.get(person) ?? findFirstPage(ours, newestFirst, person).ids
    pages.set(person, ids)
    return ids
  }
  const { representative, manager, oldManager, head, auditor } = readers
  const readerList = Object.entries({ representative, manager, oldManager, head, auditor }) as [Reader, Person][]
  const questions = makeQuestions(deals, QUESTIONS)
  return { options, deals, newestFirst, questions, readers, readerList, ours, expectedPage, say }
}

/** What `work` answers, or why it could not: a peer that fails doesn't keep the others from being measured. */
export async function attempt<Value>(
  peer: string,
  notRun: NotRun[],
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await work()
  } catch (error) {
    notRun.push({ peer, reason: error instanceof Error ? error.message : String(error) })
    return undefined
  }
}
