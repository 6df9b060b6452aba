import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/** Where the packages of this repository live; the same two folders as `workspaces` in package.json. */
const FOLDERS = ['packages', 'apps']

/**
 * Makes `node_modules/<name>` of every package of this repository lead to its folder here. npm does this on install;
 * a moved or copied clone, or an interrupted install, is put right without one.
 */
export function linkWorkspaces(root) {
  for (const folder of FOLDERS)
    for (const entry of readdirSync(path.join(root, folder))) linkPackage(root, path.join(root, folder, entry))
}

function linkPackage(root, folder) {
  const description = path.join(folder, 'package.json')
  if (!existsSync(description)) return
  const { name } = JSON.parse(readFileSync(description, 'utf8'))
  const link = path.join(root, 'node_modules', name)
  if (existsSync(link) && realpathSync(link) === realpathSync(folder)) return
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link, { recursive: true, force: true })
  mkdirSync(path.dirname(link), { recursive: true })
  symlinkSync(path.relative(path.dirname(link), folder), link, process.platform === 'win32' ? 'junction' : 'dir')
}
