import { api, ask } from '../../../lib/api/client.ts'
import { isProblem } from '../../../lib/api/problem.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { type Changes, type Clash, clashesOf, type Meanwhile, meanwhileIn, together, withMeanwhile } from './clashes.ts'

export interface Saving {
  readonly module: string
  readonly id: string
  readonly changes: Changes
  /** As the person began from it. */
  readonly base: RecordItem
}

export interface Clashing {
  /** The record with what others changed. */
  readonly fresh: RecordItem
  readonly clashes: readonly Clash[]
  /** What others changed besides. */
  readonly others: readonly Meanwhile[]
}

export type Saved =
  | { readonly kind: 'saved'; readonly record: RecordItem }
  /** Saved, and the person sees the record no more. */
  | { readonly kind: 'gone' }
  | ({ readonly kind: 'clash' } & Clashing)

const MOST_TRIES = 4

/** Saves what the person changed, on top of what others changed meanwhile, unless the same field was changed by both. */
export async function saveRecord({ module, id, changes, base }: Saving): Promise<Saved> {
  let { version } = base
  let meanwhile: readonly Meanwhile[] = []
  for (let tries = 1; ; tries++) {
    try {
      const record = await patch(module, id, changes, version)
      return record ? { kind: 'saved', record } : { kind: 'gone' }
    } catch (error) {
      if (!isProblem(error, 412) || tries === MOST_TRIES) throw error
      const { version: moved } = error.body
      if (typeof moved !== 'number') throw error
      version = moved
      meanwhile = together(meanwhile, meanwhileIn(error.body))
      const clashes = clashesOf(meanwhile, changes)
      if (clashes.length === 0) continue
      const clashing = new Set(clashes.map(({ field }) => field))
      const others = meanwhile.filter(({ field }) => !clashing.has(field))
      return { kind: 'clash', fresh: withMeanwhile(base, version, meanwhile), clashes, others }
    }
  }
}

async function patch(module: string, id: string, changes: Changes, version: number): Promise<RecordItem | undefined> {
  return ask(
    api.PATCH('/api/v1/records/{module}/{id}', {
      params: { path: { module, id } },
      headers: { 'if-match': `"${version}"` },
      body: { ...changes },
    }),
  )
}
