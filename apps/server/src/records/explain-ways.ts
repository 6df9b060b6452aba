import {
  BUILT_IN_MODULES,
  type Change,
  changeDocument,
  changeFacts,
  compareFields,
  compareModuleActions,
  compilePolicy,
  fields,
  findWays,
  hasSystemPermission,
  isOfRecord,
  type ModuleCatalogue,
  type Policy,
  type Refusal,
  rankOfAccess,
  whoCan,
} from '@bailiwick/access'
import { measureEffect } from '../policy/policy-effect.ts'
import { compareRecordsForPolicy } from './compared-records.ts'
import type { RecordsParts } from './parts.ts'
import type { Reading } from './stamped.ts'

/** How much a way lets people do, the refused thing included. */
export interface Opened {
  readonly people: number
  /** Over all of them: each record that somebody comes to do something to. */
  readonly records: number
  /** Over all of them: each field that opens further. */
  readonly fields: number
}

export interface MeasuredWay {
  readonly changes: readonly Change[]
  readonly opens: Opened
}

export interface WaysParts extends RecordsParts {
  /** The built-in modules; Bailiwick's own where unstated. */
  readonly catalogue?: ModuleCatalogue
}

/** The smallest changes that would allow what is refused, those that open least besides first. For who manages access. */
export async function measureWays(parts: WaysParts, reading: Reading, refusal: Refusal): Promise<MeasuredWay[]> {
  const { policy } = reading.snapshot
  const catalogue = parts.catalogue ?? BUILT_IN_MODULES
  const licensed = new Set([...policy.modules.keys()].filter((key) => policy.isLicensed(key)))
  const measured: MeasuredWay[] = []
  for (const changes of findWays(policy, catalogue, refusal)) {
    const ofPolicy = changes.filter((change) => !isOfRecord(change))
    const document = ofPolicy.reduce(changeDocument, policy.document)
    const changed = ofPolicy.length === 0 ? policy : compilePolicy(document, catalogue, licensed)
    measured.push({ changes, opens: await openedBy(reading, refusal, changes, changed) })
  }
  return measured.sort((one, other) => weightOf(one) - weightOf(other))
}

/** People, records and fields count alike; of two equal ones, the one of fewer parts goes first. */
function weightOf({ opens, changes }: MeasuredWay): number {
  return opens.people + opens.records + opens.fields + changes.length / 100
}

async function openedBy(
  reading: Reading,
  { action, facts, asking }: Refusal,
  changes: readonly Change[],
  changed: Policy,
): Promise<Opened> {
  const { policy } = reading.snapshot
  const people = new Set<string>()
  const could = new Set(whoCan(policy, action, facts, asking))
  const record = changes.reduce(changeFacts, facts)
  const newly = whoCan(changed, action, record, asking).filter((user) => !could.has(user))
  for (const user of newly) people.add(user)
  if (changed === policy) return { people: people.size, records: people.size, fields: 0 }
  const effect = await effectOf(reading, policy, changed)
  for (const { user, gained } of effect.people) if (gained > 0) people.add(user)
  for (const { gaining } of compareModuleActions(policy, changed)) for (const user of gaining) people.add(user)
  const opened = compareFields(policy, changed).map((one) => ({
    people: one.people,
    fields: one.changes.filter(({ before, after }) => rankOfAccess(after) > rankOfAccess(before)).length,
  }))
  for (const one of opened) if (one.fields > 0) for (const user of one.people) people.add(user)
  return {
    people: people.size,
    records: Math.max(mostGained(effect.people), newly.length),
    fields: opened.reduce((sum, one) => sum + one.fields * one.people.length, 0),
  }
}

async function effectOf({ database, now, actor }: Reading, before: Policy, after: Policy) {
  const records = await compareRecordsForPolicy(database, actor.organization, { policy: before, now })
  return measureEffect({ before, after, now, records })
}

/** Of the actions that somebody gains in a module, the one over most records says how many they are. */
function mostGained(people: Awaited<ReturnType<typeof effectOf>>['people']): number {
  const most = new Map<string, number>()
  for (const { user, module, gained } of people) {
    const name = `${user} ${module}`
    most.set(name, Math.max(most.get(name) ?? 0, gained))
  }
  return [...most.values()].reduce((sum, gained) => sum + gained, 0)
}

const MOST_ASKED = 3

/** Whom the refused person may turn to: the record's owner, where he may know him, and some who manage access. No rule is named. */
export function whomToAsk(policy: Policy, { user, facts }: Refusal): string[] {
  const owner = fields(policy, user, facts.module).get('owner')
  const isKnown = owner !== undefined && rankOfAccess(owner) >= rankOfAccess('read')
  const managers = [...policy.users.keys()].filter((key) => hasSystemPermission(policy, key, 'manageAccess'))
  const known = isKnown && facts.owner !== `user:${user}` ? [facts.owner] : []
  return [...new Set([...known, ...managers.slice(0, MOST_ASKED).map((key) => `user:${key}`)])]
}
