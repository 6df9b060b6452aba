/**
 * Makes a fresh clone able to run: `node tools/set-up.mjs [--tests]`, called by npm before `start`, `dev` and `test`.
 *
 * Plain JavaScript, because it has to run under whatever Node (20 or newer) the machine has before the pinned one is
 * there. A second run finds everything in place, asks no network, and takes a fraction of a second.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { linkEmbeddedPostgres } from './set-up/embedded-postgres.mjs'
import { SetUpError } from './set-up/errors.mjs'
import { alone } from './set-up/lock.mjs'
import { installPackages, packagesAreInstalled } from './set-up/packages.mjs'
import { providePinnedNode } from './set-up/pinned-node.mjs'
import { buildProgram, programIsBuilt } from './set-up/program.mjs'
import { provideTestBrowser } from './set-up/test-browser.mjs'
import { provideTestPostgres } from './set-up/test-postgres.mjs'
import { buildWeb, webIsBuilt } from './set-up/web.mjs'
import { linkWorkspaces } from './set-up/workspaces.mjs'

const OLDEST_NODE = 20
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

async function setUp({ tests }) {
  requireNode()
  if (!packagesAreInstalled(root)) await alone(root, () => installPackages(root))
  linkWorkspaces(root)
  linkEmbeddedPostgres(root)
  providePinnedNode(root)
  if (!webIsBuilt(root)) await alone(root, () => buildWeb(root))
  if (!programIsBuilt(root)) await alone(root, () => buildProgram(root))
  if (tests) provideTestPostgres()
  if (tests) provideTestBrowser()
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < OLDEST_NODE)
    throw new SetUpError(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer.`)
  if (!existsSync(path.join(root, 'package-lock.json')))
    throw new SetUpError(`package-lock.json is missing in ${root}: check it out again with git.`)
}

try {
  await setUp({ tests: process.argv.includes('--tests') })
} catch (error) {
  console.error(error instanceof SetUpError ? `set-up: ${error.message}` : error)
  process.exit(1)
}
