import type { Condition, Key, Principal } from '../document.ts'
import { ownersIn, principalsOf, subordinatesOf } from '../people.ts'
import type { KeyedRestrictionRule, KeyedSharingRule, Policy, PolicyModule, PolicyUser } from '../policy.ts'

/** Numbers for texts, the same for the same text: what is long is compared once. */
export type Intern = (text: string) => number

export function createIntern(): Intern {
  const numbers = new Map<string, number>()
  return (text) => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}

/** What a person's levels on a module's records depend on, as a text. */
export type Fingerprint = (user: Key, module: Key) => string

const NOBODY = 'nobody'

/**
 * Whom a policy treats alike: two people of one fingerprint stand at the same level on every record that neither of them owns, nor
 * has shared with himself. And one person of the same fingerprint in two policies reaches the same in both. Policies that are compared
 * must share `intern`. Quick, since nothing is compiled: ten thousand people are asked about of whom few are compared further.
 */
export function fingerprintOf(policy: Policy, intern: Intern): Fingerprint {
  const people = new Map<Key, PersonPart>()
  const modules = new Map<Key, ModulePart>()
  const setOf = (members: Iterable<string>) => intern([...members].sort().join(' '))
  const below = new Map<string, number>()
  const groups = { setOf, belowOf: (user: PolicyUser) => belowOf(policy, user, setOf, below) }
  const fingerprint: Fingerprint = (userKey, moduleKey) => {
    const user = policy.users.get(userKey)
    const module = policy.modules.get(moduleKey)
    if (user?.status !== 'active' || !module) return NOBODY
    const person = keep(people, userKey, () => personPart(policy, user, groups))
    const part = keep(modules, moduleKey, () => modulePart(policy, module, intern, setOf))
    const above = part.parent === undefined ? '' : fingerprint(userKey, part.parent)
    return `${person.text}|${part.number}|${flagsOf(user, moduleKey)}|${rulesOf(part, user, person)}|${above}`
  }
  return fingerprint
}

function keep<Value>(kept: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = kept.get(key) ?? make()
  kept.set(key, value)
  return value
}

interface PersonPart {
  readonly text: string
  readonly principals: ReadonlySet<Principal>
}

interface Groups {
  setOf(members: Iterable<string>): number
  belowOf(user: PolicyUser): number
}

function personPart(policy: Policy, user: PolicyUser, { setOf, belowOf: below }: Groups): PersonPart {
  const principals = principalsOf(policy, user)
  const shared = [...principals].filter((principal) => principal !== `user:${user.key}`)
  const teams = user.teams.toSorted().map((key) => {
    const team = policy.teams.get(key)
    const gets = `${team?.membersGet} ${user.leads.includes(key) ? team?.leadersGet : ''}`
    return `${key} ${setOf(team?.members ?? [])} ${gets}`
  })
  const role = user.role === undefined ? undefined : policy.roles.get(user.role)
  const peers = role && (role.peersGet ?? 'none') !== 'none' ? `${setOf(role.users)} ${role.peersGet}` : ''
  const text = [setOf(shared), teams.join(), peers, below(user), policy.confidentialSuperiors].join(';')
  return { text, principals }
}

/** By roles, everyone of a role has the same people below him. */
function belowOf(
  policy: Policy,
  user: PolicyUser,
  setOf: (members: Iterable<string>) => number,
  known: Map<string, number>,
): number {
  const name = policy.hierarchy === 'roles' ? `role ${user.role ?? ''}` : user.key
  return keep(known, name, () => setOf(subordinatesOf(policy, user)))
}

interface ModulePart {
  readonly number: number
  readonly parent?: Key
  /** The rules by the principals that they name. */
  readonly sharing: ReadonlyMap<Principal, readonly RulePart[]>
  readonly restricting: ReadonlyMap<Principal, readonly RulePart[]>
}

