import {
  BUILT_IN_MODULES,
  checkDocument,
  compilePolicy,
  type Policy,
  type Reach,
  reach,
  reachHolds,
} from '@bailiwick/access'
import { oracleAllows } from '@bailiwick/access/oracle'
import type { Deal } from '../world/deals.ts'
import { factsOf, makeDocument } from '../world/document.ts'
import type { Person } from '../world/organization.ts'
import type { AskedAction, Question } from '../world/questions.ts'
import type { Engine } from './engine.ts'

const ADMINISTRATOR = 'admin'

/** What a person may do is compiled once and kept, as the server keeps it. */
export interface OurEngine extends Engine {
  /** What the law says: the oracle's slow and obvious answer. */
  judge(question: Question): boolean
}

export function openOurs(deals: readonly Deal[], now: number): OurEngine {
  const policy = compile()
  const facts = deals.map(factsOf)
  const asking = { now }
  const world = { document: policy.document, catalogue: BUILT_IN_MODULES, now }
  const reaches: { readonly [action in AskedAction]: Reach[] } = { read: [], update: [], delete: [] }
  const reachFor = (person: Person, action: AskedAction) => {
    const kept = reaches[action][person.index]
    if (kept) return kept
    const made = reach(policy, person.key, 'deals', action, asking)
    reaches[action][person.index] = made
    return made
  }
  const factsFor = (deal: Deal) => facts[deal.index] ?? factsOf(deal)
  return {
    name: 'Bailiwick',
    version: 'this one',
    decide: ({ person, action, deal }) => reachHolds(policy, reachFor(person, action), factsFor(deal), asking),
    judge: ({ person, action, deal }) => oracleAllows(world, person.key, action, factsFor(deal)),
  }
}

function compile(): Policy {
  const { problems, document } = checkDocument(makeDocument(ADMINISTRATOR), { catalogue: BUILT_IN_MODULES })
  if (!document || problems.length > 0) throw new Error(`The policy isn't sound: ${JSON.stringify(problems)}`)
  return compilePolicy(document, BUILT_IN_MODULES)
}
