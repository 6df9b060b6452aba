import { setImmediate as pause } from 'node:timers/promises'
import { decide, type Key, NEEDED_LEVEL, type Policy, type RecordFacts } from '@bailiwick/access'
import type { SubjectSearch } from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import { loadFacts, loadFactsByExternalId } from '../records/facts.ts'
import type { RecordsParts } from '../records/parts.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { askingOf, requireManager } from './askable.ts'
import { findAction, mayOnModule, mayOnRecords, type Wish } from './may-on-module.ts'
import { type Page, pageOf, readPage } from './page.ts'
import { type Entity, MODULE, requireCircumstances, USER } from './question.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/

/** People decided on before others get their turn: some milliseconds' work. */
const PEOPLE_AT_ONCE = 200

/**
 * The users who may do an action to a resource, by key.
 * @throws Problem 403, 400
 */
export async function searchSubjects(parts: RecordsParts, actor: Actor, search: SubjectSearch): Promise<Page<Entity>> {
  const { subject, action, resource } = search
  const circumstances = requireCircumstances(search.context)
  const entities = ['subject', subject.type, action.name, action.properties?.field, resource.type, resource.id]
  const asked = readPage(search.page, entities, (text) => KEY.test(text))
  const question = await inTransaction(parts, actor, async (reading) => {
    requireManager(reading)
    const known = findAction(action.name)
    if (subject.type !== USER || !known) return undefined
    const wish = { action: known, field: action.properties?.field, asking: askingOf(reading, circumstances) }
    return questionAbout(reading, resource, wish)
  })
  const found = question ? await findUsers(question, asked.after, asked.limit + 1) : []
  return pageOf(asked, found, (id) => ({ type: USER, id }))
}

/** Who, of the people of a policy? */
interface SubjectQuestion {
  readonly policy: Policy
  may(user: Key): boolean
}

async function questionAbout(reading: Reading, resource: Entity, wish: Wish): Promise<SubjectQuestion | undefined> {
  const { policy } = reading.snapshot
  if (resource.type === MODULE) return { policy, may: (user) => mayOnModule(policy, user, resource.id, wish) }
  const facts = await findFacts(reading, resource)
  if (!facts || facts.deleted) return undefined
  const { action, asking } = wish
  const needed = NEEDED_LEVEL[action] ? action : 'read'
  const may = (user: Key) =>
    mayOnRecords(policy, user, facts.module, wish) && decide(policy, user, needed, facts, asking)
  return { policy, may }
}

/** An id goes first, even that of a record in the bin. */
async function findFacts(reading: Reading, { type, id }: Entity): Promise<RecordFacts | undefined> {
  const own = UUID.test(id) ? await loadFacts(reading, type, id.toLowerCase()) : undefined
  return own ?? loadFactsByExternalId(reading, type, id)
}

/** In the order of keys. Other requests are answered between: the policy that counts is the one in force when the search came. */
async function findUsers({ policy, may }: SubjectQuestion, after: Key | undefined, limit: number): Promise<Key[]> {
  const found: Key[] = []
  let decided = 0
  for (const user of keysOf(policy)) {
    if (found.length === limit) return found
    if (after !== undefined && user <= after) continue
    if (may(user)) found.push(user)
    if (++decided % PEOPLE_AT_ONCE === 0) await pause()
  }
  return found
}

/** A policy's people by key. It never changes, so neither does their order. */
const sortedKeys = new WeakMap<Policy, readonly Key[]>()

function keysOf(policy: Policy): readonly Key[] {
  const known = sortedKeys.get(policy)
  if (known) return known
  const keys = [...policy.users.keys()].sort()
  sortedKeys.set(policy, keys)
  return keys
}
