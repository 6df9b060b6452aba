import { runAsOwner } from '../data-set/run-as-owner.ts'
import type { Databases } from './database.ts'
import { versionOf } from './engines/require-package.ts'
import { barePeer, directusPeer, ourPeer, securedPeer } from './http-peers.ts'
import { type HttpFigures, type HttpPeer, type HttpQuestion, measureOverHttp } from './http-rows.ts'
import { measureSecured } from './measure-secured.ts'
import type { DecisionRow, HttpRow, NotRun, PageRow } from './result.ts'
import { bootstrapDirectus } from './servers/directus.ts'
import { setUpDirectus } from './servers/directus-setup.ts'
import { barePages, measurePages, ourPages } from './sql-pages.ts'
import { attempt, type Stage } from './stage.ts'
import { makeOurTables } from './tables/our-tables.ts'
import { makePlainTables } from './tables/plain-tables.ts'

export interface StoredFigures {
  readonly decisions: DecisionRow[]
  readonly pages: PageRow[]
  readonly http: HttpRow[]
  readonly differences: string[]
  readonly notRun: NotRun[]
}

/** What works on a database: ours, plain SQL, row security and Directus, one at a time on the same server. */
export async function measureDatabases(stage: Stage, databases: Databases): Promise<StoredFigures> {
  const figures: StoredFigures = { decisions: [], pages: [], http: [], differences: [], notRun: [] }
  const overHttp: HttpFigures[] = []
  const { only } = stage.options
  if (only.has('ours')) await attempt('ours', figures.notRun, () => measureOurs(stage, databases, figures, overHttp))
  if (only.has('bare') || only.has('rls') || only.has('directus')) {
    stage.say('the plain tables')
    await makePlainTables(databases.plain.address, stage.deals)
  }
  if (only.has('rls'))
    await attempt('rls', figures.notRun, () => measureRowSecurity(stage, databases, figures, overHttp))
  if (only.has('directus')) {
    await attempt('directus', figures.notRun, () => measureDirectus(stage, databases, overHttp))
  }
  // Nobody compares what bare SQL shows, so it may read what Directus has changed.
  if (only.has('bare')) await attempt('bare', figures.notRun, () => measureBare(stage, databases, figures, overHttp))
  figures.http.push(...table(overHttp))
  figures.differences.push(...overHttp.flatMap(({ differences }) => differences))
  return figures
}

async function measureOurs(stage: Stage, { ours }: Databases, figures: StoredFigures, overHttp: HttpFigures[]) {
  stage.say('ours: pages and requests')
  const tables = await makeOurTables(ours, stage.deals, people(stage))
  try {
    figures.pages.push(await measurePages(ourPages(tables), stage.readerList, stage.expectedPage))
  } finally {
    await tables.close()
  }
  overHttp.push(await fire(stage, ourPeer(ours, tables.keyOf)))
}

async function measureBare(
  stage: Stage,
  { plain, version }: Databases,
  figures: StoredFigures,
  overHttp: HttpFigures[],
) {
  stage.say('bare: pages and requests')
  await runAsOwner(plain.address, 'public', ['vacuum analyze deals'])
  const source = await barePages(plain.address, version)
  figures.pages.push(await measurePages(source, stage.readerList, stage.expectedPage).finally(() => source.close()))
  overHttp.push(await fire(stage, barePeer(plain.address)))
}

async function measureRowSecurity(
  stage: Stage,
  { plain, version }: Databases,
  figures: StoredFigures,
  overHttp: HttpFigures[],
) {
  stage.say('rls: decisions, pages and requests')
  const { decisions, pages } = await measureSecured(stage, plain.address, version)
  figures.decisions.push(decisions)
  figures.pages.push(pages)
  overHttp.push(await fire(stage, securedPeer(plain.address, people(stage))))
  // What it has changed becomes as it was for those who come after.
  await makePlainTables(plain.address, stage.deals)
}

async function measureDirectus(stage: Stage, { plain, folder }: Databases, overHttp: HttpFigures[]) {
  stage.say('directus: requests')
  await bootstrapDirectus(plain.address, folder)
  await setUpDirectus(plain.address, people(stage))
  const peer = directusPeer(plain.address, folder)
  overHttp.push({ ...(await fire(stage, peer)), name: `Directus ${versionOf('directus')}` })
}

const people = ({ readers }: Stage) => Object.values(readers)

function fire(stage: Stage, peer: HttpPeer): Promise<HttpFigures> {
  return measureOverHttp(peer, questionOf(stage))
}

function questionOf({ deals, readers, ours, expectedPage, options }: Stage): HttpQuestion {
  const { representative: person, head } = readers
  const may = (action: 'read' | 'update', deal: (typeof deals)[number]) => ours.decide({ person, action, deal })
  const readable = deals.find((deal) => may('read', deal) && !may('update', deal))
  const hidden = deals.find((deal) => !may('read', deal))
  if (!readable || !hidden) throw new Error('The representative reads all or nothing')
  const toChange = deals.filter((deal) => ours.decide({ person: head, action: 'update', deal }))
  const expectedSums = new Map<string, number>()
  for (const deal of deals.filter((one) => ours.decide({ person: readers.auditor, action: 'read', deal: one }))) {
    expectedSums.set(deal.stage, (expectedSums.get(deal.stage) ?? 0) + deal.amount)
  }
  return { readers, toChange, expectedPage, expectedSums, readable, hidden, milliseconds: options.milliseconds }
}

function table(figures: readonly HttpFigures[]): HttpRow[] {
  const columns = (value: (of: HttpFigures) => number) => Object.fromEntries(figures.map((of) => [of.name, value(of)]))
  const rows = Object.keys(figures[0]?.rows ?? {}).map((what): HttpRow => {
    return { what, unit: '/s', of: columns(({ rows }) => rows[what] ?? Number.NaN) }
  })
  const memory: HttpRow = { what: 'memory after the run', unit: 'MB', of: columns(({ memory }) => memory) }
  return rows.length === 0 ? [] : [...rows, memory]
}
