import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/** Where the packages of this repository live; the same two folders as `workspaces` in package.json. */
const FOLDERS = ['packages', 'apps']

/**
 * Makes `node_modules/<name>` of every package of this repository lead to its folder here, and its commands to their
 * files. npm does this on install; a moved or copied clone, an interrupted install, or a command that came with the
 * last pull is put right without one.
 */
export function linkWorkspaces(root) {
  for (const folder of FOLDERS)
    for (const entry of readdirSync(path.join(root, folder))) linkPackage(root, path.join(root, folder, entry))
}

function linkPackage(root, folder) {
  const description = path.join(folder, 'package.json')
  if (!existsSync(description)) return
  const { name, bin } = JSON.parse(readFileSync(description, 'utf8'))
  link(path.join(root, 'node_modules', name), folder)
  for (const [command, file] of Object.entries(bin ?? {}))
    link(path.join(root, 'node_modules', '.bin', command), path.join(folder, file))
}

function link(place, target) {
  // Windows starts commands by files that npm writes.
  if (!existsSync(target) || (process.platform === 'win32' && path.dirname(place).endsWith('.bin'))) return
  if (existsSync(place) && realpathSync(place) === realpathSync(target)) return
  if (lstatSync(place, { throwIfNoEntry: false })) rmSync(place, { recursive: true, force: true })
  mkdirSync(path.dirname(place), { recursive: true })
  symlinkSync(path.relative(path.dirname(place), target), place, process.platform === 'win32' ? 'junction' : undefined)
}
