import type { Key, PolicyDocument } from '@bailiwick/access'
import { changedRules, hung } from './changed-rules.ts'
import type { ChangeSeed } from './changes.ts'
import { inTable, inUser } from './in-table.ts'
import { pick } from './pools.ts'
import type { GeneratedWorld } from './world.ts'

/** How people come to stand elsewhere than they did. */
export const MOVE_KINDS = [
  'move user to another role',
  'move role in the tree',
  'give user another manager',
  'change the people of a team',
  'change the members of a group',
  'somebody leaves',
  'somebody comes back',
  'change a sharing default',
  'change the hierarchy',
  'change a sharing rule',
  'change a restriction rule',
  'change what a field is for',
  'change a clearance',
  'change the access to a field',
  'change what colleagues get',
  'change the attributes of a user',
  'hang a module elsewhere',
] as const
export type MoveKind = (typeof MOVE_KINDS)[number]

/** The world after a move; the same where there is nothing to move. */
export function moved(world: GeneratedWorld, kind: MoveKind, seed: ChangeSeed): GeneratedWorld {
  const document = { ...world.document, ...sections(world, kind, seed) }
  return kind === 'hang a module elsewhere' ? hung({ ...world, document }) : { ...world, document }
}

function sections(world: GeneratedWorld, kind: MoveKind, seed: ChangeSeed): Partial<PolicyDocument> {
  const { document, names } = world
  const { at, hours } = seed
  switch (kind) {
    case 'move user to another role':
      return inUser(document, names.users, at, () => ({ role: orNone(names.roles, hours) }))
    case 'move role in the tree':
      // Trees stay trees: every role stands below an earlier one.
      return inTable('roles', document.roles, names.roles, at, (place) => ({
        parent: orNone(names.roles.slice(0, place), hours),
      }))
    case 'give user another manager':
      return inUser(document, names.users, at, (place) => ({ manager: orNone(names.users.slice(0, place), hours) }))
    case 'change the people of a team':
      return inTable('teams', document.teams, names.teams, at, () => ({
        leaders: some(names.users, hours, 3),
        members: some(names.users, hours + at, 2),
      }))
    case 'change the members of a group':
      return inTable('groups', document.groups, names.groups, at, () => ({
        members: some(names.users, hours, 2).map((user) => `user:${user}` as const),
      }))
    case 'somebody leaves':
      return inUser(document, names.users.slice(1), at, () => ({ status: 'removed' }))
    case 'somebody comes back':
      return inUser(document, names.users, at, () => ({ status: 'active' }))
    case 'change a sharing default':
      return inTable('modules', document.modules, Object.keys(document.modules ?? {}), at, () => ({
        sharing: pick(['none', 'read', 'edit', 'full'] as const, hours),
      }))
    case 'change the hierarchy':
      return {
        organization: {
          ...document.organization,
          hierarchy: pick(['roles', 'reporting', 'both'] as const, hours),
          confidentialSuperiors: at % 2 === 0,
        },
      }
    default:
      return changedRules(world, kind, seed)
  }
}

function orNone(keys: readonly Key[], at: number): Key | undefined {
  return keys.length === 0 || at % 4 === 3 ? undefined : pick(keys, at)
}

function some(keys: readonly Key[], from: number, every: number): Key[] {
  return keys.filter((_, place) => (place + from) % every === 0)
}
