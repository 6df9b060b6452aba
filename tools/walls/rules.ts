import { isDoor, isForTests, isOracle, isStore, type Plan, roomOf, SERVER, topFileOf } from './plan.ts'
import { type Edge, type SourceTree, workspaceOf } from './source-tree.ts'

/** Says what is allowed instead, where an import goes through a wall. */
export type Rule = (edge: Edge, plan: Plan, tree: SourceTree) => string | undefined

const ACCESS = 'packages/access/'
const CONTRACT = 'packages/contract/'
const CLI = 'apps/cli/'
/** Whoever starts the program by it looks for what set-up built, and takes the sources where there is nothing. */
const STARTER = `${CLI}bin/bailiwick.mjs`
const TEST_PACKAGES = ['vitest', 'fast-check']

/** What a target is called in rules: its file, or the package's or Node module's name. */
function nameOf({ target, specifier }: Edge): string {
  if (target.kind === 'file') return target.file
  return target.kind === 'node' || target.kind === 'package' ? target.name : specifier
}

const accessIsPure: Rule = (edge) => {
  if (
    !edge.from.startsWith(ACCESS) ||
    (isForTests(edge.from) && !isOracle(edge.from)) ||
    nameOf(edge).startsWith(ACCESS)
  )
    return
  if (edge.from.endsWith('.test.ts')) return
  return 'packages/access imports nothing but its own files: what it needs of the world is passed in as an argument'
}

const oracleStandsAlone: Rule = (edge) => {
  if (!isOracle(edge.from) || edge.from.endsWith('.test.ts') || isOracle(nameOf(edge))) return
  if (['document.ts', 'facts.ts'].some((name) => nameOf(edge) === `${ACCESS}src/${name}`)) return
  return 'the oracle shares only document.ts and facts.ts with the engine: a rule is written out a second time there'
}

const contractIsThin: Rule = (edge) => {
  if (!edge.from.startsWith(CONTRACT) || isForTests(edge.from)) return
  const name = nameOf(edge)
  if (name.startsWith(CONTRACT) || name === 'typebox' || (name.startsWith(ACCESS) && edge.typeOnly)) return
  return 'packages/contract imports typebox and types of @bailiwick/access (import type), nothing else'
}

const roomsStandInOrder: Rule = ({ from, target }, { rooms, ground, roof, faces }) => {
  if (!from.startsWith(SERVER) || isForTests(from) || target.kind !== 'file' || !target.file.startsWith(SERVER)) return
  const [room, other, top] = [roomOf(from), roomOf(target.file), topFileOf(target.file)]
  if (top && roof.includes(top))
    return topFileOf(from)
      ? undefined
      : `${top} belongs to the roof, which knows every room and which no room knows: take what you need as an argument`
  if (top)
    return ground.includes(top) ? undefined : `only ${ground.join(', ')} lie below every room; put the file in a room`
  if (!room)
    return isShown(target.file, faces) || roof.includes(topFileOf(from) ?? '')
      ? undefined
      : 'files below every room import no room, but for what a room shows to all'
  if (!other || room === other || isForTests(target.file) || isDoor(from)) return
  if (rooms.includes(room) && rooms.indexOf(other) >= 0 && rooms.indexOf(other) < rooms.indexOf(room)) return
  return `${room}/ may import these rooms: ${rooms.slice(0, Math.max(0, rooms.indexOf(room))).join(', ') || 'none'}`
}

const doorsStandAboveTheRooms: Rule = ({ from, target }, { roof }) => {
  if (isForTests(from) || target.kind !== 'file' || !isDoor(target.file)) return
  if (isDoor(from) || roof.includes(topFileOf(from) ?? '')) return
  return `a door (routes.ts, *-routes.ts, *-body.ts) is opened from outside alone: only ${roof.join(', ')} and other doors import it; a verb goes into a file of its own`
}

const storesAreTheRoomsOwn: Rule = ({ from, target }) => {
  if (isForTests(from) || target.kind !== 'file' || !isStore(target.file) || roomOf(from) === roomOf(target.file))
    return
  return `a store is its room's own: import a verb of ${roomOf(target.file)}/ and let that ask the store`
}

/** Whether a file is named as one that its room shows to all others. */
function isShown(file: string, faces: Plan['faces']): boolean {
  const room = roomOf(file) ?? ''
  return faces[room]?.includes(file.slice(`${SERVER}${room}/`.length)) ?? false
}

const roomsShowTheirFace: Rule = ({ from, target }, { faces, roof }) => {
  if (isForTests(from) || target.kind !== 'file' || roof.includes(topFileOf(from) ?? '')) return
  const other = roomOf(target.file)
  const face = other === undefined ? undefined : faces[other]
  if (!other || !face || roomOf(from) === other) return
  if (isShown(target.file, faces)) return
  return `of ${other}/ other rooms may import ${face.join(', ')}`
}

