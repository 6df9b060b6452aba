import type { Action, Key, Level, ProfileDefinition, SystemPermission } from '../document.ts'
import { LEVELS } from '../document.ts'
import { NEEDED_LEVEL, type RecordFacts } from '../facts.ts'
import { isInside } from './calendar.ts'
import { oracleLevel } from './levels.ts'
import { isInNetwork } from './network.ts'
import { isActive, isLicensed, moduleOf, profileModulesOf, profilesOf, type World } from './world.ts'

/** Section 7: `allow(u, a, r)`. A deleted record is outside of it: see `oracleRestores`. */
export function oracleAllows(world: World, user: Key, action: Action, record: RecordFacts): boolean {
  return oracleAllowsOnModule(world, user, action, record.module) && suffices(action, oracleLevel(world, user, record))
}

/** Section 7 without its last part: what is asked where there is no record. */
export function oracleAllowsOnModule(world: World, user: Key, action: Action, module: Key): boolean {
  if (!moduleOf(world, module) || !isLicensed(world, module) || !oracleCanSignIn(world, user)) return false
  const needsRead = action !== 'create' && action !== 'import'
  return grants(world, user, module, action) && (!needsRead || grants(world, user, module, 'read'))
}

/** Section 2: any of the profiles. */
function grants(world: World, user: Key, module: Key, action: Action): boolean {
  return profileModulesOf(world, user, module).some(({ says }) => (says.actions ?? []).includes(action))
}

function suffices(action: Action, level: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(NEEDED_LEVEL[action] ?? 'none')
}

/** Section 3, the recycle bin: who could delete the record, and `modifyAll`, see it there and restore it. */
export function oracleRestores(world: World, user: Key, record: RecordFacts): boolean {
  const modifiesAll = profileModulesOf(world, user, record.module).some(({ says }) => says.modifyAll)
  if (!record.deleted) return false
  return (
    oracleAllows(world, user, 'delete', { ...record, deleted: false }) ||
    (modifiesAll && oracleAllowsOnModule(world, user, 'read', record.module))
  )
}

/** Section 2: an active user, when any one of his profiles allows it now and from here. */
export function oracleCanSignIn(world: World, user: Key): boolean {
  return isActive(world, user) && profilesOf(world, user).some(({ profile }) => letsIn(world, profile))
}

function letsIn(world: World, { signIn, networks }: ProfileDefinition): boolean {
  const { ip } = world
  const zone = world.document.organization?.timeZone ?? 'UTC'
  const onTime = signIn === undefined || signIn.some((window) => isInside(window, world.now, window.timeZone ?? zone))
  const fromHere = networks === undefined || ip === undefined || networks.some((block) => isInNetwork(ip, block))
  return onTime && fromHere
}

/** Section 2: any of an active user's profiles. */
export function oracleHasSystemPermission(world: World, user: Key, permission: SystemPermission): boolean {
  return isActive(world, user) && profilesOf(world, user).some(({ profile }) => profile.system?.includes(permission))
}

/** The records of the module on which the user may do the action. */
export function oracleList(
  world: World,
  user: Key,
  action: Action,
  module: Key,
  records: readonly RecordFacts[],
): RecordFacts[] {
  return records.filter((record) => record.module === module && oracleAllows(world, user, action, record))
}

/** Who can read the record, and on which level he stands with it. */
export function oracleAudience(world: World, record: RecordFacts): { readonly user: Key; readonly level: Level }[] {
  return Object.keys(world.document.users ?? {})
    .filter((user) => oracleAllows(world, user, 'read', record))
    .map((user) => ({ user, level: oracleLevel(world, user, record) }))
}
