import type { Asking, PolicyUser } from '@bailiwick/access'
import { notPermitted } from '../problem.ts'
import { managesAccess } from '../records/explain-record.ts'
import type { Reading } from '../records/stamped.ts'
import { findSubject } from './find-subject.ts'
import type { Circumstances, Entity } from './question.ts'

/**
 * The user that a question is about, where the actor may ask about him. Somebody else and nobody at all are the same to a person who
 * doesn't manage access.
 */
export function findAskable(reading: Reading, subject: Entity): PolicyUser | undefined {
  const user = findSubject(reading.snapshot.policy, subject)
  return managesAccess(reading) || user?.key === reading.actor.user ? user : undefined
}

/** @throws Problem 403 unless the actor manages access or asks about himself */
export function requireAskable(reading: Reading, subject: Entity): void {
  if (!managesAccess(reading) && !findAskable(reading, subject)) {
    throw notPermitted('Asking about somebody else’s access needs "manageAccess".')
  }
}

/** @throws Problem 403 unless the actor manages access */
export function requireManager(reading: Reading): void {
  if (!managesAccess(reading)) throw notPermitted('Asking who may needs "manageAccess".')
}

/**
 * The circumstances to decide under. Another moment is for who manages access alone: a person could else move the clock until a rule
 * with a date gives away what stands in records that he doesn't read.
 */
export function askingOf(reading: Reading, { time, ip }: Circumstances): Asking {
  const now = managesAccess(reading) ? (time ?? reading.now) : reading.now
  return { now, ...(ip !== undefined && { ip }) }
}
