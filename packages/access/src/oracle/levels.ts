import type { Key, Level, ProfileModule } from '../document.ts'
import type { RecordFacts, ShareFact } from '../facts.ts'
import { conditionHolds } from './conditions.ts'
import {
  isLeader,
  isMember,
  isSuperior,
  ownerMatches,
  owningTeam,
  owningUser,
  reaches,
  roleOf,
  teamsOf,
} from './people.ts'
import { highest, isActive, lowest, moduleOf, own, profileModulesOf, type World } from './world.ts'

export type GrantKind =
  | 'owner'
  | 'team'
  | 'leader'
  | 'member'
  | 'peer'
  | 'superior'
  | 'default'
  | 'rule'
  | 'share'
  | 'profile'
  | 'parent'
export type CapKind = 'confidential' | 'restriction'

export interface OracleGrant {
  readonly grant: GrantKind
  readonly level: Level
}

export interface OracleCap {
  readonly cap: CapKind
  readonly level: Level
}

/** Section 3: min(max(grants), min(caps)). Whom the policy doesn't match, and what is deleted, is at `none`. */
export function oracleLevel(world: World, user: Key, record: RecordFacts): Level {
  if (!isActive(world, user) || !moduleOf(world, record.module) || record.deleted) return 'none'
  const granted = highest(oracleGrants(world, user, record).map(({ level }) => level))
  const capped = lowest(oracleCaps(world, user, record).map(({ level }) => level))
  return lowest([granted, capped])
}

/** Section 3, the table of grants, line after line; those that give nothing are left out. */
export function oracleGrants(world: World, user: Key, record: RecordFacts): OracleGrant[] {
  const grants: OracleGrant[] = [
    { grant: 'owner', level: asOwner(world, user, record) },
    { grant: 'team', level: inOwningTeam(world, user, record) },
    { grant: 'leader', level: asLeader(world, user, record) },
    { grant: 'member', level: asFellowMember(world, user, record) },
    { grant: 'peer', level: asPeer(world, user, record) },
    { grant: 'superior', level: asSuperior(world, user, record) },
    { grant: 'default', level: moduleOf(world, record.module)?.sharing ?? 'none' },
    { grant: 'rule', level: byRules(world, user, record) },
    { grant: 'share', level: highest(sharesReaching(world, user, record).map(({ level }) => level)) },
    { grant: 'profile', level: byProfiles(world, user, record) },
    { grant: 'parent', level: byParent(world, user, record) },
  ]
  return grants.filter(({ level }) => level !== 'none')
}

function asOwner(world: World, user: Key, record: RecordFacts): Level {
  return owningUser(world, record.owner) === user ? 'full' : 'none'
}

function inOwningTeam(world: World, user: Key, record: RecordFacts): Level {
  const team = owningTeam(world, record.owner)
  if (!team || !isMember(team, user)) return 'none'
  return isLeader(team, user) ? 'full' : 'edit'
}

function asLeader(world: World, user: Key, record: RecordFacts): Level {
  const owner = owningUser(world, record.owner)
  if (owner === undefined) return 'none'
  const led = teamsOf(world).filter((team) => isLeader(team, user) && isMember(team, owner))
  return highest(led.map((team) => team.leadersGet ?? 'full'))
}

function asFellowMember(world: World, user: Key, record: RecordFacts): Level {
  const owner = owningUser(world, record.owner)
  if (owner === undefined) return 'none'
  const common = teamsOf(world).filter((team) => isMember(team, user) && isMember(team, owner))
  return highest(common.map((team) => team.membersGet ?? 'none'))
}

function asPeer(world: World, user: Key, record: RecordFacts): Level {
  const owner = owningUser(world, record.owner)
  const role = roleOf(world, user)
  if (owner === undefined || role === undefined || roleOf(world, owner) !== role) return 'none'
  return own(world.document.roles, role)?.peersGet ?? 'none'
}

function asSuperior(world: World, user: Key, record: RecordFacts): Level {
  const owner = owningUser(world, record.owner)
  if (owner === undefined || !isSuperior(world, user, owner)) return 'none'
  return moduleOf(world, record.module)?.superiorsGet ?? 'full'
}

function byRules(world: World, user: Key, record: RecordFacts): Level {
  const applying = Object.values(world.document.sharingRules ?? {}).filter(
    (rule) =>
      rule.module === record.module &&
      reaches(world, rule.with, user) &&
      (rule.ownedBy === undefined || ownerMatches(world, rule.ownedBy, record.owner)) &&
      (rule.when === undefined || conditionHolds(world, user, rule.when, record)),
  )
  return highest(applying.map(({ level }) => level))
}

function sharesReaching(world: World, user: Key, record: RecordFacts): readonly ShareFact[] {
  return record.shares.filter(
    (share) => (share.expiresAt === undefined || world.now < share.expiresAt) && reaches(world, [share.with], user),
  )
}

function byProfiles(world: World, user: Key, record: RecordFacts): Level {
  return highest(profileModulesOf(world, user, record.module).map(({ says }) => override(says)))
}

function override({ viewAll, modifyAll }: ProfileModule): Level {
  if (modifyAll) return 'full'
  return viewAll ? 'read' : 'none'
}

/** The level on the parent, after the parent's own caps; a deleted parent is at `none`, as every deleted record. */
function byParent(world: World, user: Key, record: RecordFacts): Level {
  const hasParents = moduleOf(world, record.module)?.parent !== undefined
  return hasParents && record.parent ? oracleLevel(world, user, record.parent) : 'none'
}

/** Section 3, the table of caps. */
export function oracleCaps(world: World, user: Key, record: RecordFacts): OracleCap[] {
  const confidential: OracleCap = { cap: 'confidential', level: 'none' }
  return [...(isKeptFrom(world, user, record) ? [confidential] : []), ...restrictions(world, user, record)]
}

function isKeptFrom(world: World, user: Key, record: RecordFacts): boolean {
  const owner = owningUser(world, record.owner)
  const team = owningTeam(world, record.owner)
  if (!record.confidential) return false
  if (owner === user) return false
  if (team && isMember(team, user)) return false
  if (sharesReaching(world, user, record).length > 0) return false
  const superiorsToo = world.document.organization?.confidentialSuperiors ?? false
  return !(superiorsToo && owner !== undefined && isSuperior(world, user, owner))
}

function restrictions(world: World, user: Key, record: RecordFacts): OracleCap[] {
  return Object.values(world.document.restrictionRules ?? {})
    .filter(
      (rule) =>
        rule.module === record.module &&
        reaches(world, rule.for, user) &&
        !reaches(world, rule.except ?? [], user) &&
        (rule.when === undefined || conditionHolds(world, user, rule.when, record)),
    )
    .map(({ level }) => ({ cap: 'restriction', level }))
}
