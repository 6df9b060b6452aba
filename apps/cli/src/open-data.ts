import { compose, DataFolderHeld, listenOnSocket, readConfig, StartUpError } from '@bailiwick/server'
import type { Environment, Opened } from './connection/opened.ts'
import { Failure } from './failure.ts'

/**
 * Composes the program on the data folder that no server holds, listening on the operator's socket alone.
 * @throws {Failure} in one line, what keeps the data from being opened
 */
export async function openData(environment: Environment, folder: string): Promise<Opened> {
  try {
    const config = readConfig({ ...environment, BAILIWICK_LOG: environment.BAILIWICK_LOG?.trim() || 'error' }, folder)
    const program = await compose(config)
    const server = program.buildOperatorServer()
    const close = async () => {
      await server.close()
      await program.close()
    }
    try {
      await listenOnSocket(server, config.dataFolder)
    } catch (error) {
      await close()
      throw error
    }
    return { kind: 'open', close }
  } catch (error) {
    if (error instanceof DataFolderHeld) return { kind: 'held', message: error.message }
    if (error instanceof StartUpError) throw new Failure(error.message, { exitCode: error.exitCode })
    throw error
  }
}
