import type { Action, Explanation, Key, PolicyModule, RecordFacts } from '@bailiwick/access'
import { ACTIONS, explain, hasSystemPermission } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { findUser } from '../people/find-user.ts'
import { invalidInput, notFound, notPermitted } from '../problem.ts'
import { toldToHimself } from './access/told-to-himself.ts'
import { type MeasuredWay, measureWays, type WaysParts, whomToAsk } from './explain-ways.ts'
import { loadFacts, loadFactsByExternalId } from './facts.ts'
import { isId } from './find-record.ts'
import { visibleField } from './list-query.ts'
import { viewOf } from './present-record.ts'
import { reachedRows, requireModule } from './require-module.ts'
import { inTransaction, type Reading } from './stamped.ts'
import { noSuchField } from './writable-values.ts'

export interface ExplainQuestion {
  /** Whose access, by key or e-mail address; unstated, the asking person's own. */
  readonly user?: string
  readonly action?: string
  readonly field?: Key
  /** Of a refusal: what would allow it, for who manages access; whom to ask, for everybody else. */
  readonly how?: 'true' | 'false'
}

export interface ExplanationWithWays extends Explanation {
  readonly ways?: readonly MeasuredWay[]
  /** Owner and managers of access, as `user:<key>` or `team:<key>`. */
  readonly ask?: readonly string[]
}

/**
 * Why a person may, or may not, do something to a record. Who manages access asks about anyone and any record; everybody else about
 * himself, on records that he reads.
 * @throws Problem 404, 403, 422.
 */
export async function explainRecord(
  parts: WaysParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  question: ExplainQuestion,
): Promise<ExplanationWithWays> {
  return inTransaction(parts, actor, async (reading) => {
    const user = requireAskable(reading, question.user)
    const facts = await requireFacts(reading, moduleKey, id)
    requireQuestion(reading, moduleKey, question)
    const action = requireAction(question.action)
    const { policy } = reading.snapshot
    const refusal = { user, action, facts, asking: { now: reading.now }, field: question.field }
    const explained = explain(policy, user, action, facts, refusal.asking, question.field)
    const told = managesAccess(reading) ? explained : toHimself(reading, explained)
    if (explained.allowed || question.how !== 'true') return told
    if (!managesAccess(reading)) return { ...told, ask: whomToAsk(policy, refusal) }
    return { ...explained, ways: await measureWays(parts, reading, refusal) }
  })
}

function toHimself(reading: Reading, explained: Explanation): Explanation {
  const module = reading.snapshot.policy.modules.get(explained.module)
  if (!module) return explained
  return { ...explained, ...toldToHimself(reading, module, explained) }
}

/** Whether the person may be told about others' access: the operator and holders of `manageAccess`. */
export function managesAccess({ actor, snapshot }: Reading): boolean {
  return actor.via === 'operator' || hasSystemPermission(snapshot.policy, actor.user, 'manageAccess')
}

function requireAskable(reading: Reading, user: Key | undefined): Key {
  const own = reading.actor.user
  const asked = user?.replace(/^user:/, '') ?? own
  if (managesAccess(reading)) return requireUser(reading, asked)
  if (asked !== own) throw notPermitted('Asking about somebody else’s access needs "manageAccess".')
  return asked
}

function requireUser({ snapshot }: Reading, keyOrEmail: string): Key {
  const user = findUser(snapshot.policy, keyOrEmail)
  if (!user) throw invalidInput([{ path: '/user', message: 'must be the key or the e-mail address of a user' }])
  return user.key
}

/** The record's facts, where the person manages access or reads the record. */
export async function requireFacts(reading: Reading, moduleKey: Key, givenId: string): Promise<RecordFacts> {
  const facts = managesAccess(reading)
    ? await findFacts(reading, moduleKey, givenId)
    : await loadFacts(reading, moduleKey, await requireReadableId(reading, moduleKey, givenId))
  if (!facts) throw notFound()
  return facts
}

async function findFacts(reading: Reading, moduleKey: Key, givenId: string): Promise<RecordFacts | undefined> {
  return isId(givenId)
    ? loadFacts(reading, moduleKey, givenId.toLowerCase())
    : loadFactsByExternalId(reading, moduleKey, givenId)
}

/**
 * The id of a record that the person reads. The database decides: facts take a statement for each parent, and a record that he can't
 * read must cost no more than one that isn't there.
 */
async function requireReadableId(reading: Reading, moduleKey: Key, givenId: string): Promise<string> {
  const module = requireModule(reading, moduleKey, 'read')
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(recordTable(module.key))} as t
    where ${namedBy(reading, module, givenId)} and t.deleted_at is null and ${reachedRows(reading, module.key, 'read', 't')}
  `.execute(reading.database)
  const [row] = rows
  if (!row) throw notFound()
  return row.id
}

/** By its id, or by its external id where that exists for who asks: else it would tell what is hidden. */
function namedBy(reading: Reading, module: PolicyModule, givenId: string): RawBuilder<boolean> {
  if (isId(givenId)) return sql`t.id = ${givenId.toLowerCase()}::uuid`
  const access = viewOf(reading, module).access.get('externalId')
  if (access !== 'read' && access !== 'edit') throw notFound()
  return sql`t.external_id = ${givenId}`
}

export function requireAction(asked: string | undefined): Action {
  const action = ACTIONS.find((known) => known === (asked ?? 'read'))
  if (!action) throw invalidInput([{ path: '/action', message: `must be one of ${ACTIONS.join(', ')}` }])
  return action
}

function requireQuestion(reading: Reading, moduleKey: Key, { field }: ExplainQuestion): void {
  const module = reading.snapshot.policy.modules.get(moduleKey)
  if (field === undefined || !module) return
  const known = managesAccess(reading)
    ? module.fields.get(field)
    : visibleField(module, viewOf(reading, module).access, field)
  if (!known) throw invalidInput([{ path: '/field', message: noSuchField(field) }])
}
