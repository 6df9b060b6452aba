import type { Clearance, FieldAccess, Key, SystemPermission } from './document.ts'
import { CLEARANCES, FIELD_ACCESS } from './document.ts'
import type { Policy, PolicyField, PolicyProfile, PolicyUser } from './policy.ts'

/**
 * What access the person has to each field of a module, hidden ones included: the highest of his profiles that grant `read` there.
 * All hidden where none does, or he isn't active. Law: section 5.
 */
export function fields(policy: Policy, user: Key, module: Key): ReadonlyMap<Key, FieldAccess> {
  const person = policy.users.get(user)
  const readable = new Map<Key, FieldAccess>()
  const reading = person && policy.isLicensed(module) ? profilesReading(person, module) : []
  for (const field of policy.modules.get(module)?.fields.values() ?? []) {
    readable.set(field.key, highest(reading.map((profile) => fieldAccess(profile, module, field))))
  }
  return readable
}

function profilesReading(person: PolicyUser, module: Key): PolicyProfile[] {
  if (person.status !== 'active') return []
  return person.profiles.filter((profile) => profile.moduleOf(module)?.actions?.includes('read'))
}

function fieldAccess(profile: PolicyProfile, module: Key, field: PolicyField): FieldAccess {
  const listed = profile.moduleOf(module)?.fields ?? {}
  const stated = Object.hasOwn(listed, field.key) ? listed[field.key] : undefined
  if (field.system) return systemFieldAccess(field, stated)
  if (stated) return stated
  if (rankOfClearance(field.sensitivity) > rankOfClearance(profile.clearance)) return 'hidden'
  return (Object.hasOwn(listed, 'default') ? listed.default : undefined) ?? 'edit'
}

/** System fields change through their own actions alone, and a record can't be handled without its id and version. */
function systemFieldAccess(field: PolicyField, stated: FieldAccess | undefined): FieldAccess {
  if (field.key === 'id' || field.key === 'version' || stated === undefined || stated === 'edit') return 'read'
  return stated
}

function highest(accesses: readonly FieldAccess[]): FieldAccess {
  return accesses.reduce<FieldAccess>((best, one) => (rankOfAccess(one) > rankOfAccess(best) ? one : best), 'hidden')
}

/** `hidden < masked < read < edit` as 0–3. */
export function rankOfAccess(access: FieldAccess): number {
  return FIELD_ACCESS.indexOf(access)
}

function rankOfClearance(clearance: Clearance): number {
  return CLEARANCES.indexOf(clearance)
}

/** Whether an active person holds a system permission by any of his profiles. */
export function hasSystemPermission(policy: Policy, user: Key, permission: SystemPermission): boolean {
  const person = policy.users.get(user)
  return person?.status === 'active' && person.profiles.some((profile) => profile.system.includes(permission))
}

/** Whether the person's figures on a module cover all its records: `aggregate: all` by some profile, and `viewReports`. Law: section 6. */
export function aggregatesAll(policy: Policy, user: Key, module: Key): boolean {
  const person = policy.users.get(user)
  if (!person || !hasSystemPermission(policy, user, 'viewReports')) return false
  return person.profiles.some((profile) => profile.moduleOf(module)?.aggregate === 'all')
}
