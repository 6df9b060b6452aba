import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { writeScenario } from './write-scenario.ts'
import type { WrittenWorld } from './written-world.ts'

/** Where scenarios of failures are put: `npm run fuzz` says where, and `npm test` leaves them with the temporary files. */
const folder = () => process.env.BAILIWICK_FOUND ?? path.join(tmpdir(), 'bailiwick-found')

/**
 * Writes the world of a failure as a scenario file, and answers with what to tell of it; nothing where the case holds no world.
 * A failure inside this must not hide the one that it tells of.
 */
export function keepFound(law: string, seed: number, made: unknown, why: string): string {
  const world = worldIn(made)
  if (!world) return ''
  try {
    const text = writeScenario(world, { title: `${law} (seed ${seed})`, because: why.split('\n')[0] ?? why })
    const file = path.join(folder(), `${slugOf(law)}-${seed}.yaml`)
    mkdirSync(folder(), { recursive: true })
    writeFileSync(file, text)
    return `\nAs a scenario (${file}; under spec/found/ every run asks it again):\n${text}`
  } catch (error) {
    return `\nNo scenario could be made of it: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The world that a case is, or that it speaks of. */
function worldIn(made: unknown): WrittenWorld | undefined {
  if (Array.isArray(made)) return made.map(worldIn).find((world) => world !== undefined)
  if (typeof made !== 'object' || made === null) return undefined
  if (isWorld(made)) return made
  return 'before' in made ? worldIn(made.before) : undefined
}

function isWorld(made: object): made is WrittenWorld {
  return 'document' in made && 'records' in made && 'catalogue' in made
}

function slugOf(law: string): string {
  return law
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
}
