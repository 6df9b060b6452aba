import type { Command } from 'commander'
import { createConnection } from './connection/connection.ts'
import type { Context, Outcome } from './context.ts'
import { EXIT, interrupted } from './failure.ts'

/** What a command does: its arguments in order, and its options. */
export type Work<Options> = (context: Context, args: readonly string[], options: Options) => Promise<Outcome>

/**
 * Makes a command of its work: gives it `--json` and an example, runs it with a way to the data that is closed behind it, and prints
 * what it came to.
 */
export function act<Options extends object>(command: Command, example: string, work: Work<Options>): Command {
  return command
    .option('--json', 'print one JSON document')
    .addHelpText('after', `\nExample:\n  $ bailiwick ${example}`)
    .action(async () => {
      const outcome = await withContext((context) => work(context, command.args, command.opts<Options>()))
      print(outcome, command.opts<{ json?: boolean }>().json === true)
    })
}

async function withContext(work: (context: Context) => Promise<Outcome>): Promise<Outcome> {
  const folder = process.cwd()
  const { signal, release } = heedSignals()
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const connection = createConnection({ environment: process.env, folder, signal, say })
  try {
    const outcome = await work({ folder, connection, signal, say })
    if (signal.aborted) throw interrupted()
    return outcome
  } finally {
    await connection.close()
    release()
  }
}

/** The first Ctrl-C asks the command to end in order; the second ends it. Whatever is killed leaves nothing half done either. */
function heedSignals(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted)
    controller.abort()
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, onSignal)
  const release = () => {
    for (const name of names) process.off(name, onSignal)
  }
  return { signal: controller.signal, release }
}

function print({ json, text, exitCode = EXIT.done }: Outcome, inJson: boolean): void {
  if (inJson) process.stdout.write(`${JSON.stringify(json, null, 2)}\n`)
  else if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  process.exitCode = exitCode
}
