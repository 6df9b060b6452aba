import type { CapApplied, Condition, Explanation, GrantApplied, Key, PolicyModule } from '@bailiwick/access'
import { missingOnModule, rankOf } from '@bailiwick/access'
import { viewOf } from '../present-record.ts'
import type { Reading } from '../stamped.ts'

/** What an explanation says of why. */
type Reasons = Pick<Explanation, 'grants' | 'caps'>

/**
 * The reasons as the person himself is told them: without naming what he can't see (access model, section 7). Whether a rule reaches
 * a record tells the values that it asks for; of one that turns on fields hidden from him only what his level shows anyway is told,
 * without its name.
 */
export function toldToHimself(reading: Reading, module: PolicyModule, { grants, caps }: Reasons): Reasons {
  const told = grants.filter((grant) => !isVeiled(reading, module, grant))
  const veiled = highest(grants.filter((grant) => isVeiled(reading, module, grant)))
  const adds = veiled && rankOf(veiled.level) > rankOf(highest(told)?.level ?? 'none')
  return {
    grants: [
      ...told.map((grant) => grantToHimself(reading, module, grant)),
      ...(adds ? [{ kind: veiled.kind, level: veiled.level }] : []),
    ],
    caps: capsToHimself(reading, module, grants, caps),
  }
}

/** Those that leave him less than he was granted; of one that he can't be told of, that there is one, where no other says as much. */
function capsToHimself(
  reading: Reading,
  module: PolicyModule,
  grants: readonly GrantApplied[],
  caps: readonly CapApplied[],
): CapApplied[] {
  const granted = rankOf(highest(grants)?.level ?? 'none')
  const cutting = caps.filter(({ level }) => rankOf(level) < granted)
  const told = cutting.filter((cap) => !isVeiled(reading, module, cap))
  const lowest = Math.min(...told.map(({ level }) => rankOf(level)))
  const veiled = cutting
    .filter((cap) => isVeiled(reading, module, cap) && rankOf(cap.level) < lowest)
    .sort((one, other) => rankOf(one.level) - rankOf(other.level))
  return [...told, ...veiled.slice(0, 1).map(({ kind, level }) => ({ kind, level }))]
}

function highest(grants: readonly GrantApplied[]): GrantApplied | undefined {
  return grants.reduce<GrantApplied | undefined>(
    (best, one) => (best && rankOf(best.level) >= rankOf(one.level) ? best : one),
    undefined,
  )
}

/** Whether it comes of a rule that turns on what he doesn't see. */
function isVeiled(reading: Reading, module: PolicyModule, { kind, by }: GrantApplied | CapApplied): boolean {
  const { sharingRules, restrictionRules } = reading.snapshot.policy
  if (kind === 'rule') {
    const rule = sharingRules.get(module.key)?.find(({ key }) => key === by)
    return (
      (rule?.ownedBy !== undefined && !isShown(reading, module, 'owner')) || asksHidden(reading, module, rule?.when)
    )
  }
  if (kind !== 'restriction') return false
  return asksHidden(reading, module, restrictionRules.get(module.key)?.find(({ key }) => key === by)?.when)
}

function asksHidden(reading: Reading, module: PolicyModule, condition: Condition | undefined): boolean {
  if (!condition) return false
  if ('all' in condition) return condition.all.some((part) => asksHidden(reading, module, part))
  if ('any' in condition) return condition.any.some((part) => asksHidden(reading, module, part))
  if ('not' in condition) return asksHidden(reading, module, condition.not)
  return !isShown(reading, module, condition.field)
}

function grantToHimself(reading: Reading, module: PolicyModule, grant: GrantApplied): GrantApplied {
  const { kind, level } = grant
  if (OF_THE_OWNER.has(kind)) return isShown(reading, module, 'owner') ? grant : { kind, level }
  if (kind !== 'parent') return grant
  if (grant.by === undefined || !isShown(reading, module, grant.by)) return { kind, level }
  const { parent, ...rest } = grant
  const above = parent && reading.snapshot.policy.modules.get(parent.module)
  // The level comes down from a parent that he may not read at all.
  if (!above || !readsParent(reading, parent)) return rest
  return { ...rest, parent: { ...parent, ...toldToHimself(reading, above, parent) } }
}

/** Grants that say who the owner is, or of what team or role. */
const OF_THE_OWNER: ReadonlySet<GrantApplied['kind']> = new Set(['superior', 'leader', 'member', 'team'])

/** Whatever action was asked about: it may be one that needs no level at all. */
function readsParent({ actor, snapshot }: Reading, { module, level }: Explanation): boolean {
  const missing = missingOnModule(snapshot.policy, actor.user, module, 'read', actor.asking)
  return missing === undefined && rankOf(level) >= rankOf('read')
}

function isShown(reading: Reading, module: PolicyModule, field: Key): boolean {
  const access = viewOf(reading, module).access.get(field)
  return access === 'read' || access === 'edit'
}
