import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from './program.ts'

/**
 * Each command and the interface that it is a client of: what it shows is what the server answers to whom it acts for, so whatever
 * holds for the interface in the table of leaks (apps/server/src/hardening/leak-table.ts) holds for the command. A new command joins
 * here, with the interface that it goes through.
 */
const COMMANDS: { readonly [command: string]: string } = {
  start: 'none: it serves',
  'org create': 'operator',
  'org list': 'operator',
  'key create': 'operator',
  'policy plan': 'policy',
  'policy apply': 'policy',
  'policy export': 'policy',
  'policy test': 'policy',
  'policy diff': 'policy',
  'policy log': 'policy',
  'policy rollback': 'policy',
  import: 'import',
  export: 'export',
  explain: 'explanation',
  'who-can': 'explanation',
  'bench-load': 'operator',
}

function commandsOf(command: Command, above: readonly string[] = []): readonly string[] {
  return command.commands.flatMap((one) => {
    const names = [...above, one.name()]
    return one.commands.length > 0 ? commandsOf(one, names) : [names.join(' ')]
  })
}

test('every command goes through an interface of the table of leaks', () => {
  expect([...commandsOf(createProgram())].sort()).toEqual(Object.keys(COMMANDS).sort())
})
