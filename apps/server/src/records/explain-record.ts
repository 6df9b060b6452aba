import type { Action, AudienceMember, Explanation, Key, RecordFacts } from '@bailiwick/access'
import { ACTIONS, audience, decide, explain, hasSystemPermission } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { invalidInput, notFound, notPermitted } from '../problem.ts'
import { loadFacts } from './facts.ts'
import { requireId } from './find-record.ts'
import { visibleField } from './list-query.ts'
import type { RecordsParts } from './parts.ts'
import { viewOf } from './present-record.ts'
import { requireModule } from './require-module.ts'
import { inTransaction, type Reading } from './stamped.ts'
import { noSuchField } from './writable-values.ts'

export interface ExplainQuestion {
  /** Whose access; unstated, the asking person's own. */
  readonly user?: Key
  readonly action?: string
  readonly field?: Key
}

/**
 * Why a person may, or may not, do something to a record. Who manages access asks about anyone and any record; everybody else about
 * himself, on records that he reads.
 * @throws Problem 404, 403, 422.
 */
export async function explainRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  question: ExplainQuestion,
): Promise<Explanation> {
  return inTransaction(parts, actor, async (reading) => {
    const user = requireAskable(reading, question.user)
    const facts = await requireFacts(reading, moduleKey, id)
    requireQuestion(reading, moduleKey, question)
    const action = (question.action ?? 'read') as Action
    return explain(reading.snapshot.policy, user, action, facts, { now: reading.now }, question.field)
  })
}

/** Who can see a record, with level and why, for who manages access. @throws Problem 404, 403. */
export async function readAudience(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
): Promise<readonly AudienceMember[]> {
  return inTransaction(parts, actor, async (reading) => {
    const facts = await requireFacts(reading, moduleKey, id)
    if (!managesAccess(reading)) throw notPermitted('Seeing who can see a record needs "manageAccess".')
    return audience(reading.snapshot.policy, facts, { now: reading.now })
  })
}

/** Whether the person may be told about others' access: the operator and holders of `manageAccess`. */
export function managesAccess({ actor, snapshot }: Reading): boolean {
  return actor.via === 'operator' || hasSystemPermission(snapshot.policy, actor.user, 'manageAccess')
}

function requireAskable(reading: Reading, user: Key | undefined): Key {
  const own = reading.actor.user
  const asked = user?.replace(/^user:/, '') ?? own
  if (!managesAccess(reading)) {
    if (asked !== own) throw notPermitted('Asking about somebody else’s access needs "manageAccess".')
  } else if (!reading.snapshot.policy.users.has(asked)) {
    throw invalidInput([{ path: '/user', message: 'must be the key of a user' }])
  }
  return asked
}

/** The record's facts, where the person manages access or reads the record. */
async function requireFacts(reading: Reading, moduleKey: Key, givenId: string): Promise<RecordFacts> {
  if (!managesAccess(reading)) requireModule(reading, moduleKey, 'read')
  const facts = await loadFacts(reading, moduleKey, requireId(givenId))
  if (!facts) throw notFound()
  if (managesAccess(reading)) return facts
  const { snapshot, actor } = reading
  if (!decide(snapshot.policy, actor.user, 'read', facts, actor.asking)) throw notFound()
  return facts
}

function requireQuestion(reading: Reading, moduleKey: Key, { action, field }: ExplainQuestion): void {
  if (action !== undefined && !ACTIONS.some((known) => known === action)) {
    throw invalidInput([{ path: '/action', message: `must be one of ${ACTIONS.join(', ')}` }])
  }
  const module = reading.snapshot.policy.modules.get(moduleKey)
  if (field === undefined || !module) return
  const known = managesAccess(reading)
    ? module.fields.get(field)
    : visibleField(module, viewOf(reading, module).access, field)
  if (!known) throw invalidInput([{ path: '/field', message: noSuchField(field) }])
}
