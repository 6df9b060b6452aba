import path from 'node:path'

/** The part of a lock entry that is read or written here. */
export interface LockEntry {
  readonly version?: string
  readonly cpu?: readonly string[]
  readonly os?: readonly string[]
  readonly libc?: readonly string[]
  readonly dev?: boolean
  readonly optional?: boolean
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
export interface Lock {
  packages: Record<string, LockEntry>
}
export interface MissingOptional {
  readonly name: string
  readonly version: string
  readonly dev: boolean
}

/** Words of package names that say which machine a build is for, by the property of a lock entry that holds them. */
const PLATFORM_WORDS = {
  os: ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'],
  cpu: ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'],
}

/** The optional dependencies that a package of the lock names and the lock itself has no entry for. */
export function findMissingOptionals(lock: Lock): MissingOptional[] {
  const missing = new Map<string, MissingOptional>()
  for (const [place, entry] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {}))
      if (!isLocked(lock, place, name)) missing.set(name, { name, version, dev: entry.dev === true })
  return [...missing.values()]
}

/** What npm would have noted of the package, as far as its name and its parent tell; without a checksum. */
export function placeholderFor({ name, version, dev }: MissingOptional): LockEntry {
  const least = /^\^?(\d+\.\d+\.\d+\S*)$/.exec(version)?.[1]
  if (!least) throw new Error(`${name}@${version}: only an exact or a least version can be noted without asking`)
  const words = name.split(/[-/]/).map((word) => (word === 'windows' ? 'win32' : word))
  const cpu = PLATFORM_WORDS.cpu.filter((word) => words.includes(word))
  const os = PLATFORM_WORDS.os.filter((word) => words.includes(word))
  if (os.length + cpu.length === 0) throw new Error(`${name}: its name tells no platform`)
  return {
    version: least,
    ...(cpu.length > 0 && { cpu }),
    ...(dev && { dev }),
    ...findLibc(words),
    optional: true,
    ...(os.length > 0 && { os }),
  }
}

function findLibc(words: readonly string[]): Pick<LockEntry, 'libc'> {
  if (words.some((word) => word.startsWith('musl'))) return { libc: ['musl'] }
  return words.some((word) => word.startsWith('gnu')) ? { libc: ['glibc'] } : {}
}

/** npm looks for a dependency inside the package that wants it, then in each folder above. */
function isLocked(lock: Lock, place: string, name: string): boolean {
  for (let at = place; at !== '' && at !== '.'; at = path.posix.dirname(at))
    if (lock.packages[`${at}/node_modules/${name}`]) return true
  return lock.packages[`node_modules/${name}`] !== undefined
}
