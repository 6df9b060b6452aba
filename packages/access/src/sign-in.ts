import { wallTime } from './calendar.ts'
import type { Key, SignInWindow } from './document.ts'
import { WEEKDAYS } from './document.ts'
import type { Asking } from './facts.ts'
import { isInNetwork } from './network.ts'
import type { Policy, PolicyProfile } from './policy.ts'

/** Whether an active person may be signed in at this moment, from this address: any one of his profiles allows it. Law: sections 2, 7. */
export function canSignIn(policy: Policy, user: Key, asking: Asking): boolean {
  const person = policy.users.get(user)
  return person?.status === 'active' && person.profiles.some((profile) => profileAllows(policy, profile, asking))
}

/** Whether the profile lets its holders in then, from there. */
export function profileAllows(policy: Policy, profile: PolicyProfile, asking: Asking): boolean {
  return isInTime(policy, profile, asking) && isInPlace(profile, asking)
}

function isInTime(policy: Policy, profile: PolicyProfile, asking: Asking): boolean {
  return (
    profile.signIn === undefined || profile.signIn.some((window) => isInWindow(window, asking.now, policy.timeZone))
  )
}

function isInPlace(profile: PolicyProfile, asking: Asking): boolean {
  const { ip } = asking
  return (
    profile.networks === undefined || ip === undefined || profile.networks.some((network) => isInNetwork(ip, network))
  )
}

/** A window whose end is not after its start passes midnight; its weekdays are those on which it starts. */
function isInWindow(window: SignInWindow, now: number, organizationTimeZone: string): boolean {
  const { weekday, minute } = wallTime(now, window.timeZone ?? organizationTimeZone)
  const from = minutesOf(window.from)
  const to = minutesOf(window.to)
  const startsOn = (day: number) => window.days.some((name) => (WEEKDAYS.indexOf(name) + 1) % 7 === day % 7)
  if (from < to) return startsOn(weekday) && minute >= from && minute < to
  return (startsOn(weekday) && minute >= from) || (startsOn(weekday + 6) && minute < to)
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
