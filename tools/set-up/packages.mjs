import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { SetUpError } from './errors.mjs'

/** Whether node_modules holds what package-lock.json asks for on this kind of machine. */
export function packagesAreInstalled(root) {
  const stamp = stampFile(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedStamp(root)) return true
  if (!matchesLock(root)) return false
  writeFileSync(stamp, wantedStamp(root))
  return true
}

/**
 * Installs exactly what the lock names. Install scripts are left out on purpose: npm versions differ in which they
 * run, and the two that we need (the pinned Node, PostgreSQL's library links) are done by this set-up itself.
 */
export function installPackages(root) {
  if (packagesAreInstalled(root)) return
  console.error('set-up: installing packages (once per change of package-lock.json) …')
  const options = [
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  runNpm(root, ['ci', ...options])
  writeFileSync(stampFile(root), wantedStamp(root))
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.set-up-stamp')
}

function wantedStamp(root) {
  const lock = readFileSync(path.join(root, 'package-lock.json'))
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`
}

/**
 * Compares with npm's own note of what lies in node_modules, so that a developer who ran `npm install` himself is not
 * made to install everything again.
 */
function matchesLock(root) {
  const noted = path.join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(noted)) return false
  const there = JSON.parse(readFileSync(noted, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([place, entry]) => !isNeededHere(place, entry) || isSame(there[place], entry))
}

function isNeededHere(place, entry) {
  if (!place.startsWith('node_modules/') || entry.link) return false
  // Which C library an optional package is for is npm's business; the rest of the lock tells enough.
  if (entry.libc) return false
  return suits(entry.os, process.platform) && suits(entry.cpu, process.arch)
}

function suits(wanted, actual) {
  const list = [wanted ?? []].flat()
  if (list.includes(`!${actual}`)) return false
  return list.every((name) => name.startsWith('!')) || list.includes(actual)
}

function isSame(there, wanted) {
  return there !== undefined && there.version === wanted.version && there.integrity === wanted.integrity
}

/** npm by the Node that already runs it: the pinned one in node_modules is about to be replaced. */
function runNpm(root, args) {
  const cli = process.env.npm_execpath
  const node = process.env.npm_node_execpath ?? process.execPath
  const [command, ...first] = cli ? [node, cli] : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  const { error, status } = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !cli && process.platform === 'win32',
  })
  if (error) throw new SetUpError(`npm cannot be run (${error.message}): install npm next to Node and try again.`)
  if (status !== 0) throw new SetUpError(`npm ci failed (${status}): see its message above; is there a network?`)
}
