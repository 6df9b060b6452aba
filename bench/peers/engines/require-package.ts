import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Where the peers are installed, apart from everything of ours: `package.json`, its lock and what npm makes of them. */
export const PACKAGES = path.resolve(import.meta.dirname, '../packages')

/** Finds modules from that folder on, so never one of ours. */
const load = createRequire(path.join(PACKAGES, 'package.json'))

/**
 * A peer's module. It is loaded when it is needed and described by the part that is used, so that this folder can be checked without
 * the peers. @throws where it isn't installed or can't be loaded
 */
export function requirePackage<Module>(name: string): Module {
  const loaded: Module = load(name)
  return loaded
}

/** The version of a peer that is installed. */
export function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGES, 'node_modules', name, 'package.json'), 'utf8'))
  return String(version)
}