const onlyTheGatewayNamesRecordTables: Rule = ({ from, target, names }, { recordTables }) => {
  if (!from.startsWith('apps/') || isForTests(from) || recordTables.includes(roomOf(from) ?? '')) return
  if (target.kind !== 'file' || target.file !== `${SERVER}modules/columns.ts`) return
  if (!names.includes('recordTable') && !names.includes('*')) return
  return `only ${recordTables.join('/ and ')}/ touch record tables: ask a verb of records/, with the actor`
}

const cliIsAClient: Rule = (edge, { serverStarters }) => {
  if (!edge.from.startsWith(CLI) || isForTests(edge.from)) return
  const name = nameOf(edge)
  const isOurs = name.startsWith('packages/') || name.startsWith('apps/')
  if (!isOurs || name.startsWith(CLI) || name.startsWith(CONTRACT)) return
  if (name.startsWith('apps/server/') && serverStarters.includes(edge.from.slice(`${CLI}src/`.length))) return
  return `the command line speaks HTTP: it imports @bailiwick/contract; only ${serverStarters.join(' and ')} may import @bailiwick/server`
}

const WEB = 'apps/web/src/'

/** The part of the web application that a file lies in: `app`, `lib`, `ui`, or a feature by its folder. */
function webPartOf(file: string): string | undefined {
  if (!file.startsWith(WEB)) return undefined
  const [part = '', feature] = file.slice(WEB.length).split('/')
  return part === 'features' ? `features/${feature}` : part
}

const webPartsStandApart: Rule = ({ from, target }) => {
  const here = webPartOf(from)
  if (here === undefined || isForTests(from) || target.kind !== 'file') return
  const there = webPartOf(target.file)
  if (there === undefined) {
    return target.file.startsWith('packages/')
      ? undefined
      : 'the web application imports @bailiwick/contract and @bailiwick/access'
  }
  if (here === there || here === 'app' || (!here.includes('/') && !['lib', 'ui'].includes(here))) return
  const below = here === 'lib' ? ['texts'] : here === 'ui' ? ['lib'] : ['lib', 'ui']
  return below.includes(there)
    ? undefined
    : `${here} imports its own files and ${below.join(', ')}; app/ puts features together`
}

const testsOnly: Rule = (edge) => {
  if (isForTests(edge.from)) return
  const name = nameOf(edge)
  if (!TEST_PACKAGES.includes(name) && !(edge.target.kind === 'file' && isForTests(name))) return
  return 'test helpers are imported by tests (*.test.ts, testing/, packages/testkit, tools, bench, e2e)'
}

const noDeepImports: Rule = ({ from, target }, _plan, tree) => {
  if (target.kind === 'sealed')
    return `of ${target.workspace.name} you may import ${[...target.workspace.exports.keys()].join(', ') || 'nothing'}`
  if (target.kind !== 'file' || target.through) return
  const [here, there] = [workspaceOf(from, tree), workspaceOf(target.file, tree)]
  if (here === there || here?.folder === '.') return
  return `${here?.name} imports other packages by name, not by path: ${[...(there?.exports.keys() ?? [])].join(', ')}`
}

const everyPackageIsDeclared: Rule = ({ from, target }, _plan, tree) => {
  const name = target.kind === 'package' ? target.name : target.kind === 'file' ? target.through?.name : undefined
  const here = workspaceOf(from, tree)
  if (name === undefined || here === undefined || here.name === name) return
  const shared = tree.workspaces.find(({ folder }) => folder === '.')
  if (here.needs.has(name) || (isForTests(from) && (shared?.needs.has(name) || target.kind === 'file'))) return
  return `${here.name} imports what its package.json names: add ${name} there`
}

const everyImportLeadsSomewhere: Rule = ({ from, specifier, target }) =>
  target.kind === 'nowhere' && !(from === STARTER && specifier === '../dist/main.js')
    ? 'an import by path names an existing file, with its extension'
    : undefined

/** Every wall that a single import can go through, by name. */
export const RULES = {
  'access is pure': accessIsPure,
  'the oracle stands alone': oracleStandsAlone,
  'contract is thin': contractIsThin,
  'rooms stand in order': roomsStandInOrder,
  'doors stand above the rooms': doorsStandAboveTheRooms,
  'a store is its room’s own': storesAreTheRoomsOwn,
  'rooms show their face': roomsShowTheirFace,
  'only the gateway names record tables': onlyTheGatewayNamesRecordTables,
  'the command line is a client': cliIsAClient,
  'parts of the web application stand apart': webPartsStandApart,
  'test helpers stay in tests': testsOnly,
  'no deep imports': noDeepImports,
  'every package is declared': everyPackageIsDeclared,
  'every import leads somewhere': everyImportLeadsSomewhere,
} satisfies Record<string, Rule>
