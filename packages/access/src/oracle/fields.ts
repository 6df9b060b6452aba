import {
  CLEARANCES,
  FIELD_ACCESS,
  type FieldAccess,
  type Key,
  type ProfileDefinition,
  type ProfileModule,
} from '../document.ts'
import { fieldsOf, isActive, isLicensed, own, profileModulesOf, SYSTEM_FIELDS, type World } from './world.ts'

/** Section 5: the highest access that one of the profiles that grant `read` on the module gives. */
export function oracleFieldAccess(world: World, user: Key, module: Key, field: Key): FieldAccess {
  const reading = profileModulesOf(world, user, module).filter(({ says }) => (says.actions ?? []).includes('read'))
  if (!isActive(world, user) || !isLicensed(world, module) || !Object.hasOwn(fieldsOf(world, module), field))
    return 'hidden'
  const accesses = reading.map(({ profile, says }) => accessBy(world, profile, says, module, field))
  return FIELD_ACCESS.findLast((access) => accesses.includes(access)) ?? 'hidden'
}

/** Every field of the module with the user's access to it, the hidden ones included. */
export function oracleFields(world: World, user: Key, module: Key): ReadonlyMap<Key, FieldAccess> {
  const names = Object.keys(fieldsOf(world, module))
  return new Map(names.map((field) => [field, oracleFieldAccess(world, user, module, field)]))
}

function accessBy(world: World, profile: ProfileDefinition, says: ProfileModule, module: Key, field: Key): FieldAccess {
  const listed = own(says.fields, field)
  if (Object.hasOwn(SYSTEM_FIELDS, field)) return accessToSystemField(field, listed)
  if (listed !== undefined) return listed
  const sensitivity = own(fieldsOf(world, module), field)?.sensitivity ?? 'internal'
  const clearance = profile.clearance ?? 'internal'
  if (CLEARANCES.indexOf(sensitivity) > CLEARANCES.indexOf(clearance)) return 'hidden'
  return own(says.fields, 'default') ?? 'edit'
}

/** System fields are never changed by writing to them; a record without `id` and `version` couldn't be spoken of. */
function accessToSystemField(field: Key, listed: FieldAccess | undefined): FieldAccess {
  if (field === 'id' || field === 'version' || listed === undefined) return 'read'
  return listed === 'edit' ? 'read' : listed
}
