import type { Evaluations } from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import type { RecordsParts } from '../records/parts.ts'
import { evaluateEach } from './evaluate.ts'
import { findQuestion, type Question } from './question.ts'

/** Different subjects, modules and moments that one statement may ask about: each is a branch of it, with a reach of its own. */
const MOST_BRANCHES = 16

/**
 * The decisions on a batch, in its order. Under `deny_on_first_deny` and `permit_on_first_permit` the first such decision is the last
 * that is given.
 */
export async function evaluateBatch(
  parts: RecordsParts,
  actor: Actor,
  batch: Evaluations & { readonly evaluations: readonly unknown[] },
): Promise<boolean[]> {
  const last = lastDecision(batch.options?.evaluations_semantic)
  const decisions: boolean[] = []
  for (const questions of slicesOf(batch.evaluations.map((item) => findQuestion(withDefaults(batch, item))))) {
    decisions.push(...(await evaluateEach(parts, actor, questions)))
    const end = last === undefined ? -1 : decisions.indexOf(last)
    if (end >= 0) return decisions.slice(0, end + 1)
  }
  return decisions
}

function lastDecision(semantic: NonNullable<Evaluations['options']>['evaluations_semantic']): boolean | undefined {
  if (semantic === 'deny_on_first_deny') return false
  return semantic === 'permit_on_first_permit' ? true : undefined
}

/** What an item says of an entity replaces the default whole. */
function withDefaults({ subject, action, resource, context }: Evaluations, item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
  return { subject, action, resource, context, ...item }
}

/** Runs of questions, each cheap enough for one statement. */
function slicesOf(questions: readonly (Question | undefined)[]): (Question | undefined)[][] {
  const slices: (Question | undefined)[][] = []
  let branches = new Set<string>()
  let last: Question | undefined
  for (const question of questions) {
    // Most come after another of their branch.
    const isNew = slices.length === 0 || !question || !last || !areOfOneBranch(last, question)
    if (isNew) {
      const branch = question ? branchOf(question) : ''
      if (slices.length === 0 || (!branches.has(branch) && branches.size === MOST_BRANCHES)) {
        slices.push([])
        branches = new Set()
      }
      branches.add(branch)
    }
    slices.at(-1)?.push(question)
    last = question
  }
  return slices
}

function areOfOneBranch({ subject, resource, circumstances }: Question, other: Question): boolean {
  return (
    subject.type === other.subject.type &&
    subject.id === other.subject.id &&
    resource.type === other.resource.type &&
    circumstances.time === other.circumstances.time
  )
}

function branchOf({ subject, resource, circumstances }: Question): string {
  return JSON.stringify([subject.type, subject.id, resource.type, circumstances.time])
}
