/**
 * `npm run api-types`: writes apps/web/src/lib/api/schema.d.ts from the interface's own description, by a server that is started for it.
 * With `--check` it writes nothing and leaves with 1 where the file isn't what the description makes.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig, start } from '@bailiwick/server'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const file = path.join(root, 'apps/web/src/lib/api/schema.d.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-types-'))

try {
  const description = await describe()
  const [source, made] = [path.join(folder, 'openapi.json'), path.join(folder, 'schema.d.ts')]
  writeFileSync(source, description)
  const command = path.join(root, 'apps/web/node_modules/openapi-typescript/bin/cli.js')
  const { status, stderr } = spawnSync(process.execPath, [command, source, '-o', made], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  if (process.argv.includes('--check')) requireSame(readFileSync(made, 'utf8'))
  else writeFileSync(file, readFileSync(made))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function describe(): Promise<string> {
  const environment = {
    PORT: '0',
    BAILIWICK_DATA: path.join(folder, 'data'),
    BAILIWICK_DEMO: '0',
    BAILIWICK_LOG: 'error',
  }
  const running = await start(readConfig(environment, folder))
  try {
    return await (await fetch(`${running.address}/api/openapi.json`)).text()
  } finally {
    await running.close()
  }
}

function requireSame(made: string): void {
  if (made === readFileSync(file, 'utf8')) return
  console.error('apps/web/src/lib/api/schema.d.ts is not what the interface describes: run "npm run api-types".')
  process.exitCode = 1
}
