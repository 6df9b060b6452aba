import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { SetUpError } from './errors.mjs'

/** Builds an app into a folder of it, by the pinned Node: the one that the machine has may be too old for Vite. */
export function runVite(root, app, outDir) {
  const pinned = path.join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  const args = ['build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  const { error, status } = spawnSync(existsSync(pinned) ? pinned : process.execPath, [vite, ...args], {
    cwd: app,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (error) throw new SetUpError(`vite cannot be run (${error.message}).`)
  if (status !== 0) throw new SetUpError(`${path.relative(root, app)} could not be built (${status}): see above.`)
}
