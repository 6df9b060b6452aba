import { spawnSync } from 'node:child_process'
import { SetUpError } from './errors.mjs'

/** Whether packages of the system may be installed here: root, on Debian or a relative. */
export function mayInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
}

export function apt(args) {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) throw new SetUpError(`apt-get ${args[0]} failed (${status}): see above; is there a network?`)
}
