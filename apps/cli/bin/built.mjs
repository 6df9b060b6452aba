import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** Where `tools/set-up.mjs` puts the program as one file, which loads in half the time of its two and a half thousand. */
export const BUILT = 'apps/cli/dist'

/** Whether that file is what the sources make: none of them has changed since. */
export function isBuilt(root) {
  try {
    const sources = JSON.parse(readFileSync(path.join(root, BUILT, 'sources.json'), 'utf8'))
    return (
      sources.length > 0 && sources.every(([file, size, changed]) => isAsItWas(path.join(root, file), size, changed))
    )
  } catch {
    return false
  }
}

function isAsItWas(file, size, changed) {
  const found = statSync(file)
  return found.size === size && found.mtimeMs === changed
}
