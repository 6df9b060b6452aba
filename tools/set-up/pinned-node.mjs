import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { SetUpError } from './errors.mjs'

/** From this version on Node runs TypeScript files as they are, without a flag. */
const TYPES_STRIPPED_SINCE = 24

/**
 * Makes `node_modules/.bin/node`, which npm puts first on the path of every script, the version that package.json
 * pins. The binary is a package of its own per platform; the `node` package would link it with an install script,
 * which many an npm does not run.
 */
export function providePinnedNode(root) {
  const binary = findPlatformBinary(root)
  if (binary) return usePinned(root, binary)
  if (Number(process.versions.node.split('.')[0]) >= TYPES_STRIPPED_SINCE) return
  const platform = `${process.platform}-${process.arch}`
  throw new SetUpError(
    `Node ${pinnedVersion(root)} is not packaged for ${platform}: install Node ${TYPES_STRIPPED_SINCE} yourself.`,
  )
}

function usePinned(root, binary) {
  if (process.platform === 'win32') return
  const ours = path.join(root, 'node_modules', 'node', 'bin', 'node')
  const onPath = path.join(root, 'node_modules', '.bin', 'node')
  if (sizeOf(ours) !== sizeOf(binary)) replaceByLink(binary, ours)
  if (leadsTo(onPath, [ours, binary])) return
  requireVersion(binary, pinnedVersion(root))
  mkdirSync(path.dirname(onPath), { recursive: true })
  rmSync(onPath, { force: true })
  symlinkSync(path.relative(path.dirname(onPath), binary), onPath)
}

function findPlatformBinary(root) {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = platform === 'win' ? 'node.exe' : 'node'
  const candidates = [
    path.join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file),
    path.join(root, 'node_modules', 'node', 'bin', file),
  ]
  // A file of a few bytes is what an install script that was stopped half-way leaves behind.
  return candidates.find((candidate) => sizeOf(candidate) > 1_000_000)
}

function replaceByLink(binary, place) {
  mkdirSync(path.dirname(place), { recursive: true })
  rmSync(place, { force: true })
  try {
    linkSync(binary, place)
  } catch {
    copyFileSync(binary, place)
  }
}

function leadsTo(link, targets) {
  if (!lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return false
  return targets.includes(path.resolve(path.dirname(link), readlinkSync(link)))
}

function requireVersion(binary, wanted) {
  const { stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  if (stdout?.trim() !== `v${wanted}`)
    throw new SetUpError(`${binary} is not Node ${wanted}: delete node_modules and try again.`)
}

function pinnedVersion(root) {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.node
}

function sizeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
