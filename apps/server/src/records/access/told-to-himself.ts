import type { GrantApplied, Key, PolicyModule } from '@bailiwick/access'
import { viewOf } from '../present-record.ts'
import type { Reading } from '../stamped.ts'

/** A reason as the person himself is told it: without naming what he can't see (access model, section 7). */
export function toldToHimself(reading: Reading, module: PolicyModule, grant: GrantApplied): GrantApplied {
  const { kind, level } = grant
  if (kind === 'superior') return isShown(reading, module, 'owner') ? grant : { kind, level }
  if (kind !== 'parent') return grant
  if (grant.by === undefined || !isShown(reading, module, grant.by)) return { kind, level }
  const { parent, ...rest } = grant
  const above = parent && reading.snapshot.policy.modules.get(parent.module)
  // The level comes down from a parent whose module he may not read at all.
  if (!parent?.allowed || !above) return rest
  return { ...rest, parent: { ...parent, grants: parent.grants.map((one) => toldToHimself(reading, above, one)) } }
}

function isShown(reading: Reading, module: PolicyModule, field: Key): boolean {
  const access = viewOf(reading, module).access.get(field)
  return access === 'read' || access === 'edit'
}
