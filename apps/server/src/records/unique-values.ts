import type { Key, PolicyModule } from '@bailiwick/access'
import { indexName } from '../modules/columns.ts'
import { invalidInput, problem } from '../problem.ts'
import type { View } from './present-record.ts'
import { codeOf } from './stamped.ts'
import { pointer } from './writable-values.ts'

const TOO_LONG_FOR_INDEX = '54000'

/**
 * Runs a write; a value that must be unique and is taken becomes a 409 that names the field to those for whom it exists. It says no more
 * than that: not whose the other record is, nor which.
 */
export async function withUniqueValues<Result>(view: View, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (codeOf(error) === '23505') throw taken(view, error)
    if (codeOf(error) === TOO_LONG_FOR_INDEX)
      throw invalidInput([{ path: '', message: 'holds a text too long for a field that is indexed' }])
    throw error
  }
}

function taken({ module, visible }: View, error: unknown) {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined
  const field = visible.find((one) => constraint === uniqueIndex(module, one.key))
  const errors = field ? [{ path: pointer(field.key), message: 'is taken already' }] : undefined
  return problem(409, 'conflict', 'A value that must be unique is taken already.', errors)
}

function uniqueIndex(module: PolicyModule, field: Key): string {
  return indexName(module.key, field === 'externalId' ? '$external' : field, 'u')
}
