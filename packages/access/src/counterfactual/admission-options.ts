import { wallTime } from '../calendar.ts'
import { type Action, type Clearance, type Key, type SignInWindow, WEEKDAYS } from '../document.ts'
import type { Asking } from '../facts.ts'
import { fields, rankOfAccess } from '../fields.ts'
import { ADMINISTRATOR, type Policy, type PolicyModule, type PolicyProfile, type PolicyUser } from '../policy.ts'
import { profileAllows } from '../sign-in.ts'
import type { Change } from './change.ts'
import { neededAccess, type Refusal, type Way } from './refusal.ts'

/** The administrator's profile is nobody's to change, and too much to be given. */
export function ordinary(profiles: Iterable<PolicyProfile>): PolicyProfile[] {
  return [...profiles].filter(({ key }) => key !== ADMINISTRATOR)
}

/** A profile more, each of those that he hasn't and that help. */
export function profileOptions(
  policy: Policy,
  person: PolicyUser,
  helps: (profile: PolicyProfile) => boolean = () => true,
): Way[] {
  const others = ordinary(policy.profiles.values()).filter((profile) => !person.profiles.includes(profile))
  return others.filter(helps).map((profile) => [{ kind: 'giveProfile', user: person.key, profile: profile.key }])
}

/** What lets him in at that moment, from that address: his profiles opened as little as can be. Nothing where he is let in. */
export function signInOptions(policy: Policy, person: PolicyUser, asking: Asking): Way[] {
  if (person.profiles.some((profile) => profileAllows(policy, profile, asking))) return []
  return ordinary(person.profiles).map(({ key, signIn, networks }) => {
    const hours: Change[] = signIn
      ? [{ kind: 'allowHours', profile: key, window: hourOf(asking, policy.timeZone) }]
      : []
    const { ip } = asking
    const place: Change[] = networks && ip ? [{ kind: 'allowNetwork', profile: key, network: blockOf(ip) }] : []
    return [...hours, ...place]
  })
}

/** The hour on the clock, on that day of the week. */
function hourOf({ now }: Asking, timeZone: string): SignInWindow {
  const { weekday, minute } = wallTime(now, timeZone)
  const hour = Math.floor(minute / 60)
  const written = (one: number) => `${String(one).padStart(2, '0')}:00`
  const day = WEEKDAYS[(weekday + 6) % 7] ?? 'mon'
  return { days: [day], from: written(hour), to: written(hour + 1), timeZone }
}

/** The address alone. */
function blockOf(ip: string): string {
  return ip.includes(':') && !ip.includes('.') ? `${ip}/128` : `${ip.slice(ip.lastIndexOf(':') + 1)}/32`
}

/**
 * The actions that none of his profiles grants, in each profile that he has. Where a field is asked for, also `read` in profiles that
 * don't read there: what they say of fields counts only then.
 */
export function actionOptions(policy: Policy, person: PolicyUser, { action, facts, field }: Refusal): Way[] {
  const { module } = facts
  const wanted: readonly Action[] =
    action === 'create' || action === 'import' || action === 'read' ? [action] : [action, 'read']
  const grants = (profile: PolicyProfile, one: Action) => profile.moduleOf(module)?.actions?.includes(one) ?? false
  const missing = wanted.filter((one) => !person.profiles.some((profile) => grants(profile, one)))
  const isHidden = field !== undefined && !isOpen(policy, person, module, field, action)
  return ordinary(person.profiles).flatMap((profile): Way[] => {
    const reading: readonly Action[] = isHidden && !grants(profile, 'read') ? ['read'] : []
    const sets = [missing, [...new Set([...missing, ...reading])]]
    const different = sets.filter((actions, at) => actions.length > (at === 0 ? 0 : missing.length))
    return different.map((actions) => [{ kind: 'grantActions', profile: profile.key, module, actions }])
  })
}

function isOpen(policy: Policy, { key }: PolicyUser, module: Key, field: Key, action: Action): boolean {
  const access = fields(policy, key, module).get(field) ?? 'hidden'
  return rankOfAccess(access) >= rankOfAccess(neededAccess(action))
}

/** The field opened in one of the profiles, or one of them cleared for it. */
export function fieldOptions(
  module: PolicyModule,
  profiles: readonly PolicyProfile[],
  { field: key, action }: Pick<Refusal, 'field' | 'action'>,
): Way[] {
  const field = key === undefined ? undefined : module.fields.get(key)
  if (!field) return []
  const access = neededAccess(action)
  const open = profiles.map(({ key: profile }): Way => {
    return [{ kind: 'openField', profile, module: module.key, field: field.key, access }]
  })
  const clearance: Clearance = field.sensitivity
  const cleared = profiles.map(({ key: profile }): Way => [{ kind: 'giveClearance', profile, clearance }])
  return [...open, ...cleared]
}
