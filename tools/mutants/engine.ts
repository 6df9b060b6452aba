import { mutantsOf } from './mutant.ts'

const source = (file: string) => `packages/access/src/${file}`

/** Decisions, conditions, fields, signing in and people. */
export const engineMutants = [
  ...mutantsOf(source('reach.ts'), [
    [
      "if (person.status !== 'active') return { kind: 'never'",
      "if (person.status === 'removed') return { kind: 'never'",
      'a suspended person keeps his level',
    ],
    ['if (!policy.isLicensed(module)) return', "if (module === '') return", 'the licence is forgotten'],
    [
      'if (!canSignIn(policy, user, asking)) return',
      "if (user === '') return",
      'sign-in windows and networks are forgotten',
    ],
    ["if (modifiesAll(policy, user, module)) return { kind: 'always' }", '', 'modifyAll doesn’t open the bin'],
    [
      "return reach(policy, user, module, 'delete', asking)",
      "return reach(policy, user, module, 'update', asking)",
      'who may change may restore',
    ],
    ['return facts.deleted !== true && reachHolds', 'return reachHolds', 'a deleted record counts'],
    ["if (facts.deleted) return 'none'", '', 'a deleted record has levels'],
    [
      "(['full', 'edit', 'read'] as const).find(reaches)",
      "(['read', 'edit', 'full'] as const).find(reaches)",
      'the lowest level counts',
    ],
  ]),
  ...mutantsOf(source('policy.ts'), [
    [
      "action === 'import' || granted('read'))",
      "action !== 'read' || granted('read'))",
      'actions don’t need read on the module',
    ],
  ]),
  ...mutantsOf(source('evaluate.ts'), [
    ['return anyOf(condition.any', 'return allOf(condition.any', 'and for or'],
    ['return allOf(condition.all', 'return anyOf(condition.all', 'or for and'],
    ['=> !part(facts, moment)', '=> part(facts, moment)', 'not is forgotten'],
    [
      'rankOf(share.level) >= rankOf(condition.atLeast)',
      'rankOf(share.level) <= rankOf(condition.atLeast)',
      'a low share gives much',
    ],
    ['(share.expiresAt === undefined || share.expiresAt > now)', 'true', 'a share never ends'],
    ['share.expiresAt > now', 'share.expiresAt >= now', 'a share counts at its very end'],
    ['parent != null && !parent.deleted &&', 'parent != null &&', 'a deleted parent gives its level'],
    [
      'if (isEmptyValue(stored)) return false',
      "if (isEmptyValue(stored)) return comparison.op === 'ne'",
      'ne holds on an empty field',
    ],
    [
      "if (comparison.op === 'isNotEmpty') return true",
      "if (comparison.op === 'isNotEmpty') return false",
      'isNotEmpty never holds',
    ],
    ["return (op === 'in') === wanted.includes(value)", 'return wanted.includes(value)', 'notIn is in'],
    ['return value !== one', 'return value === one', 'ne is eq'],
    ['String(value).startsWith(String(one))', 'String(value).includes(String(one))', 'startsWith is contains'],
    ['order(value, one) < 0', 'order(value, one) <= 0', 'lt is lte'],
    ['order(value, one) <= 0', 'order(value, one) < 0', 'lte is lt'],
    ['order(value, one) > 0', 'order(value, one) >= 0', 'gt is gte'],
    ['order(value, one) >= 0', 'order(value, one) > 0', 'gte is gt'],
    ['? compareCodePoints(a, b) :', '? (a < b ? -1 : a > b ? 1 : 0) :', 'text is ordered by UTF-16 units'],
    ['? startOfDay(day, moment.timeZone) : day', "? startOfDay(day, 'UTC') : day", 'days begin at midnight in UTC'],
    [
      'addDays(today(moment.now, moment.timeZone), value.today)',
      "addDays(today(moment.now, 'UTC'), value.today)",
      'today is the day in UTC',
    ],
  ]),
  ...mutantsOf(source('conditions.ts'), [
    ["if (attribute === 'role') return user?.role", '', 'the role of whoever asks is unknown'],
    [
      "const literal = typeof value === 'object' && 'user' in value ? attributeOf(user, value.user)",
      "const literal = typeof value === 'object' && 'user' in value ? (attributeOf(user, value.user) ?? '')",
      'an attribute that is missing is an empty text',
    ],
  ]),
  ...mutantsOf(source('canonical.ts'), [
    ['/^(user|team):/.test(value) ? value', 'true ? value', 'a bare key is no user'],
    [
      '? startOfDay(value, timeZone) : parseInstant(value)',
      "? startOfDay(value, 'UTC') : parseInstant(value)",
      'dates are days in UTC',
    ],
  ]),
  ...mutantsOf(source('fold.ts'), [
    [".normalize('NFC').toLowerCase()", '.toLowerCase()', 'decomposed letters are others'],
    [".normalize('NFC').toLowerCase()", ".normalize('NFC')", 'case counts'],
  ]),
  ...mutantsOf(source('fields.ts'), [
    ['person && policy.isLicensed(module) ?', 'person ?', 'fields of an unlicensed module are there'],
    ["if (person.status !== 'active') return []", '', 'somebody suspended sees fields'],
    [
      "profile.moduleOf(module)?.actions?.includes('read'))",
      'profile.moduleOf(module))',
      'profiles that don’t read count for fields',
    ],
    [
      'rankOfClearance(field.sensitivity) > rankOfClearance',
      'rankOfClearance(field.sensitivity) >= rankOfClearance',
      'clearance has to be above sensitivity',
    ],
    [
      'rankOfClearance(field.sensitivity) > rankOfClearance',
      'rankOfClearance(field.sensitivity) > 9 + rankOfClearance',
      'clearance is forgotten',
    ],
    ['rankOfAccess(one) > rankOfAccess(best)', 'rankOfAccess(one) < rankOfAccess(best)', 'min for max'],
    ["listed.default : undefined) ?? 'edit'", "listed.default : undefined) ?? 'read'", 'unstated is read only'],
    [" || stated === 'edit') return 'read'", ") return 'read'", 'system fields can be edited'],
    [
      "return person?.status === 'active' && person.profiles.some((profile) => profile.system",
      'return person?.profiles.some((profile) => profile.system',
      'somebody suspended keeps system permissions',
    ],
    [
      "if (!person || !hasSystemPermission(policy, user, 'viewReports')) return false",
      'if (!person) return false',
      'figures over all need no viewReports',
    ],
  ]),
  ...mutantsOf(source('sign-in.ts'), [
    [
      'person.profiles.some((profile) => profileAllows',
      'person.profiles.every((profile) => profileAllows',
      'all profiles must let one in',
    ],
    [
      'return isInTime(policy, profile, asking) && isInPlace',
      'return isInTime(policy, profile, asking) || isInPlace',
      'the hour or the place suffices',
    ],
    ['minute >= from && minute < to', 'minute >= from && minute <= to', 'a window ends a minute later'],
    [
      'startsOn(weekday) && minute >= from && minute < to',
      'startsOn(weekday) && minute > from && minute < to',
      'a window begins a minute later',
    ],
    ['startsOn(weekday + 6)', 'startsOn(weekday)', 'past midnight it is another weekday’s window'],
    ['window.timeZone ?? organizationTimeZone', 'organizationTimeZone', 'a window’s own time zone is forgotten'],
    ['ip === undefined ||', '', 'who has no address is in no network'],
  ]),
  ...mutantsOf(source('network.ts'), [
    ['|| network.address.bits !== address.bits', '', 'addresses of the two kinds are compared'],
    ['value >> 32n === 0xffffn ?', 'value >> 32n === 0xfffen ?', 'a mapped address is none'],
    ['BigInt(address.bits - network.prefix)', 'BigInt(address.bits)', 'every address is in every network'],
  ]),
  ...mutantsOf(source('people.ts'), [
    ['for (const principal of found) {', 'for (const principal of [...found]) {', 'groups in groups are forgotten'],
    ['usersOfRoles(policy, roleWithSubordinates(policy, key))', 'usersOfRoles(policy, [key])', 'role+ is role'],
    ['roles.delete(user.role)', '', 'peers are superiors'],
    ["if (policy.hierarchy !== 'reporting') for", "if (policy.hierarchy === 'both') for", 'roles make no superiors'],
    ["if (policy.hierarchy !== 'roles') for", "if (policy.hierarchy === 'both') for", 'managers are no superiors'],
    [
      'for (const at of found) for (const report of',
      'for (const at of [...found]) for (const report of',
      'only direct reports are below',
    ],
    ["if (principal.startsWith('team:')) owners.add(principal)", '', 'a team that owns is in no rule'],
    [
      'for (const at of found) for (const child of',
      'for (const at of [...found]) for (const child of',
      'only the next roles are below',
    ],
  ]),
  ...mutantsOf(source('calendar.ts'), [
    [
      '=== midnight ? usual : firstShownFrom(midnight, timeZone)',
      '=== midnight ? usual : usual',
      'a day without midnight begins at another hour',
    ],
  ]),
  ...mutantsOf(source('reach-condition.ts'), [
    [
      'if (LEVELS.indexOf(part.atLeast) < LEVELS.indexOf(other.atLeast))',
      'if (LEVELS.indexOf(part.atLeast) > LEVELS.indexOf(other.atLeast))',
      'of equal shares the highest is asked for',
    ],
    [
      'return condition.literal ? FALSE : TRUE',
      'return condition.literal ? TRUE : FALSE',
      'not of what always holds is true',
    ],
  ]),
  ...mutantsOf(source('explain.ts'), [
    ["rankOfAccess(writes ? 'edit' : 'read')", "rankOfAccess('read')", 'who sees a field may write it'],
    ['.filter((cap) => holds(cap.condition, facts, moment))', '', 'caps that don’t cut are told'],
    [
      'grantsOf(policy, person, module).filter((grant) => holds(grant.condition, facts, moment))',
      'grantsOf(policy, person, module)',
      'grants that don’t apply are told',
    ],
  ]),
]
