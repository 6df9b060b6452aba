import type { Edge } from './source-tree.ts'

/** The rings of files that import each other, each once, shortest way round from where the walk met it. */
export function findCycles(edges: readonly Edge[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, target } of edges)
    if (target.kind === 'file') next.set(from, [...(next.get(from) ?? []), target.file])
  const cycles: string[][] = []
  const done = new Set<string>()
  for (const start of next.keys()) walk(start, [], next, done, cycles)
  return cycles
}

function walk(
  file: string,
  path: readonly string[],
  next: Map<string, string[]>,
  done: Set<string>,
  cycles: string[][],
): void {
  const seenAt = path.indexOf(file)
  if (seenAt >= 0) cycles.push(path.slice(seenAt))
  if (seenAt >= 0 || done.has(file)) return
  for (const other of next.get(file) ?? []) walk(other, [...path, file], next, done, cycles)
  done.add(file)
}
