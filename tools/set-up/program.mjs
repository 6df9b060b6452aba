import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { BUILT, isBuilt } from '../../apps/cli/bin/built.mjs'
import { runVite } from './vite.mjs'

/** Whether the program stands there as one file that is what its sources make; true, too, where there is none to make. */
export function programIsBuilt(root) {
  return !existsSync(path.join(root, 'apps/cli/vite.config.ts')) || isBuilt(root)
}

/** Makes that file, beside the one that is there: who starts meanwhile has the old or the new, whole, or else the sources. */
export function buildProgram(root) {
  if (programIsBuilt(root)) return
  console.error('set-up: making one file of the program (once per change of it) …')
  const built = path.join(root, BUILT)
  const fresh = `${built}.new`
  rmSync(fresh, { recursive: true, force: true })
  runVite(root, path.dirname(built), path.basename(fresh))
  rmSync(built, { recursive: true, force: true })
  renameSync(fresh, built)
}
