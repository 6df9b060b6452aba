import { parseInstant } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { invalidInput } from '../problem.ts'
import { EVENT_ACTIONS } from './note-event.ts'

/** What is written down of a record by each change of it. */
export const RECORD_ACTIONS = [
  'create',
  'update',
  'delete',
  'restore',
  'transfer',
  'confide',
  'share',
  'unshare',
] as const
export const POLICY_ACTION = 'changePolicy'
export const AUDIT_ACTIONS: readonly string[] = [...RECORD_ACTIONS, POLICY_ACTION, ...EVENT_ACTIONS]

/** A question as it arrives; everything optional. */
export interface AuditQuery {
  /** `user:anna`, or `operator`. */
  readonly actor?: string
  /** `delete,transfer`. */
  readonly action?: string
  readonly module?: string
  /** A record's id. */
  readonly record?: string
  /** ISO 8601: from then on. */
  readonly from?: string
  /** ISO 8601: until just before then. */
  readonly to?: string
  readonly limit?: number
  readonly cursor?: string
}

/** Where something stands: by its time, then by its source, then by its number there. */
export interface AuditPlace {
  /** Microseconds since 1970. */
  readonly at: number
  readonly rank: number
  readonly id: number
}

export interface CheckedAuditQuery {
  readonly actor?: string
  readonly actions?: readonly string[]
  readonly module?: string
  readonly record?: string
  readonly from?: Date
  readonly to?: Date
  readonly limit: number
  readonly after?: AuditPlace
}

const USUAL_ITEMS = 50
const MOST_ITEMS = 200
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @throws Problem 422 with all that is wrong */
export function requireAuditQuery({
  actor,
  module,
  record,
  limit = USUAL_ITEMS,
  ...query
}: AuditQuery): CheckedAuditQuery {
  const errors: InputError[] = []
  const actions = query.action?.split(',').map((action) => action.trim())
  const [from, to] = [instantOf('from', query.from, errors), instantOf('to', query.to, errors)]
  const after = query.cursor === undefined ? undefined : readPlace(query.cursor)
  const wrong = (path: string, message: string) => errors.push({ path, message })
  if (actor !== undefined && !/^(?:operator$|user:.)/.test(actor)) wrong('/actor', 'must be user:<key> or operator')
  if (actions?.some((action) => !AUDIT_ACTIONS.includes(action)))
    wrong('/action', `must be a list of ${AUDIT_ACTIONS.join(', ')}`)
  if (record !== undefined && !UUID.test(record)) wrong('/record', 'must be the id of a record')
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ITEMS)
    wrong('/limit', `must be a whole number from 1 to ${MOST_ITEMS}`)
  if (query.cursor !== undefined && !after) wrong('/cursor', 'is not a cursor of this list')
  if (errors.length > 0) throw invalidInput(errors)
  return { actor, actions, module, record, from, to, limit, after }
}

function instantOf(name: string, text: string | undefined, errors: InputError[]): Date | undefined {
  if (text === undefined) return undefined
  const at = parseInstant(text)
  if (at === undefined) errors.push({ path: `/${name}`, message: 'must be an instant, as 2026-03-02T10:00:00Z' })
  return at === undefined ? undefined : new Date(at)
}

export function writePlace({ at, rank, id }: AuditPlace): string {
  return Buffer.from(JSON.stringify([at, rank, id])).toString('base64url')
}

const LONGEST_CURSOR = 100

function readPlace(text: string): AuditPlace | undefined {
  if (text.length > LONGEST_CURSOR) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(value) || value.length !== 3) return undefined
    const [at, rank, id]: unknown[] = value
    return isCount(at) && isCount(rank) && isCount(id) ? { at, rank, id } : undefined
  } catch {
    return undefined
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
