import type { ClientConfig } from 'pg'
import type { Agreement } from './in-process.ts'
import { paceOfAnswers } from './measure.ts'
import type { DecisionRow, PageRow } from './result.ts'
import { measurePages, type PageSource } from './sql-pages.ts'
import type { Stage } from './stage.ts'
import { PAGE_SQL } from './tables/plain-tables.ts'
import { addRowSecurity, SecuredConnection } from './tables/row-security.ts'
import { ASKED_ACTIONS, type Question } from './world/questions.ts'

const PEER = 'PostgreSQL row security'

/** Row security on one connection: checks by key, and the page. */
export async function measureSecured(
  stage: Stage,
  address: ClientConfig,
  version: string,
): Promise<{ decisions: DecisionRow; pages: PageRow }> {
  await addRowSecurity(address)
  const connection = new SecuredConnection(address)
  await connection.connect()
  try {
    const agreement = await compareWithLaw(connection, stage)
    const pace = await paceOfChecks(connection, stage)
    const pages = await measurePages(pagesOf(connection, version), stage.readerList, stage.expectedPage)
    return { decisions: { peer: PEER, version, ...pace, agreement }, pages }
  } finally {
    await connection.close()
  }
}

/** All actions, person by person. */
async function compareWithLaw(connection: SecuredConnection, { questions, ours }: Stage): Promise<Agreement> {
  const wrong: Question[] = []
  for (const [person, asked] of Map.groupBy(questions, (question) => question.person)) {
    await connection.become(person)
    for (const action of ASKED_ACTIONS) {
      const ofAction = asked.filter((question) => question.action === action)
      if (ofAction.length === 0) continue
      const allowed = await connection.findAllowed(
        action,
        ofAction.map(({ deal }) => deal.id),
      )
      wrong.push(...ofAction.filter((question) => allowed.has(question.deal.id) !== ours.judge(question)))
    }
  }
  const [first] = wrong
  const example = first && `${first.person.key} (${first.person.role}): ${first.action} ${first.deal.name}`
  return { asked: questions.length, different: wrong.length, ...(example && { example }) }
}

/** The manager's, for whom a connection in use would be signed in already. */
async function paceOfChecks(connection: SecuredConnection, { questions, readers, options }: Stage) {
  await connection.become(readers.manager)
  return paceOfAnswers(
    (index) => connection.mayRead(questions[index % questions.length]?.deal.id ?? ''),
    options.milliseconds,
  )
}

function pagesOf(connection: SecuredConnection, version: string): PageSource {
  return {
    peer: PEER,
    version,
    knowsPeople: true,
    become: (person) => connection.become(person),
    read: () => connection.readIds(PAGE_SQL),
  }
}
