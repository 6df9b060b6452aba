import type { Key, Principal } from '../document.ts'
import type { ReachCondition } from '../reach-condition.ts'
import { any, FALSE, isTrue, TRUE } from '../reach-condition.ts'

/** Conditions of other kinds that are kept apart before the whole module is looked at: a predicate of hundreds is slower than none. */
const MOST_OTHERS = 40

/** The zones of many people as one condition: owners united, shares and parents too, so that it stays small. */
export class ZoneUnion {
  readonly #owners = new Set<string>()
  /** Of whatever level: a few records more, and one look into the shares. */
  readonly #shared = new Set<Principal>()
  readonly #parents = new Map<string, { readonly field: Key; readonly module: Key; readonly zone: ZoneUnion }>()
  readonly #others = new Map<string, ReachCondition>()
  #isEverything = false

  add(condition: ReachCondition): void {
    if (isTrue(condition)) this.#isEverything = true
    if (this.#isEverything || 'literal' in condition) return
    if ('any' in condition) for (const part of condition.any) this.add(part)
    else if ('owners' in condition) for (const owner of condition.owners) this.#owners.add(owner)
    else if ('sharedWith' in condition) for (const principal of condition.sharedWith) this.#shared.add(principal)
    else if ('parent' in condition) this.#addParent(condition.parent)
    else this.#addOther(condition)
  }

  get condition(): ReachCondition {
    if (this.#isEverything) return TRUE
    const parents = [...this.#parents.values()].map(({ field, module, zone }): ReachCondition => {
      const { condition } = zone
      return 'literal' in condition && !condition.literal ? FALSE : { parent: { field, module, condition } }
    })
    return any([
      this.#owners.size === 0 ? FALSE : { owners: this.#owners },
      this.#shared.size === 0 ? FALSE : { sharedWith: this.#shared, atLeast: 'read' },
      ...parents,
      ...this.#others.values(),
    ])
  }

  #addParent({ field, module, condition }: Extract<ReachCondition, { readonly parent: unknown }>['parent']): void {
    const name = `${field} ${module}`
    const known = this.#parents.get(name) ?? { field, module, zone: new ZoneUnion() }
    this.#parents.set(name, known)
    known.zone.add(condition)
  }

  #addOther(condition: ReachCondition): void {
    this.#others.set(JSON.stringify(condition, withLists), condition)
    if (this.#others.size > MOST_OTHERS) this.#isEverything = true
  }
}

function withLists(_key: string, value: unknown): unknown {
  return value instanceof Set ? [...value].sort() : value
}
