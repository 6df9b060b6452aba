import type { Key } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { invalidInput } from '../problem.ts'
import { isId } from '../records/find-record.ts'

/** What a stream is to tell of, besides notifications. */
export interface Watch {
  readonly records: readonly { readonly module: Key; readonly id: string }[]
  /** Modules any of whose records are of interest. */
  readonly modules: readonly Key[]
}

const MOST_RECORDS = 50
const MOST_MODULES = 5
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/

/**
 * Reads `accounts:<id>,deals:<id>` and `deals,tickets`. Whether there is any such thing is not asked: what isn't there is never told of.
 * @throws Problem 422
 */
export function readWatch(query: { readonly watch?: string; readonly module?: string }): Watch {
  const records = partsOf(query.watch).map((part) => {
    const [module = '', id = '', ...more] = part.split(':')
    return { module, id: id.toLowerCase(), isWrong: !KEY.test(module) || !isId(id) || more.length > 0 }
  })
  const modules = partsOf(query.module)
  const errors: InputError[] = []
  if (records.some(({ isWrong }) => isWrong)) {
    errors.push({ path: '/watch', message: 'must be modules with ids of records: accounts:<id>,deals:<id>' })
  }
  if (records.length > MOST_RECORDS) errors.push({ path: '/watch', message: `takes up to ${MOST_RECORDS} records` })
  if (modules.some((module) => !KEY.test(module))) errors.push({ path: '/module', message: 'must be keys of modules' })
  if (modules.length > MOST_MODULES) errors.push({ path: '/module', message: `takes up to ${MOST_MODULES} modules` })
  if (errors.length > 0) throw invalidInput(errors)
  return { records: records.map(({ module, id }) => ({ module, id })), modules: [...new Set(modules)] }
}

function partsOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((part) => part !== '')
}
