/** The rooms of the server and the few files between them, as tools/walls.test.ts lays them out. */
export interface Plan {
  /** From the ground up: a room may import those before it. */
  readonly rooms: readonly string[]
  /** Files at the server's top that every room may import. */
  readonly ground: readonly string[]
  /** Files at the server's top that know everything, and that no room knows. */
  readonly roof: readonly string[]
  /** What a room shows to those above it, where that is not all but its store. */
  readonly faces: Readonly<Record<string, readonly string[]>>
  /** The rooms that may name record tables. */
  readonly recordTables: readonly string[]
  /** Files of the command line that may reach into the server. */
  readonly serverStarters: readonly string[]
}

export const SERVER = 'apps/server/src/'

/** The room that a server file lies in; nothing for files at the top and outside the server. */
export function roomOf(file: string): string | undefined {
  if (!file.startsWith(SERVER)) return undefined
  const [room, ...rest] = file.slice(SERVER.length).split('/')
  return rest.length > 0 ? room : undefined
}

/** The file's name below the server's top, for files that lie right there. */
export function topFileOf(file: string): string | undefined {
  if (!file.startsWith(SERVER)) return undefined
  const rest = file.slice(SERVER.length)
  return rest.includes('/') ? undefined : rest
}

const TEST_ONLY_PLACES = [
  'packages/testkit/',
  'packages/access/src/oracle/',
  'apps/server/src/conformance/',
  'apps/server/src/hardening/',
  'tools/',
  'bench/',
  'e2e/',
]
const ORACLE = 'packages/access/src/oracle.ts'

/** Whether a file is never part of what runs for a customer. */
export function isForTests(file: string): boolean {
  if (TEST_ONLY_PLACES.some((place) => file.startsWith(place)) || file === ORACLE) return true
  return /\.test\.ts$|\.bench\.ts$|-fixture\.ts$|\/testing\/|\/testing\.ts$/.test(file)
}

/** Whether a file lies with the naive reading of the access law. */
export function isOracle(file: string): boolean {
  return file === ORACLE || file.startsWith('packages/access/src/oracle/')
}

/** Whether a file holds a room's own SQL. */
export function isStore(file: string): boolean {
  return /(^|\/)store(\.ts$|\/)/.test(file)
}

/** Whether a file is a room's way in for callers: its routes, and how their bodies are read. */
export function isDoor(file: string): boolean {
  return roomOf(file) !== undefined && /(^|\/)(routes|[a-z0-9-]+-(routes|body))\.ts$/.test(file)
}
