/**
 * `npm run mutate [-- --only TEXT]`: makes one small mistake after the other in a copy of the sources, and runs the narrowest tests that
 * must notice it. Prints what became of each; leaves with 1 where one survives, or no longer is a change of the sources as they are.
 * `--only` takes the mutants whose group, file or reason has one of these texts, parted by commas, in it.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { MUTANT_GROUPS } from './mutants/index.ts'
import type { Mutant, MutantGroup } from './mutants/mutant.ts'
import { MutatedTree } from './mutated-tree.ts'

type Fate = 'caught' | 'SURVIVED' | 'NOT APPLIED' | 'TOO LONG'

interface TimedFile {
  readonly file: string
  readonly patience: number
}

/** How much longer than on the sources as they are a file of tests may take: a mutant that never ends is one that is noticed. */
const PATIENCE = { times: 5, atLeast: 240_000 }

/** For the sources as they are, on a machine that has much else to do. */
const LONGEST = 1_800_000

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const tree = new MutatedTree(source)
const fates: Fate[] = []
try {
  for (const group of MUTANT_GROUPS) {
    const mutants = group.mutants.filter((mutant) => isAsked(group, mutant))
    if (mutants.length > 0) tryGroup(group, mutants)
  }
} finally {
  tree.remove()
}
const alive = fates.filter((fate) => fate !== 'caught' && fate !== 'TOO LONG').length
console.log(`${fates.length} mutants, ${fates.length - alive} caught, ${alive} not`)
process.exit(alive === 0 && fates.length > 0 ? 0 : 1)

function isAsked({ name }: MutantGroup, { file, why }: Mutant): boolean {
  return values.only.split(',').some((asked) => [name, file, why].some((text) => text.includes(asked)))
}

/** Tests that fail by themselves would catch everything: they are run on the sources as they are, first. */
function tryGroup(group: MutantGroup, mutants: readonly Mutant[]): void {
  const files = group.tests.map((file) => timed(group, file))
  for (const mutant of mutants) {
    const started = Date.now()
    const undo = tree.apply(mutant)
    const fate = undo ? run(group, files) : 'NOT APPLIED'
    undo?.()
    fates.push(fate)
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${fate.padEnd(11)} ${seconds.padStart(6)} s  ${mutant.file}: ${mutant.why}`)
  }
}

function timed({ project }: MutantGroup, file: string): TimedFile {
  const started = Date.now()
  const fate = runFile(project, { file, patience: LONGEST })
  if (fate !== 'SURVIVED') throw new Error(`${file} fails without any mutant (${fate}).`)
  return { file, patience: Math.max(PATIENCE.atLeast, PATIENCE.times * (Date.now() - started)) }
}

/** One file after the other, the quickest first: most mutants are caught by the first. */
function run({ project }: MutantGroup, files: readonly TimedFile[]): Fate {
  for (const file of files) {
    const fate = runFile(project, file)
    if (fate !== 'SURVIVED') return fate
  }
  return 'SURVIVED'
}

/** The seed is fixed, so that whether a mutant is caught doesn't change from run to run. */
function runFile(project: MutantGroup['project'], { file, patience }: TimedFile): Fate {
  const vitest = path.join(source, 'node_modules/vitest/vitest.mjs')
  const env = { ...process.env, BAILIWICK_SEED: '20260115', BAILIWICK_SHRINKING: 'off' }
  const args = [vitest, 'run', '--root', tree.root, '--project', project, '--bail', '1', file]
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: tree.root,
    env,
    timeout: patience,
    stdio: 'ignore',
  })
  if (signal !== null) return 'TOO LONG'
  return status === 0 ? 'SURVIVED' : 'caught'
}
