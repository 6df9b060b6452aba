import type { Key } from '@bailiwick/access'
import type { Actor } from '../../actor.ts'
import { invalidInput } from '../../problem.ts'
import { requireId } from '../find-record.ts'
import { requireReadable } from '../history.ts'
import type { RecordsParts } from '../parts.ts'
import { inTransaction } from '../stamped.ts'
import { type PageQuery, requirePage, writePlace } from './place.ts'
import { readActivities, readChanges, readComments, readFiles, type Told } from './sources.ts'

export interface TimelineQuery extends PageQuery {
  /** `comment,change`; all of them where unstated. */
  readonly kinds?: string
}

export interface Timeline {
  readonly items: readonly Told['item'][]
  readonly next: string | null
}

const MOST_ITEMS = 100
const USUAL_ITEMS = 30

/** By rank: of one moment, the later of the list goes first. */
const KINDS = ['file', 'activity', 'change', 'comment'] as const
const READERS = [readFiles, readActivities, readChanges, readComments] as const

/**
 * All that happened around a record as one stream, newest first: comments, changes, activities that look it up, and files. Of each kind a
 * page reads one page at most.
 * @throws Problem 404 where the person doesn't read the record; 422.
 */
export async function readTimeline(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  givenId: string,
  query: TimelineQuery,
): Promise<Timeline> {
  return inTransaction(parts, actor, async (reading) => {
    const module = await requireReadable(reading, moduleKey, givenId)
    const ranks = requireRanks(query.kinds)
    const { limit, after } = requireTimelinePage(query)
    const source = { parts, reading, module, id: requireId(givenId), limit: limit + 1, after }
    const found: Told[] = []
    for (const rank of ranks) found.push(...((await READERS[rank]?.(source, rank)) ?? []))
    // The order within a kind is its own, and stays.
    found.sort((one, other) => other.place.at - one.place.at || other.place.rank - one.place.rank)
    const last = found.length > limit ? found[limit - 1] : undefined
    return { items: found.slice(0, limit).map(({ item }) => item), next: last ? writePlace(last.place) : null }
  })
}

function requireRanks(kinds: string | undefined): number[] {
  const wanted = kinds === undefined ? KINDS : kinds.split(',').map((kind) => kind.trim())
  const ranks = KINDS.flatMap((kind, rank) => (wanted.some((one) => one === kind) ? [rank] : []))
  if (wanted.every((one) => KINDS.some((kind) => kind === one))) return ranks
  throw invalidInput([{ path: '/kinds', message: `must be a list of ${KINDS.join(', ')}` }])
}

const CHANGE = KINDS.indexOf('change')

/** Changes are counted; everything else has an id. */
function requireTimelinePage(query: TimelineQuery) {
  const page = requirePage(query, MOST_ITEMS, USUAL_ITEMS)
  const { after } = page
  if (after && (after.rank >= KINDS.length || (after.rank === CHANGE) !== /^\d+$/.test(after.id)))
    throw invalidInput([{ path: '/cursor', message: 'is not a cursor of this list' }])
  return page
}
