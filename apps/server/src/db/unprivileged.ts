import { spawn, spawnSync } from 'node:child_process'
import { chownSync, lchownSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, StartUpError } from '../start-up-error.ts'

/**
 * How to run a program that refuses to be root, as PostgreSQL does: as we are; in a user namespace where we look like somebody
 * else; or as an unprivileged account.
 */
export type Footing =
  | { readonly kind: 'own' }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'account'; readonly uid: number; readonly gid: number }

const UNSHARE = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const

/**
 * Picks the footing for a server whose files are, or will be, in `folder`. A namespace needs no account and no change of owner;
 * files that already belong to somebody else stay his.
 * Throws `StartUpError` where we are root and nothing else is to be had.
 */
export function chooseFooting(folder: string, canUnshare: () => boolean = namespacesWork): Footing {
  if (process.getuid?.() !== 0) return { kind: 'own' }
  const holder = lstatSync(folder)
  if (holder.uid !== 0) return { kind: 'account', uid: holder.uid, gid: holder.gid }
  return canUnshare() ? { kind: 'namespace' } : findAccount()
}

function namespacesWork(): boolean {
  const [command, ...args] = UNSHARE
  return spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0
}

function findAccount(): Footing {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const account = ['postgres', 'nobody'].map((name) => accounts.find((parts) => parts[0] === name)).find(Boolean)
  if (!account) {
    throw new StartUpError(
      'PostgreSQL does not run as root, and there is neither a user namespace nor an account to run it in: start Bailiwick as another user.',
      EXIT.cannotRun,
    )
  }
  return { kind: 'account', uid: Number(account[2]), gid: Number(account[3]) }
}

/** Gives `folder` and all in it to the footing's account; the other footings need nothing. */
export function handOver(folder: string, footing: Footing): void {
  if (footing.kind !== 'account') return
  chownSync(folder, footing.uid, footing.gid)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), footing.uid, footing.gid)
  }
}

/** Spawns `command` on the footing, with the given file descriptors or streams, in a session of its own if `detached`. */
export function spawnOn(
  footing: Footing,
  command: string,
  args: readonly string[],
  options: { readonly stdio: ('ignore' | 'pipe' | number)[]; readonly detached?: boolean; readonly cwd?: string },
) {
  const line = footing.kind === 'namespace' ? [...UNSHARE, command, ...args] : [command, ...args]
  const account = footing.kind === 'account' ? { uid: footing.uid, gid: footing.gid } : {}
  // The server's messages are read by us, and its log by people of any tongue: one language, whatever the machine's.
  const env = { ...process.env, LC_ALL: 'C', LANG: 'C' }
  return spawn(line[0]!, line.slice(1), { ...options, ...account, env })
}
