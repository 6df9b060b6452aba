import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startOlderServer } from '../apps/server/src/testing/throw-away-server.ts'

/**
 * `node tools/postgres-15.ts [command…]`: a throw-away PostgreSQL of the machine's own (the oldest from 15 to 17), on empty files.
 * With a command, runs it with the server as DATABASE_URL and leaves with its exit code; without, prints the address and serves
 * until Ctrl-C.
 */
const { url, stop } = await startOlderServer()
try {
  process.exitCode = await serve(process.argv.slice(2))
} finally {
  await stop()
}

async function serve([command, ...args]: string[]): Promise<number> {
  if (command === undefined) {
    console.log(`DATABASE_URL=${url}`)
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    return 0
  }
  process.on('SIGINT', () => {}) // the command gets it from the terminal, too, and ends first
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } })
  const [code] = await once(child, 'exit')
  return code ?? 1
}