interface RulePart {
  readonly number: number
  readonly except: readonly Principal[]
  /** The asking person's attributes that its condition turns on. */
  readonly attributes: readonly string[]
}

function modulePart(
  policy: Policy,
  module: PolicyModule,
  intern: Intern,
  setOf: (members: Iterable<string>) => number,
): ModulePart {
  const fields = [...module.fields.values()].map(({ key, type, module: target }) => [key, type, target])
  const parent = module.parent === undefined ? undefined : module.fields.get(module.parent)?.module
  const shown = [module.sharing, module.superiorsGet, module.parent, parent, policy.timeZone, fields]
  const sharing = (rule: KeyedSharingRule) => {
    const owners = rule.ownedBy === undefined ? undefined : setOf(ownersIn(policy, rule.ownedBy))
    return rulePart(intern, [rule.key, rule.level, rule.when, owners], rule.when, [])
  }
  const restricting = (rule: KeyedRestrictionRule) =>
    rulePart(intern, [rule.key, rule.level, rule.when], rule.when, rule.except ?? [])
  return {
    number: intern(JSON.stringify(shown)),
    parent,
    sharing: byPrincipal(policy.sharingRules.get(module.key) ?? [], (rule) => rule.with, sharing),
    restricting: byPrincipal(policy.restrictionRules.get(module.key) ?? [], (rule) => rule.for, restricting),
  }
}

function rulePart(
  intern: Intern,
  shown: readonly unknown[],
  when: Condition | undefined,
  except: readonly Principal[],
): RulePart {
  return { number: intern(JSON.stringify(shown)), except, attributes: when ? [...attributesIn(when)] : [] }
}

function byPrincipal<Rule>(
  rules: readonly Rule[],
  principalsIn: (rule: Rule) => readonly Principal[],
  part: (rule: Rule) => RulePart,
): Map<Principal, RulePart[]> {
  const found = new Map<Principal, RulePart[]>()
  for (const rule of rules) {
    const made = part(rule)
    for (const principal of new Set(principalsIn(rule))) {
      const list = found.get(principal) ?? []
      found.set(principal, list)
      list.push(made)
    }
  }
  return found
}

function attributesIn(condition: Condition): Set<string> {
  if ('all' in condition) return new Set(condition.all.flatMap((part) => [...attributesIn(part)]))
  if ('any' in condition) return new Set(condition.any.flatMap((part) => [...attributesIn(part)]))
  if ('not' in condition) return attributesIn(condition.not)
  const { value } = condition
  return typeof value === 'object' && 'user' in value ? new Set([value.user]) : new Set()
}

/** The rules that reach the person, and what of him their conditions turn on. */
function rulesOf({ sharing, restricting }: ModulePart, user: PolicyUser, { principals }: PersonPart): string {
  const found = new Set<RulePart>()
  for (const principal of principals) {
    for (const rule of sharing.get(principal) ?? []) found.add(rule)
    for (const rule of restricting.get(principal) ?? []) {
      if (!rule.except.some((excepted) => principals.has(excepted))) found.add(rule)
    }
  }
  const numbers = [...found].map(({ number }) => number).sort((a, b) => a - b)
  const attributes = new Set([...found].flatMap((rule) => rule.attributes))
  return `${numbers.join(' ')} ${[...attributes].sort().map((name) => attributeOf(user, name))}`
}

function attributeOf(user: PolicyUser, attribute: string): string {
  if (attribute === 'id') return user.key
  if (attribute === 'role') return JSON.stringify([user.role])
  return JSON.stringify([Object.hasOwn(user.attributes, attribute) ? user.attributes[attribute] : undefined])
}

function flagsOf(user: PolicyUser, module: Key): string {
  const flags = user.profiles.map((profile) => {
    const own = profile.moduleOf(module)
    return own?.modifyAll ? `${profile.key} m` : own?.viewAll ? `${profile.key} v` : ''
  })
  return flags.filter(Boolean).sort().join()
}
