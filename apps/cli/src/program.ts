import { Command } from 'commander'
import { benchLoadCommand } from './benchmark/bench-load-command.ts'
import { keyCommands } from './organizations/key-commands.ts'
import { organizationCommands } from './organizations/organization-commands.ts'
import { policyCommands } from './policy/policy-commands.ts'
import { explainCommand } from './records/explain-command.ts'
import { exportCommand } from './records/export-command.ts'
import { importCommand } from './records/import-command.ts'
import { whoCanCommand } from './records/who-can-command.ts'

const DESCRIPTION = `Runs Bailiwick and works on its data, which lies in ./data or where BAILIWICK_DATA says. The commands are the same
whether a server runs on it or not.`

/** The command line, whole. */
export function createProgram(): Command {
  const program = new Command('bailiwick').description(DESCRIPTION).exitOverride().showSuggestionAfterError()
  startCommand(program)
  organizationCommands(program)
  keyCommands(program)
  policyCommands(program)
  importCommand(program)
  exportCommand(program)
  explainCommand(program)
  whoCanCommand(program)
  benchLoadCommand(program)
  return program
}

function startCommand(program: Command): void {
  program
    .command('start')
    .description('serve until told to stop')
    .option('--demo', 'make the demonstration company where it is missing, unless BAILIWICK_DEMO=0')
    .addHelpText('after', '\nExample:\n  $ PORT=8080 bailiwick start')
    .action(async ({ demo = false }: { demo?: boolean }) => {
      const { start } = await import('./start.ts')
      await start(process.env, process.cwd(), demo)
      await new Promise(() => {}) // the server ends the process
    })
}
