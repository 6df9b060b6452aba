import type { Key } from '@bailiwick/access'

/** Something happened in an organization. What of it somebody is told is asked for each. */
export interface LiveMessage {
  readonly schema: string
  /** Records that were written. */
  readonly records?: readonly (readonly [module: Key, id: string, version: number])[]
  /** Records that were commented on. */
  readonly comments?: readonly (readonly [module: Key, id: string])[]
  /** Users, by number, for whom there are notifications, or who have read some. */
  readonly receivers?: readonly number[]
  /** The organization's stamp is this now. */
  readonly stamp?: number
  readonly presence?: PresenceMessage
}

/** Somebody is at a record, or not any more. */
export interface PresenceMessage {
  readonly module: Key
  readonly id: string
  readonly user: Key
  readonly editing: boolean
  readonly away: boolean
}

/** What was sent on the channel: the program and its triggers are alone there. */
export function readMessage(text: string): LiveMessage | undefined {
  try {
    const message: unknown = JSON.parse(text)
    return isMessage(message) ? message : undefined
  } catch {
    return undefined
  }
}

function isMessage(value: unknown): value is LiveMessage {
  return typeof value === 'object' && value !== null && 'schema' in value && typeof value.schema === 'string'
}
