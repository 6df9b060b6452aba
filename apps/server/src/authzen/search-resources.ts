import { type Key, NEEDED_LEVEL, reach, reachCondition } from '@bailiwick/access'
import type { ResourceSearch } from '@bailiwick/contract'
import type { Actor } from '../actor.ts'
import { findReachedIds } from '../records/find-reached-ids.ts'
import type { RecordsParts } from '../records/parts.ts'
import type { Reading } from '../records/stamped.ts'
import { askingOf, findAskable, requireAskable } from './askable.ts'
import { findAction, mayOnModule, mayOnRecords, type Wish } from './may-on-module.ts'
import { type Page, type PageAsked, pageOf, readPage } from './page.ts'
import { type Entity, MODULE, requireCircumstances } from './question.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/

/**
 * The resources of a type on which a subject may do an action: for `read`, the records that his lists show; of type `module`, the
 * modules where he may do it at all. By id.
 * @throws Problem 403, 400
 */
export async function searchResources(
  parts: RecordsParts,
  actor: Actor,
  search: ResourceSearch,
): Promise<Page<Entity>> {
  const { subject, action, resource } = search
  const asksModules = resource.type === MODULE
  const circumstances = requireCircumstances(search.context)
  const entities = ['resource', subject.type, subject.id, action.name, action.properties?.field, resource.type]
  const asked = readPage(search.page, entities, (text) => (asksModules ? KEY : UUID).test(text))
  const modules = { current: [] as readonly Key[] }
  const ids = await findReachedIds(parts, actor, (reading) => {
    requireAskable(reading, subject)
    const user = findAskable(reading, subject)?.key
    const known = findAction(action.name)
    if (user === undefined || !known) return undefined
    const wish = { action: known, field: action.properties?.field, asking: askingOf(reading, circumstances) }
    modules.current = asksModules ? modulesFor(reading, user, wish, asked) : []
    return asksModules ? undefined : recordsFor(reading, user, resource.type, wish, asked)
  })
  return pageOf(asked, asksModules ? modules.current : ids, (id) => ({ type: resource.type, id }))
}

function modulesFor({ snapshot }: Reading, user: Key, wish: Wish, { after, limit }: PageAsked): Key[] {
  return [...snapshot.policy.modules.keys()]
    .sort()
    .filter((module) => (after === undefined || module > after) && mayOnModule(snapshot.policy, user, module, wish))
    .slice(0, limit + 1)
}

function recordsFor({ snapshot }: Reading, user: Key, module: Key, wish: Wish, { after, limit }: PageAsked) {
  const { action, asking } = wish
  if (!mayOnRecords(snapshot.policy, user, module, wish)) return undefined
  const reached = reach(snapshot.policy, user, module, NEEDED_LEVEL[action] ? action : 'read', asking)
  if (reached.kind === 'never') return undefined
  return { module, condition: reachCondition(reached), now: asking.now, after, limit: limit + 1 }
}
