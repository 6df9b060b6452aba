import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { PACKAGES } from './engines/require-package.ts'

const INSTALLED = path.join(PACKAGES, 'node_modules/.package-lock.json')
const LOCK = path.join(PACKAGES, 'package-lock.json')

/** Installs the peers where they aren't. No script of a package is run: what would have to be compiled is replaced or not used. */
export async function requirePackages(say: (line: string) => void): Promise<void> {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs) return
  say('Installing the peers into bench/peers/packages, once: about 800 MB')
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const child = spawn('npm', args, { cwd: PACKAGES, stdio: 'inherit', shell: process.platform === 'win32' })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`npm ci in bench/peers/packages ended with ${code}`)
}
