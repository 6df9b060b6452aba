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
import { addRowSecurity } from './tables/row-security.ts'
import { addWork } from './tables/worked-tables.ts'

export interface StoredFigures {
  readonly decisions: DecisionRow[]
  readonly pages: PageRow[]
  readonly http: HttpRow[]
  readonly differences: string[]
  readonly notRun: NotRun[]
}

/** What works on a database: ours, plain SQL, row security and Directus, on the same server; over HTTP in turns. */
export async function measureDatabases(stage: Stage, databases: Databases): Promise<StoredFigures> {
  const figures: StoredFigures = { decisions: [], pages: [], http: [], differences: [], notRun: [] }
  const { only } = stage.options
  const peers: HttpPeer[] = []
  const prepare = async (key: string, make: () => Promise<HttpPeer[]>) =>
    peers.push(...((await attempt(key, figures.notRun, make)) ?? []))
  if (only.has('ours')) await prepare('ours', () => prepareOurs(stage, databases, figures))
  if (only.has('bare') || only.has('rls') || only.has('directus')) {
    stage.say('the plain tables')
    await makePlainTables(databases.plain.address, stage.deals)
  }
  if (only.has('rls')) await prepare('rls', () => prepareRowSecurity(stage, databases, figures))
  if (only.has('bare')) await prepare('bare', () => prepareBare(stage, databases, figures))
  if (only.has('directus')) await prepare('directus', () => prepareDirectus(stage, databases))
  stage.say('over HTTP, in turns')
  const overHttp = await measureOverHttp(peers, questionOf(stage), (peer, work) => attempt(peer, figures.notRun, work))
  figures.http.push(...table(overHttp))
  figures.differences.push(...overHttp.flatMap(({ differences }) => differences))
  return figures
}

async function prepareOurs(stage: Stage, { ours }: Databases, figures: StoredFigures): Promise<HttpPeer[]> {
  stage.say('ours: pages')
  const tables = await makeOurTables(ours, stage.deals, people(stage))
  try {
    figures.pages.push(await measurePages(ourPages(tables), stage.readerList, stage.expectedPage))
  } finally {
    await tables.close()
  }
  return [ourPeer(ours, tables.keyOf)]
}

async function prepareBare(stage: Stage, { plain, version }: Databases, figures: StoredFigures): Promise<HttpPeer[]> {
  stage.say('bare: pages')
  await runAsOwner(plain.address, 'public', ['vacuum analyze deals'])
  const source = await barePages(plain.address, version)
  figures.pages.push(await measurePages(source, stage.readerList, stage.expectedPage).finally(() => source.close()))
  return [barePeer(plain.address)]
}

async function prepareRowSecurity(
  stage: Stage,
  { plain, worked, version }: Databases,
  figures: StoredFigures,
): Promise<HttpPeer[]> {
  stage.say('rls: decisions and pages')
  const { decisions, pages } = await measureSecured(stage, plain.address, version)
  figures.decisions.push(decisions)
  figures.pages.push(pages)
  await makePlainTables(worked.address, stage.deals)
  await addRowSecurity(worked.address)
  await addWork(worked.address)
  return [securedPeer(worked.address, people(stage), true), securedPeer(plain.address, people(stage), false)]
}

async function prepareDirectus(stage: Stage, { plain, folder }: Databases): Promise<HttpPeer[]> {
  stage.say('directus: its tables')
  await bootstrapDirectus(plain.address, folder)
  await setUpDirectus(plain.address, people(stage))
  return [{ ...directusPeer(plain.address, folder), name: `Directus ${versionOf('directus')}` }]
}

const people = ({ readers }: Stage) => Object.values(readers)

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
  const rows = Object.keys(figures[0]?.rates ?? {}).map((what): HttpRow => {
    const rate = ({ rates }: HttpFigures) => rates[what] ?? Number.NaN
    return {
      what,
      unit: '/s',
      of: columns(rate),
      ahead: columns(({ firstIsAhead }) => firstIsAhead[what] ?? Number.NaN),
    }
  })
  const memory: HttpRow = { what: 'memory after the run', unit: 'MB', of: columns(({ memory }) => memory) }
  return rows.length === 0 ? [] : [...rows, memory]
}
