import type { LooseDocument } from './loose.ts'
import { module } from './module-shapes.ts'
import { group, organization, role, team, user } from './people-shapes.ts'
import { profile } from './profile-shapes.ts'
import { invariant, restrictionRule, sharingRule, test } from './rule-shapes.ts'
import { described, keyed, object, oneOf } from './shape.ts'

/** The whole document. What names something else is only read here; whether that is there, `check-document.ts` asks. */
export const documentShape = object<LooseDocument>(
  {
    bailiwick: described(oneOf(1), 'Format version', 'Always 1.'),
    organization: described(organization, 'Organization', 'Settings of the organization.'),
    roles: described(keyed(role, { noun: 'role' }), 'Roles', 'The role tree.'),
    profiles: described(
      keyed(profile, { noun: 'profile' }),
      'Profiles',
      'What people may do, beside the built-in `administrator`.',
    ),
    users: described(keyed(user, { noun: 'user' }), 'Users', 'The members of the organization.'),
    teams: described(keyed(team, { noun: 'team' }), 'Teams', 'People who work one pool of records.'),
    groups: described(keyed(group, { noun: 'group' }), 'Groups', 'Sets of people to share with.'),
    modules: described(
      keyed(module, { noun: 'module', caseless: true }),
      'Modules',
      'Changes to built-in modules, and modules of one’s own.',
    ),
    sharingRules: described(
      keyed(sharingRule, { noun: 'sharing rule' }),
      'Sharing rules',
      'Who gets more than their place gives them.',
    ),
    restrictionRules: described(
      keyed(restrictionRule, { noun: 'restriction rule' }),
      'Restriction rules',
      'What no grant can give.',
    ),
    tests: described(keyed(test, { noun: 'test' }), 'Tests', 'Examples that must hold before a change is applied.'),
    invariants: described(
      keyed(invariant, { noun: 'invariant' }),
      'Invariants',
      'What must hold for everyone there is.',
    ),
  },
  ['bailiwick'],
)
