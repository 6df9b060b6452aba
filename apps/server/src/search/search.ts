import type { Actor } from '../actor.ts'
import { confirmAdmitted } from '../people/admitted-policy.ts'
import { readableModules } from '../people/describe-me.ts'
import type { RecordsParts } from '../records/parts.ts'
import { type Suggestion, suggestRecords } from '../records/suggest-records.ts'

export interface SearchQuestion {
  readonly text: string
  /** Unstated: all that the person reads. */
  readonly modules?: ReadonlySet<string>
  /** Of each module. */
  readonly limit: number
}

export interface FoundGroup {
  readonly module: string
  readonly items: Suggestion[]
}

/**
 * What the person finds in the modules that he reads, module by module in the policy's order; those in which he finds nothing aren't there.
 * One module is asked after the other, so that whoever searches holds one connection at a time, as with any list.
 */
export async function search(parts: RecordsParts, actor: Actor, question: SearchQuestion): Promise<FoundGroup[]> {
  const snapshot = await confirmAdmitted(parts.policies, actor)
  if (question.text.trim() === '') return []
  const groups: FoundGroup[] = []
  for (const module of readableModules(snapshot, actor)) {
    if (question.modules && !question.modules.has(module.key)) continue
    const items = await suggestRecords(parts, actor, module, question)
    if (items.length > 0) groups.push({ module: module.key, items })
  }
  return groups
}
