import type { Action, CapApplied, GrantApplied, Key, Level, RecordFacts } from '@bailiwick/access'
import { audienceLevels, decide, explain } from '@bailiwick/access'
import type { Actor } from '../../actor.ts'
import { notFound } from '../../problem.ts'
import { managesAccess } from '../explain-record.ts'
import { loadFacts } from '../facts.ts'
import { requireId } from '../find-record.ts'
import { requireReadable } from '../history.ts'
import type { RecordsParts } from '../parts.ts'
import { viewOf } from '../present-record.ts'
import { type Share, sharesOf } from '../shares.ts'
import { inTransaction, type Reading } from '../stamped.ts'
import { type Names, namesOf } from './names.ts'
import { toldToHimself } from './told-to-himself.ts'

const CHANGES = ['update', 'comment', 'share', 'transfer', 'confide', 'delete'] as const satisfies readonly Action[]

export interface RecordAccess {
  readonly own: {
    readonly level: Level
    readonly because: readonly GrantApplied[]
    readonly limits: readonly CapApplied[]
  }
  readonly names: Names
  /** Absent where the field is hidden from him. */
  readonly confidential?: boolean
  readonly may: Readonly<Record<(typeof CHANGES)[number] | 'seeAudience', boolean>>
  /** For who may share the record. */
  readonly shares?: readonly Share[]
  /** For who manages access: how many people read it. */
  readonly audienceCount?: number
}

/**
 * How the asking person stands with a record that he reads, why, and what he may do about others' access to it.
 * @throws Problem 404 where he doesn't read the record.
 */
export async function readAccess(parts: RecordsParts, actor: Actor, moduleKey: Key, id: string): Promise<RecordAccess> {
  return inTransaction(parts, actor, async (reading) => {
    const module = await requireReadable(reading, moduleKey, id)
    const facts = await loadFacts(reading, module.key, requireId(id))
    if (!facts) throw notFound()
    const { policy } = reading.snapshot
    const explained = explain(policy, actor.user, 'read', facts, actor.asking)
    const { grants: because, caps: limits } = toldToHimself(reading, module, explained)
    const confidential = viewOf(reading, module).access.get('confidential')
    const may = mayDo(reading, facts)
    return {
      own: { level: explained.level, because, limits },
      names: namesOf(policy, module.key, because),
      ...(confidential === 'read' ? { confidential: facts.confidential } : {}),
      may,
      ...(may.share ? { shares: await sharesOf(reading, requireId(id)) } : {}),
      ...(may.seeAudience ? { audienceCount: audienceLevels(policy, facts, { now: reading.now }).size } : {}),
    }
  })
}

function mayDo(reading: Reading, facts: RecordFacts): RecordAccess['may'] {
  const { actor, snapshot } = reading
  const may = (action: Action) => decide(snapshot.policy, actor.user, action, facts, actor.asking)
  const [update, comment, share, transfer, confide, remove] = CHANGES.map(may)
  return {
    update: update === true,
    comment: comment === true,
    share: share === true,
    transfer: transfer === true,
    confide: confide === true,
    delete: remove === true,
    seeAudience: managesAccess(reading),
  }
}
