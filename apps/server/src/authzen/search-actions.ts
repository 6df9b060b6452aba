import { ACTIONS, type Action } from '@bailiwick/access'
import type { ActionSearch } from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import type { RecordsParts } from '../records/parts.ts'
import { evaluate } from './evaluate.ts'
import { findAction } from './may-on-module.ts'
import { type Page, pageOf, readPage } from './page.ts'
import { requireCircumstances } from './question.ts'

/**
 * The actions that a subject may do to a resource, in the access model's order.
 * @throws Problem 403, 400
 */
export async function searchActions(
  parts: RecordsParts,
  actor: Actor,
  { subject, resource, context, page }: ActionSearch,
): Promise<Page<{ name: string }>> {
  const circumstances = requireCircumstances(context)
  const asked = readPage(page, entitiesOf(subject, resource), (name) => findAction(name) !== undefined)
  const questions = ACTIONS.map((action) => ({ action, resource, circumstances }))
  const decisions = await evaluate(parts, actor, subject, questions)
  const allowed: readonly Action[] = ACTIONS.filter((_action, index) => decisions[index])
  return pageOf(asked, after(allowed, asked.after).slice(0, asked.limit + 1), (name) => ({ name }))
}

function entitiesOf(subject: ActionSearch['subject'], resource: ActionSearch['resource']) {
  return ['action', subject.type, subject.id, resource.type, resource.id]
}

/** By the place in the model's list, so that a page goes on where an action was taken away meanwhile. */
function after(allowed: readonly Action[], last: string | undefined): readonly Action[] {
  const names: readonly string[] = ACTIONS
  const place = last === undefined ? -1 : names.indexOf(last)
  return allowed.filter((action) => names.indexOf(action) > place)
}
