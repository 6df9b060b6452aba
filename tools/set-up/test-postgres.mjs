import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { apt, mayInstall } from './apt.mjs'
import { SetUpError } from './errors.mjs'

const INSTALLED = '/usr/lib/postgresql'
const CLUSTER_OPTIONS = '/etc/postgresql-common/createcluster.d'

/**
 * The store's tests run a second time against the system's PostgreSQL, the oldest that Bailiwick supports. Where we
 * may install it (root on Debian or a relative) and it is missing, we do; elsewhere the tests say what they left out.
 */
export function provideTestPostgres() {
  if (hasServer()) return
  if (!mayInstall()) {
    console.error(
      'set-up: no PostgreSQL server in /usr/lib/postgresql: tests against a server of your own are left out.',
    )
    return
  }
  console.error('set-up: installing PostgreSQL for the tests (once) …')
  withoutDefaultCluster()
  apt(['update', '-qq'])
  apt(['install', '-y', '-qq', '--no-install-recommends', 'postgresql'])
  if (!hasServer()) throw new SetUpError(`the postgresql package brought no initdb to ${INSTALLED}.`)
}

function hasServer() {
  if (!existsSync(INSTALLED)) return false
  return readdirSync(INSTALLED).some((version) => existsSync(path.join(INSTALLED, version, 'bin', 'initdb')))
}

/** We want the programs; a server that the package starts on port 5432 would be in the way of the machine's owner. */
function withoutDefaultCluster() {
  mkdirSync(CLUSTER_OPTIONS, { recursive: true })
  writeFileSync(path.join(CLUSTER_OPTIONS, 'no-default-cluster.conf'), 'create_main_cluster = false\n')
}
