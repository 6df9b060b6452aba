import { compose, type Program } from './compose.ts'
import { type Config, type Environment, readConfig } from './config.ts'
import { prepareDemo } from './demo/prepare-demo.ts'
import type { App } from './http/app.ts'
import { listenOnNetwork, listenOnSocket } from './listen.ts'
import { releaseMemorySoon } from './release-memory.ts'
import { StartUpError } from './start-up-error.ts'

export { compose, type Parts, type Program } from './compose.ts'
export { type Config, type Environment, readConfig } from './config.ts'
export { DataFolderHeld } from './data-folder/data-folder-held.ts'
export { listenOnSocket, operatorSocket } from './listen.ts'
export { StartUpError } from './start-up-error.ts'

/** How long running requests get once the server shuts down, in milliseconds. */
const DRAIN_WITHIN = 30_000
const EXIT_FAULT = 70
const EXIT_FORCED = 1

/** A server that serves. */
export interface Running {
  /** `http://127.0.0.1:7200` */
  readonly address: string
  readonly program: Program
  /** Finishes what runs, lets everything go. Called again, it waits for the same. */
  close(): Promise<void>
}

export interface StartOptions {
  /** Takes what is to be told to whoever starts the server, a line at a time. */
  readonly say?: (line: string) => void
}

/** Starts a server. @throws {StartUpError} what keeps it from starting, in one line; nothing stays behind then */
export async function start(config: Config, { say = () => {} }: StartOptions = {}): Promise<Running> {
  const program = await compose(config)
  const apps: App[] = []
  const close = once(() => closeAll(apps, program))
  try {
    if (config.demo) {
      const { demoPassword: password } = program.parts
      await prepareDemo(program.parts, { password, again: config.demo === 'again' }, say)
    }
    const operator = program.buildOperatorServer()
    const network = program.buildNetworkServer()
    apps.push(operator, network)
    await listenOnSocket(operator, config.dataFolder)
    const address = await listenOnNetwork(network, config)
    return { address, program, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function closeAll(apps: readonly App[], program: Program): Promise<void> {
  const hurry = setTimeout(() => hangUp(apps), DRAIN_WITHIN)
  await Promise.all(apps.map((app) => app.close()))
  clearTimeout(hurry)
  await program.close()
}

function hangUp(apps: readonly App[]): void {
  for (const app of apps) app.server.closeAllConnections()
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}

/**
 * `bailiwick start`: serves until a signal says otherwise. The first SIGTERM or SIGINT drains and leaves with 0, a second one half a second
 * later or more leaves at once: a supervisor that signals the whole group is heard twice, from itself and from who started us. What
 * keeps it from starting is printed as one line on standard error.
 */
export async function serve(
  environment: Environment,
  folder: string,
  options: StartOptions = { say: (line) => console.log(line) },
): Promise<void> {
  let close: (() => Promise<void>) | undefined
  leaveOnFaults(() => close?.())
  try {
    const running = await start(readConfig(environment, folder), options)
    close = running.close
    drainOnSignals(running.close)
    console.log(`listening on ${running.address}`)
    releaseMemorySoon()
  } catch (error) {
    if (!(error instanceof StartUpError)) throw error
    console.error(error.message)
    process.exit(error.exitCode)
  }
}

/** Within it, a signal is the same one, passed on. */
const ECHO_MS = 500

function drainOnSignals(close: () => Promise<void>): void {
  let signalled: number | undefined
  const onSignal = () => {
    if (signalled !== undefined) {
      if (performance.now() - signalled > ECHO_MS) process.exit(EXIT_FORCED)
      return
    }
    signalled = performance.now()
    close().then(
      () => process.exit(0),
      (error: unknown) => leaveWithFault(error),
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

/** A fault that nobody caught leaves the program in a state that nobody knows: it says so, lets the database go, and ends. */
function leaveOnFaults(close: () => Promise<void> | undefined): void {
  const onFault = (error: unknown) => {
    setTimeout(() => process.exit(EXIT_FAULT), 5_000).unref()
    Promise.resolve(close()).finally(() => leaveWithFault(error))
  }
  process.once('unhandledRejection', onFault)
  process.once('uncaughtException', onFault)
}

function leaveWithFault(error: unknown): void {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(EXIT_FAULT)
}

if (import.meta.main) await serve(process.env, process.cwd())
