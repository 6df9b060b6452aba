import { findCycles } from './cycles.ts'
import { isForTests, type Plan, roomOf, SERVER } from './plan.ts'
import { RULES } from './rules.ts'
import { linkSources, type SourceTree } from './source-tree.ts'

/** A breach of a wall: which, where, and what is allowed instead. */
export interface Breach {
  readonly rule: string
  readonly place: string
  readonly allowed: string
}

/** Checks sources (text by path from the repository's root) against every wall. */
export function checkWalls(texts: ReadonlyMap<string, string>, plan: Plan): Breach[] {
  const tree = linkSources(texts)
  return [
    ...breachesOfImports(tree, plan),
    ...breachesOfOrder(tree, plan),
    ...breachesOfText(tree, plan),
    ...breachesOfReading(tree),
  ]
}

function breachesOfImports(tree: SourceTree, plan: Plan): Breach[] {
  const breaches: Breach[] = []
  for (const edge of tree.edges)
    for (const [rule, allows] of Object.entries(RULES)) {
      const allowed = allows(edge, plan, tree)
      if (allowed) breaches.push({ rule, place: `${edge.from}:${edge.line} imports ${edge.specifier}`, allowed })
    }
  return breaches
}

function breachesOfOrder(tree: SourceTree, { rooms }: Plan): Breach[] {
  const cycles = findCycles(tree.edges.filter(({ from }) => !isForTests(from))).map((cycle) => ({
    rule: 'no cycles',
    place: [...cycle, cycle[0]].join(' → '),
    allowed: 'imports lead one way: move what both need into a file of its own, or pass it as an argument',
  }))
  const found = new Set(
    [...tree.files.keys()].filter((file) => !isForTests(file)).flatMap((file) => roomOf(file) ?? []),
  )
  const unlisted = [...found].filter((room) => !rooms.includes(room))
  return [
    ...cycles,
    ...unlisted.map((room) => ({
      rule: 'every room is listed',
      place: `apps/server/src/${room}/`,
      allowed: 'a room has its place in the list of tools/walls.test.ts',
    })),
  ]
}

/** The name of a record table, or the start of one in a template. */
const RECORD_TABLE = /(?<![A-Za-z0-9_])r_([a-zA-Z]|$)/

/** Who writes a line of history tells who listens; the one place where that is so. */
const LINE_OF_HISTORY = /into\s+"?history\b/i
const HISTORIAN = `${SERVER}records/history.ts`

function breachesOfText({ files }: SourceTree, { recordTables }: Plan): Breach[] {
  return [...files].flatMap(([file, { texts, chances }]) => {
    const breaches: Breach[] = []
    if (file.startsWith('packages/access/') && !file.endsWith('.test.ts'))
      for (const { what, line } of chances)
        breaches.push({
          rule: 'access asks no clock',
          place: `${file}:${line} calls ${what}`,
          allowed: 'time and chance are arguments',
        })
    if (file.startsWith('apps/') && !isForTests(file) && !recordTables.includes(roomOf(file) ?? ''))
      for (const { what, line } of texts.filter(({ what }) => RECORD_TABLE.test(what)))
        breaches.push({
          rule: 'only the gateway names record tables',
          place: `${file}:${line} says ${JSON.stringify(what.slice(0, 60))}`,
          allowed: `only ${recordTables.join('/ and ')}/ touch record tables: ask a verb of records/, with the actor`,
        })
    if (file.startsWith('apps/') && !isForTests(file) && file !== HISTORIAN)
      for (const { what, line } of texts.filter(({ what }) => LINE_OF_HISTORY.test(what)))
        breaches.push({
          rule: 'history is written in one place',
          place: `${file}:${line} says ${JSON.stringify(what.slice(0, 60))}`,
          allowed: `lineOfHistory and linesOfHistory of ${HISTORIAN} write it: nobody would be told of other lines`,
        })
    return breaches
  })
}

function breachesOfReading({ files }: SourceTree): Breach[] {
  return [...files].flatMap(([file, { unread }]) =>
    unread.map(({ what, line }) => ({
      rule: 'every import can be read',
      place: `${file}:${line}: ${what}`,
      allowed: 'imports name their module in a literal, and sources parse',
    })),
  )
}
