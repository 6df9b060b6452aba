import type { Key } from '@bailiwick/access'
import type { WatchedIds } from '../records/watched-records.ts'
import type { LiveMessage } from './messages.ts'
import type { Watch } from './watch.ts'

/** Records that may wait to be looked at for one reader; with more he does better to read his lists anew. */
const MOST_PENDING = 5_000
/** Looked at in one statement. */
const AT_ONCE = 500

/** What a reader is to be told of next, if he sees it. */
export interface AskedEvents {
  readonly ids: WatchedIds
  /** By module and id, with a blank between; so the others. */
  readonly records: ReadonlySet<string>
  readonly comments: ReadonlySet<string>
  readonly presence: ReadonlySet<string>
  readonly hasNotifications: boolean
  /** The policy must be as new as that. */
  readonly stamp: number
  readonly mustAdmit: boolean
}

/** Gathers what happens, and forgets at once what the reader doesn't watch. */
export class PendingEvents {
  readonly #watched: ReadonlySet<string>
  readonly #modules: ReadonlySet<Key>
  #records = new Set<string>()
  #comments = new Set<string>()
  #presence = new Set<string>()
  #hasNotifications = false
  #stamp = -1
  #mustAdmit = false

  constructor({ records, modules }: Watch) {
    this.#watched = new Set(records.map(({ module, id }) => nameOf(module, id)))
    this.#modules = new Set(modules)
  }

  get isTooMuch(): boolean {
    return this.#records.size + this.#comments.size > MOST_PENDING
  }

  get isSomething(): boolean {
    const sizes = this.#records.size + this.#comments.size + this.#presence.size
    return sizes > 0 || this.#hasNotifications || this.#mustAdmit
  }

  isWatched(name: string): boolean {
    return this.#watched.has(name)
  }

  /** As if everything had happened that he wants to hear of. */
  addAll(): void {
    for (const name of this.#watched) {
      this.#records.add(name)
      this.#presence.add(name)
    }
    this.#hasNotifications = true
  }

  /** Messages for receivers must be for this reader. */
  add({ records = [], comments = [], receivers, stamp, presence }: LiveMessage): void {
    for (const [module, id] of records) {
      if (this.#modules.has(module) || this.#watched.has(nameOf(module, id))) this.#records.add(nameOf(module, id))
    }
    for (const [module, id] of comments) {
      if (this.#watched.has(nameOf(module, id))) this.#comments.add(nameOf(module, id))
    }
    if (presence && this.#watched.has(nameOf(presence.module, presence.id))) {
      this.#presence.add(nameOf(presence.module, presence.id))
    }
    if (receivers) this.#hasNotifications = true
    if (stamp === undefined) return
    this.#mustAdmit = true
    if (Number.isFinite(stamp)) this.#stamp = Math.max(this.#stamp, stamp)
  }

  /** Takes as much as is looked at in one go; the rest stays. */
  take(): AskedEvents {
    const records = new Set([...this.#records].slice(0, AT_ONCE))
    for (const name of records) this.#records.delete(name)
    const taken = {
      records,
      comments: this.#comments,
      presence: this.#presence,
      hasNotifications: this.#hasNotifications,
      stamp: this.#stamp,
      mustAdmit: this.#mustAdmit,
    }
    this.#comments = new Set()
    this.#presence = new Set()
    this.#hasNotifications = false
    this.#mustAdmit = false
    return { ...taken, ids: byModule([...records, ...taken.comments, ...taken.presence]) }
  }
}

function byModule(names: readonly string[]): Map<Key, string[]> {
  const ids = new Map<Key, string[]>()
  for (const name of new Set(names)) {
    const [module = '', id = ''] = name.split(' ')
    ids.set(module, [...(ids.get(module) ?? []), id])
  }
  return ids
}

/** Neither keys nor ids hold blanks. */
export function nameOf(module: Key, id: string): string {
  return `${module} ${id}`
}
