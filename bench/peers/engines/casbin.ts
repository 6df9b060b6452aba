import type { Deal, Share } from '../world/deals.ts'
import {
  CLOSED_STAGES,
  GROUPS,
  HEAD_ROLE,
  PERSONS,
  type Person,
  PROFILE_ACTIONS,
  ROLES,
  RULES,
  type Rule,
} from '../world/organization.ts'
import type { Question } from '../world/questions.ts'
import type { Engine } from './engine.ts'
import { requirePackage } from './require-package.ts'

/**
 * Casbin: roles, groups and profiles as its role graph (`g`), and a rule a line with an expression on the record (its "ABAC with a rule"),
 * where a denial wins. `role:x` are the people of a role and `role+:x` those below it as well.
 */
const MODEL = `
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, rule, act, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.act == p.act && g(r.sub.key, p.sub) && eval(p.rule)
`

interface Enforcer {
  addGroupingPolicies(rules: string[][]): Promise<boolean>
  addPolicies(rules: string[][]): Promise<boolean>
  addFunction(name: string, test: (subject: Subject, row: Row) => boolean): Promise<void>
  enforceSync(subject: Subject, row: Row, action: string): boolean
}
interface Casbin {
  newModelFromString(text: string): object
  newEnforcer(model: object): Promise<Enforcer>
}
interface Subject {
  readonly key: string
  readonly role: string
  readonly branch: string
}
interface Row {
  readonly owner: string
  readonly ownerRole: string
  readonly ownerBranch: string
  readonly stage: string
  readonly amount: number
  readonly confidential: boolean
  readonly shares: readonly Share[]
}

export async function openCasbin(deals: readonly Deal[], version: string): Promise<Engine> {
  const { newEnforcer, newModelFromString } = requirePackage<Casbin>('casbin')
  const enforcer = await newEnforcer(newModelFromString(MODEL))
  await enforcer.addGroupingPolicies(graph())
  await enforcer.addPolicies([...grants(), ...ruleGrants(), ...limits()])
  await addFunctions(enforcer)
  const rows = deals.map(rowOf)
  const subjects = PERSONS.map(subjectOf)
  const decide = ({ person, action, deal }: Question) =>
    enforcer.enforceSync(subjects[person.index] ?? subjectOf(person), rows[deal.index] ?? rowOf(deal), action)
  return { name: 'Casbin', version, decide }
}

const subjectOf = ({ key, role }: Person): Subject => ({ key, role: `role:${role}`, branch: `role+:${role}` })

function rowOf({ owner, stage, amount, confidential, shares }: Deal): Row {
  const of = subjectOf(owner)
  return { owner: of.key, ownerRole: of.role, ownerBranch: of.branch, stage, amount, confidential, shares }
}

function graph(): string[][] {
  return [
    ...PERSONS.map(({ key, role, profile }) => [
      key,
      role === undefined ? 'everyone' : `role:${role}`,
      profile,
    ]).flatMap(([key = '', place = '', profile = '']) => [
      [key, place],
      [key, `profile:${profile}`],
    ]),
    ...ROLES.map(({ key }) => [`role:${key}`, `role+:${key}`]),
    ...ROLES.map(({ key, parent }) => [`role+:${key}`, parent === undefined ? 'everyone' : `role+:${parent}`]),
    ...Object.entries(GROUPS).flatMap(([group, members]) => members.map((member) => [member, `group:${group}`])),
  ]
}

/** Casbin has no levels: a line an action. Who may only do less by his profile is denied the rest in `limits`. */
function grants(): string[][] {
  const allow = (sub: string, rule: string, act: string) => [sub, rule, act, 'allow']
  const full = ['read', 'update', 'delete']
  return [
    ...full.map((act) => allow('everyone', 'r.obj.owner == r.sub.key', act)),
    ...full.map((act) => allow('everyone', 'r.obj.ownerRole != r.sub.role && g(r.obj.ownerBranch, r.sub.branch)', act)),
    allow('profile:audit', 'true', 'read'),
    allow('everyone', 'shared(r.sub, r.obj)', 'read'),
    allow('everyone', 'sharedToEdit(r.sub, r.obj)', 'update'),
  ]
}

function ruleGrants(): string[][] {
  return RULES.flatMap((rule) =>
    (rule.level === 'edit' ? ['read', 'update'] : ['read']).map((act) => [rule.with, expressionOf(rule), act, 'allow']),
  )
}

function expressionOf({ ownedBy, stage, amountFrom }: Rule): string {
  const parts = [
    ...(ownedBy === undefined ? [] : [`g(r.obj.owner, "${ownedBy}")`]),
    ...(stage === undefined ? [] : [`r.obj.stage == "${stage}"`]),
    ...(amountFrom === undefined ? [] : [`r.obj.amount >= ${amountFrom}`]),
  ]
  return parts.join(' && ')
}

function limits(): string[][] {
  const deny = (sub: string, rule: string, act: string) => [sub, rule, act, 'deny']
  const hidden = 'r.obj.confidential && r.obj.owner != r.sub.key && !shared(r.sub, r.obj)'
  const stages = CLOSED_STAGES.map((stage) => `r.obj.stage == "${stage}"`).join(' || ')
  const closed = `(${stages}) && r.sub.role != "role:${HEAD_ROLE}"`
  return [
    ...['read', 'update', 'delete'].map((act) => deny('everyone', hidden, act)),
    ...['update', 'delete'].map((act) => deny('everyone', closed, act)),
    ...Object.entries(PROFILE_ACTIONS).flatMap(([profile, actions]) =>
      (['read', 'update', 'delete'] as const)
        .filter((act) => !actions.includes(act))
        .map((act) => deny(`profile:${profile}`, 'true', act)),
    ),
  ]
}

async function addFunctions(enforcer: Enforcer): Promise<void> {
  const reaches = ({ key, role }: Subject, share: Share) => share.person?.key === key || `role:${share.role}` === role
  await enforcer.addFunction('shared', (sub: Subject, obj: Row) => obj.shares.some((share) => reaches(sub, share)))
  await enforcer.addFunction('sharedToEdit', (sub: Subject, obj: Row) =>
    obj.shares.some((share) => share.level === 'edit' && reaches(sub, share)),
  )
}
