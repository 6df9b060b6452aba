import { CommanderError } from 'commander'
import { EXIT, Failure } from './failure.ts'
import { createProgram } from './program.ts'
import { printFailure } from './text/print-failure.ts'

/** Runs what a command line says and leaves with its exit code. @param argv as the process has it: program, script, arguments */
export async function runCommand(argv: readonly string[]): Promise<void> {
  endWhenNobodyReads()
  try {
    await createProgram().parseAsync([...argv])
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
    else fail(error, argv.includes('--json'))
  }
  await leave()
}

function fail(error: unknown, inJson: boolean): void {
  printFailure(error, inJson)
  process.exitCode = error instanceof Failure ? error.exitCode : EXIT.failed
}

/** Once what was written is out: nothing that a closed server left behind may hold the command up. */
async function leave(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write('', resolve))
  process.exit()
}

/** `bailiwick … | head`: the reader has what it wants. */
function endWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(EXIT.done)
  })
}

if (import.meta.main) await runCommand(process.argv)
