import type { Key } from '../document.ts'

/** The keys that each key names. */
export type Edges = ReadonlyMap<Key, readonly Key[]>

/**
 * The cycles that a walk over the graph meets, each once and as the keys on the way round; at least one wherever there is any.
 * Needs no stack of calls: a chain may be as long as the organization is large.
 */
export function findCycles(edges: Edges): Key[][] {
  const cycles: Key[][] = []
  const done = new Set<Key>()
  for (const start of edges.keys()) {
    if (!done.has(start)) walkFrom(start, edges, done, cycles)
  }
  return cycles
}

function walkFrom(start: Key, edges: Edges, done: Set<Key>, cycles: Key[][]): void {
  const position = new Map<Key, number>([[start, 0]])
  const trail = [{ key: start, next: 0 }]
  for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
    const target = edges.get(last.key)?.[last.next]
    last.next += 1
    if (target === undefined) {
      trail.pop()
      position.delete(last.key)
      done.add(last.key)
    } else if (position.has(target)) {
      cycles.push(trail.slice(position.get(target)).map((step) => step.key))
    } else if (!done.has(target) && edges.has(target)) {
      position.set(target, trail.length)
      trail.push({ key: target, next: 0 })
    }
  }
}

const SHOWN_STEPS = 8

/** The way round, for a message: `a → b → a`. */
export function shownCycle(cycle: readonly Key[]): string {
  const steps = cycle.length > SHOWN_STEPS ? [...cycle.slice(0, SHOWN_STEPS), '…'] : cycle
  return [...steps, cycle[0]].join(' → ')
}
