import {
  findIdleRules,
  type Key,
  lintRules,
  type Policy,
  type PolicySide,
  planIdleRules,
  type ReachCondition,
  type RuleFinding,
  rulePaths,
} from '@bailiwick/access'
import { type ComparedRecords, walk } from './policy-effect.ts'
import { withoutNewColumns } from './without-new-columns.ts'

export interface WarningsQuestion {
  /** The policy that the tables follow. */
  readonly before: Policy
  /** The one whose rules are looked at. */
  readonly after: Policy
  /** Epoch ms. */
  readonly now: number
  readonly records: ComparedRecords
  /** Which rules are held against the records, by their paths; unstated, all. */
  readonly only?: readonly string[]
}

/**
 * Rules that change nothing: whatever records there are, or going by the records there are now. Nothing is said by records of a module
 * that has none.
 */
export async function findWarnings({ before, after, now, records, only }: WarningsQuestion): Promise<RuleFinding[]> {
  const always = lintRules(after)
  const known = new Set(always.map(({ path }) => path))
  const open = new Set((only ?? rulePaths(after)).filter((path) => !known.has(path)))
  if (open.size === 0) return always
  const settle = (condition: ReachCondition, module: Key) => withoutNewColumns(condition, module, before, after)
  const side: PolicySide = { policy: after, asking: { now }, settle }
  const modules = await records.withRecords([...before.modules.keys()].filter((module) => after.modules.has(module)))
  const found: RuleFinding[] = []
  for (const plan of await walk(planIdleRules(side, open, modules), () => {})) {
    found.push(...(await walk(findIdleRules(side, plan, await records.loadClasses(plan)), () => {})))
  }
  return [...always, ...found]
}

/** The rules that a change touches: of these alone a plan says how they fare with the records. */
export function changedRules(after: Policy, changes: readonly { readonly path: string }[]): string[] {
  const isIn = (path: string, part: string) => path === part || path.startsWith(`${part}/`)
  return rulePaths(after).filter((path) => changes.some((change) => isIn(path, change.path) || isIn(change.path, path)))
}
