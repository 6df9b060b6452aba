import { BUILT_IN_MODULES } from '@bailiwick/access'
import type { Logger } from 'pino'
import { buildNetworkServer, buildOperatorServer } from './build-servers.ts'
import type { Config } from './config.ts'
import { holdDataFolder } from './data-folder/hold-data-folder.ts'
import { requireMasterKey } from './data-folder/master-key.ts'
import { openDatabase } from './db/database.ts'
import { requireSameMasterKey } from './db/master-key-fingerprint.ts'
import type { App } from './http/app.ts'
import { createLog } from './http/log.ts'
import { entriesWritten } from './identity/note-entries.ts'
import { openRooms } from './open-rooms.ts'
import { createParts, type Foundation, type Parts } from './parts.ts'
import { completeOrganizations } from './policy/complete-organizations.ts'
import { POLICY_CHANNEL } from './policy/live-policy.ts'

export type { Foundation, Parts } from './parts.ts'

/** The program, whole, but listening nowhere. */
export interface Program {
  readonly parts: Parts
  /** For the network. */
  buildNetworkServer(): App
  /** For the socket in the data folder: the operator's surface, and the ordinary one for whomever he acts for. */
  buildOperatorServer(): App
  /** After the servers are closed: ends jobs, lets the database and the data folder go. */
  close(): Promise<void>
}

/**
 * Takes the data folder, opens the database and puts the program together.
 * @throws {StartUpError} one line that says what keeps it from starting; nothing stays held or running then
 */
export async function compose(config: Config, log: Logger = createLog(config.log)): Promise<Program> {
  const hold = await holdDataFolder(config.dataFolder)
  try {
    const masterKey = requireMasterKey(config.masterKey)
    const database = await openDatabase(
      config.databaseUrl ? { url: config.databaseUrl } : { folder: config.dataFolder },
      {
        warn: (line) => log.warn(line),
      },
    )
    try {
      return await assemble({ config, log, database, masterKey, letGo: () => hold.release() })
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (error) {
    hold.release()
    throw error
  }
}

/** Puts the program together on a database that is open already. */
export async function assemble(foundation: Foundation): Promise<Program> {
  const { database, log, masterKey, letGo } = foundation
  await requireSameMasterKey(database.owner, masterKey)
  await completeOrganizations(database, BUILT_IN_MODULES, (line) => log.info(line))
  const parts = createParts(foundation)
  const stopListening = await followPolicies(parts)
  const rooms = await openRooms(parts)
  return {
    parts,
    buildNetworkServer: () => buildNetworkServer(parts, rooms),
    buildOperatorServer: () => buildOperatorServer(parts, rooms),
    close: async () => {
      stopListening()
      await entriesWritten()
      rooms.live.stop()
      await rooms.swept
      await rooms.jobs.stop()
      rooms.stopMails()
      await database.close()
      letGo()
    },
  }
}

/**
 * Another process may have changed a policy: what is held of it goes, so that the next request needn't find out by its stamp. A missed
 * notification costs that request a second round, nothing else.
 */
async function followPolicies({ database, policies }: Parts): Promise<() => void> {
  return database.listen(POLICY_CHANNEL, (id) => {
    if (id !== '') policies.forget({ id, schema: '', role: '' })
  })
}
