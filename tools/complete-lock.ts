/**
 * `node tools/complete-lock.ts`: run after `npm install <package>` where the registry in use does not carry every
 * platform's build of a package.
 *
 * npm leaves an optional dependency that it could not find out of package-lock.json, and `npm ci` then refuses that
 * lock on every machine. For each one left out this adds the entry that makes the lock whole again: the version that
 * its parent names and the platform that its name tells. tools/lock.test.ts fails while one is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findMissingOptionals, type Lock, placeholderFor } from './lock-file.ts'

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock: Lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = findMissingOptionals(lock)
for (const optional of missing) lock.packages[`node_modules/${optional.name}`] = placeholderFor(optional)

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${missing.length} entries added to package-lock.json`)
