import type {
  GroupDefinition,
  OrganizationSettings,
  RoleDefinition,
  TeamDefinition,
  UserDefinition,
} from '../document.ts'
import { level, name, principals, reference, scalar } from './common-shapes.ts'
import { shown } from './problem.ts'
import { described, flag, keyed, list, object, oneOf, text, wholeNumber } from './shape.ts'

const MOST_APPROVALS = 20

export const timeZone = text({
  longest: 100,
  refuse: (value) =>
    isTimeZone(value)
      ? undefined
      : { message: `${shown(value)} is not a time zone.`, cure: 'Write an IANA name such as Europe/Helsinki or UTC.' },
})

/** Names only: an offset such as `+02:00` means opposite things to JavaScript and to PostgreSQL. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const organization = object<OrganizationSettings>({
  name: described(text({ longest: 500 }), 'Name', 'What the organization is called. Kept as it was where unstated.'),
  timeZone: described(
    timeZone,
    'Time zone',
    'Where its days begin: for `today`, dates and sign-in windows. UTC where unstated.',
  ),
  hierarchy: described(
    oneOf('roles', 'reporting', 'both'),
    'Hierarchy',
    'Who is above whom: by the role tree, by the reporting line, or by either.',
  ),
  confidentialSuperiors: described(
    flag(),
    'Confidential for superiors',
    'Whether superiors of the owner reach confidential records.',
  ),
  approvals: described(
    wholeNumber(0, MOST_APPROVALS),
    'Approvals',
    'How many other people must approve a change before it takes effect.',
  ),
})

export const role = object<RoleDefinition>({
  name: described(name, 'Name', 'The display name.'),
  parent: described(reference, 'Parent', 'The role directly above this one.'),
  peersGet: described(
    level,
    'Peers get',
    'What users of this role reach on each other’s records. None where unstated.',
  ),
})

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(\.[^\s@<>()[\]\\,;:".]+)*$/

const email = text({
  longest: 254,
  schema: { pattern: EMAIL.source },
  refuse: (value) =>
    EMAIL.test(value)
      ? undefined
      : { message: `${shown(value)} is not an e-mail address.`, cure: 'Write it as name@domain.' },
})

export const user = object<UserDefinition>({
  name: described(text({ longest: 500 }), 'Name', 'The person’s name.'),
  email: described(email, 'E-mail', 'Where the person signs in with. No two users share one.'),
  status: described(
    oneOf('active', 'suspended', 'removed'),
    'Status',
    'Only the active are allowed anything. Active where unstated.',
  ),
  role: described(reference, 'Role', 'The person’s place in the role tree.'),
  manager: described(reference, 'Manager', 'The user whom the person reports to.'),
  profiles: described(list(reference), 'Profiles', 'What the person may do: the union of these.'),
  attributes: described(
    keyed(scalar, { noun: 'user attribute' }),
    'Attributes',
    'Facts about the person that conditions compare with, such as a region.',
  ),
})

export const team = object<TeamDefinition>({
  name: described(name, 'Name', 'The display name.'),
  leaders: described(list(reference), 'Leaders', 'Users who lead the team; each is a member.'),
  members: described(list(reference), 'Members', 'Users who belong to the team.'),
  leadersGet: described(
    level,
    'Leaders get',
    'What leaders reach on records of the team and its members. Full where unstated.',
  ),
  membersGet: described(level, 'Members get', 'What members reach on fellow members’ records. None where unstated.'),
})

export const group = object<GroupDefinition>({
  name: described(name, 'Name', 'The display name.'),
  members: described(principals(), 'Members', 'Users, roles, teams and other groups.'),
})
