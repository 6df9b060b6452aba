import { mutantsOf } from './mutant.ts'

/** Grants, caps, and how they make a level. */
export const grantMutants = mutantsOf('packages/access/src/grants.ts', [
  ["{ kind: 'owner', level: 'full', condition", "{ kind: 'owner', level: 'edit', condition", 'an owner has edit only'],
  ["level: user.leads.includes(team) ? 'full' : 'edit'", "level: 'edit'", 'a leader has no more on the team’s records'],
  ["level: user.leads.includes(team) ? 'full' : 'edit'", "level: 'full'", 'a member has full on the team’s records'],
  ["granted('leader', team.leadersGet,", "granted('leader', team.membersGet,", 'leaders get what members get'],
  ['const led = user.leads.includes(key) ?', "const led = key !== '' ?", 'every member is a leader'],
  [
    "return [...led, ...granted('member', team.membersGet, key, condition)]",
    'return led',
    'fellow members get nothing',
  ],
  ["granted('peer', role.peersGet ?? 'none',", "granted('peer', 'none',", 'peers get nothing'],
  [": granted('superior', module.superiorsGet,", ": granted('superior', 'full',", 'superiors always get full'],
  ["granted('default', module.sharing,", "granted('default', 'none',", 'the sharing default is forgotten'],
  ['.filter((rule) => rule.with.some(', '.filter((rule) => rule.with.every(', 'a rule asks for all of its principals'],
  ['condition: all([owned, when])', 'condition: any([owned, when])', 'a rule holds by its owners or its condition'],
  [
    'const owned = rule.ownedBy === undefined ? TRUE : { owners: ownersIn(policy, rule.ownedBy) }',
    'const owned = TRUE',
    'the owners of a rule are forgotten',
  ],
  [
    'const when = rule.when === undefined ? TRUE : bindCondition(policy, module, rule.when, user)',
    'const when = TRUE',
    'the condition of a rule is forgotten',
  ],
  ["({ kind: 'share', level,", "({ kind: 'share', level: 'full',", 'every share gives full'],
  [
    "granted('profile', 'full', profile.key, TRUE)",
    "granted('profile', 'read', profile.key, TRUE)",
    'modifyAll is viewAll',
  ],
  [
    "granted('profile', 'read', profile.key, TRUE)",
    "granted('profile', 'full', profile.key, TRUE)",
    'viewAll is modifyAll',
  ],
  [
    'const condition = levelCondition(policy, user, target, level)',
    "const condition = levelCondition(policy, user, target, 'read')",
    'reading the parent gives full below it',
  ],
  [
    '...user.teams.map((team) => `team:',
    '...[].map((team) => `team:',
    'members don’t see what is confidential in their team’s pool',
  ],
  ['if (policy.confidentialSuperiors) for', 'if (policy.hierarchy) for', 'superiors always see what is confidential'],
  [
    'const kept = any([owners(near), {',
    'const kept = all([owners(near), {',
    'an owner needs a share on his own secret',
  ],
  [
    "{ kind: 'confidential', level: 'none',",
    "{ kind: 'confidential', level: 'read',",
    'what is confidential can be read',
  ],
  [
    'all([{ confidential: true }, not(kept)])',
    'any([{ confidential: true }, not(kept)])',
    'everything is confidential',
  ],
  ['touches(rule.for) && !touches(rule.except)', 'touches(rule.for)', 'exceptions of a restriction are forgotten'],
  [
    'touches(rule.for) && !touches(rule.except)',
    'touches(rule.for) || !touches(rule.except)',
    'a restriction cuts everybody',
  ],
  ['touches(rule.for) && !touches(rule.except)', 'false', 'restrictions are forgotten'],
  [
    'return [confidentialCap(policy, user), ...restrictionCaps',
    'return [...restrictionCaps',
    'the confidential cap is forgotten',
  ],
  [
    'condition: rule.when === undefined ? TRUE :',
    'condition: rule.when === undefined ? not(TRUE) :',
    'a restriction without condition never cuts',
  ],
  ['rankOf(grant.level) >= rankOf(level)', 'rankOf(grant.level) > rankOf(level)', 'a grant gives less than its level'],
  [
    'rankOf(grant.level) >= rankOf(level)',
    'rankOf(grant.level) === rankOf(level)',
    'a higher grant doesn’t give the lower levels',
  ],
  [
    'rankOf(limit.level) < rankOf(level)',
    'rankOf(limit.level) <= rankOf(level)',
    'a cap takes its own level away, too',
  ],
  ['rankOf(limit.level) < rankOf(level)', 'rankOf(limit.level) > rankOf(level)', 'the lowest cap doesn’t win'],
  ['leaves: not(condition)', 'leaves: condition', 'a cap leaves only what it is to cut'],
  ['return all([any(giving.map', 'return any([any(giving.map', 'grants or the absence of caps suffice'],
  [
    'any(giving.map((grant) => grant.condition))',
    'all(giving.map((grant) => grant.condition))',
    'all grants are needed at once',
  ],
])
