import type { Engine } from './engines/engine.ts'
import { LIBRARIES, type LibraryKey } from './engines/open-engines.ts'
import { compareWithLaw, findFirstPage, paceOfDecisions } from './in-process.ts'
import type { DecisionRow, NotRun, PageRow, Reader } from './result.ts'
import { attempt, type Stage } from './stage.ts'

export interface LibraryFigures {
  readonly decisions: DecisionRow[]
  readonly pages: PageRow[]
  readonly notRun: NotRun[]
}

/** Ours, and the libraries that decide in this process: decisions, and the page that is left to find by deciding. */
export async function measureLibraries(stage: Stage): Promise<LibraryFigures> {
  const figures: LibraryFigures = { decisions: [], pages: [], notRun: [] }
  const { only } = stage.options
  if (only.has('ours')) figures.decisions.push(decisionsOf(stage, stage.ours))
  for (const key of Object.keys(LIBRARIES) as LibraryKey[]) {
    if (!only.has(key)) continue
    stage.say(`${key}: decisions and pages`)
    await attempt(key, figures.notRun, async () => {
      const engine = await LIBRARIES[key](stage.deals)
      figures.decisions.push(decisionsOf(stage, engine))
      figures.pages.push(pagesOf(stage, engine))
    })
  }
  return figures
}

function decisionsOf({ ours, questions, options }: Stage, engine: Engine): DecisionRow {
  const agreement = compareWithLaw(engine, ours, questions)
  const pace = paceOfDecisions(engine, questions, options.milliseconds)
  return { peer: engine.name, version: engine.version, ...pace, agreement }
}

function pagesOf({ newestFirst, readerList, expectedPage }: Stage, engine: Engine): PageRow {
  const p50: { [reader in Reader]?: number } = {}
  const givenUp: Reader[] = []
  const different: Reader[] = []
  for (const [reader, person] of readerList) {
    const page = findFirstPage(engine, newestFirst, person)
    if (page.p50 === undefined) givenUp.push(reader)
    else if (page.ids.join() !== expectedPage(person).join()) different.push(reader)
    p50[reader] = page.p50
  }
  return { peer: engine.name, version: engine.version, p50, givenUp, different }
}
