import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compose } from '../../apps/server/src/compose.ts'
import { readConfig } from '../../apps/server/src/config.ts'
import type { Place } from '../data-set/build.ts'
import { pause, type Shot } from '../load/fire.ts'
import { heardDuring, listenIn, type SentStatement } from './listening-in.ts'
import { environmentOf } from './our-server.ts'

/** The whole program in this process, for what it says to the database. */
export interface InProcess {
  /** The statements behind an answer, once the program is warm for the question. */
  statementsOf(shot: Shot): Promise<SentStatement[]>
  close(): Promise<void>
}

const WARM_UP = 3
const MOST_TRIES = 30

export async function openInProcess(place: Place): Promise<InProcess> {
  listenIn()
  const folder = mkdtempSync(path.join(tmpdir(), 'bw-bench-inside-'))
  const program = await compose(readConfig({ ...environmentOf(place, folder), BAILIWICK_LOG: 'silent' }, folder))
  const app = program.buildNetworkServer()
  const ask = async ({ method, path: url, headers, body }: Shot) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await app.inject({ method, url, headers: { ...type, ...headers }, payload: body })
    if (answer.statusCode >= 300 && answer.statusCode !== 503) throw new Error(`${answer.statusCode}: ${answer.body}`)
    return answer.statusCode
  }
  /** What it has no time for (503) sends no statement. */
  const askUntilServed = async (shot: Shot) => {
    for (let tries = 0; tries < MOST_TRIES && (await ask(shot)) === 503; tries++) await pause()
  }
  return {
    statementsOf: async (shot) => {
      for (let count = 0; count < WARM_UP; count++) await askUntilServed(shot)
      return heardDuring(() => askUntilServed(shot))
    },
    close: async () => {
      await app.close()
      await program.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
