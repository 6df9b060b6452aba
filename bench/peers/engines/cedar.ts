import type { Deal } from '../world/deals.ts'
import {
  CLOSED_STAGES,
  GROUPS,
  HEAD_ROLE,
  type Person,
  PROFILE_ACTIONS,
  ROLES,
  RULES,
  type Rule,
  rolePath,
} from '../world/organization.ts'
import type { Question } from '../world/questions.ts'
import type { Engine } from './engine.ts'
import { requirePackage } from './require-package.ts'

/**
 * Cedar: people in roles, roles in the roles above them and in groups, deals with their owner and his role; policies parsed once. A question
 * takes along the entities that it is about, no others.
 */
type Uid = { readonly type: string; readonly id: string }
interface Entity {
  readonly uid: Uid
  readonly attrs: Readonly<Record<string, unknown>>
  readonly parents: readonly Uid[]
}
interface Call {
  readonly principal: Uid
  readonly action: Uid
  readonly resource: Uid
  readonly context: object
  readonly preparsedPolicySetId: string
  readonly entities: readonly Entity[]
}
type Failure = { readonly type: 'failure'; readonly errors: readonly unknown[] }
interface Cedar {
  preparsePolicySet(id: string, policies: { readonly staticPolicies: string }): { readonly type: 'success' } | Failure
  statefulIsAuthorized(
    call: Call,
  ): { readonly type: 'success'; readonly response: { readonly decision: 'allow' | 'deny' } } | Failure
}

const POLICIES = 'peers'
const GRANTS: { readonly [level in 'read' | 'edit' | 'full']: string } = {
  read: 'action == Action::"read"',
  edit: 'action in [Action::"read", Action::"update"]',
  full: 'action',
}

export function openCedar(deals: readonly Deal[], version: string): Engine {
  const cedar = requirePackage<Cedar>('@cedar-policy/cedar-wasm/nodejs')
  const parsed = cedar.preparsePolicySet(POLICIES, { staticPolicies: policies().join('\n') })
  if (parsed.type === 'failure') throw new Error(`Cedar refuses the policies: ${JSON.stringify(parsed.errors)}`)
  const roles = new Map(ROLES.map(({ key }) => [key, roleEntity(key)]))
  const resources = deals.map(dealEntity)
  return {
    name: 'Cedar (wasm)',
    version,
    decide: ({ person, action, deal }) => {
      const near = new Set([...rolePath(person.role), ...rolePath(deal.owner.role)])
      const entities: Entity[] = [personEntity(person), resources[deal.index] ?? dealEntity(deal), ...GROUP_ENTITIES]
      for (const role of near) entities.push(roles.get(role) ?? roleEntity(role))
      return ask(cedar, { person, action, deal }, entities)
    },
  }
}

function ask(cedar: Cedar, { person, action, deal }: Question, entities: readonly Entity[]): boolean {
  const answer = cedar.statefulIsAuthorized({
    principal: user(person),
    action: { type: 'Action', id: action },
    resource: { type: 'Deal', id: deal.id },
    context: {},
    preparsedPolicySetId: POLICIES,
    entities,
  })
  if (answer.type === 'failure') throw new Error(`Cedar failed: ${JSON.stringify(answer.errors)}`)
  return answer.response.decision === 'allow'
}

const user = ({ key }: Person): Uid => ({ type: 'User', id: key })
const role = (key: string): Uid => ({ type: 'Role', id: key })
const members = (key: string): Uid => ({ type: 'RoleMembers', id: key })
const group = (key: string): Uid => ({ type: 'Group', id: key })
const reference = (uid: Uid) => ({ __entity: uid })

const GROUP_ENTITIES: Entity[] = Object.keys(GROUPS).map((key) => ({
  uid: group(key),
  attrs: {},
  parents: groupsListing(`group:${key}`),
}))

function groupsListing(member: string): Uid[] {
  return Object.entries(GROUPS).flatMap(([key, members]) => (members.includes(member) ? [group(key)] : []))
}

/** `role:x` is who has the role, and `role+:x` is who is in it: people are in their role, and a role in the one above. */
function personEntity(person: Person): Entity {
  const place =
    person.role === undefined ? [] : [role(person.role), members(person.role), ...groupsListing(`role:${person.role}`)]
  return {
    uid: user(person),
    attrs: person.role === undefined ? {} : { role: reference(role(person.role)) },
    parents: [...place, { type: 'Profile', id: person.profile }],
  }
}

function roleEntity(key: string): Entity {
  const parent = ROLES.find((one) => one.key === key)?.parent
  const parents = [...(parent === undefined ? [] : [role(parent)]), ...groupsListing(`role+:${key}`)]
  return { uid: role(key), attrs: {}, parents }
}

function dealEntity(deal: Deal): Entity {
  const grantees = (shares: Deal['shares']) =>
    shares.map((share) => reference(share.person ? user(share.person) : members(share.role ?? '')))
  return {
    uid: { type: 'Deal', id: deal.id },
    attrs: {
      owner: reference(user(deal.owner)),
      ownerRole: reference(role(deal.owner.role ?? '')),
      stage: deal.stage,
      amount: deal.amount,
      confidential: deal.confidential,
      readers: grantees(deal.shares),
      editors: grantees(deal.shares.filter(({ level }) => level === 'edit')),
    },
    parents: [],
  }
}

function policies(): string[] {
  const permit = (action: string, when: string, who = 'principal') =>
    `permit(${who}, ${action}, resource) when { ${when} };`
  const forbid = (action: string, when: string) => `forbid(principal, ${action}, resource) when { ${when} };`
  const closed = CLOSED_STAGES.map((stage) => `resource.stage == "${stage}"`).join(' || ')
  return [
    permit(GRANTS.full, 'resource.owner == principal'),
    permit(
      GRANTS.full,
      'principal has role && resource.ownerRole != principal.role && resource.ownerRole in principal.role',
    ),
    permit(GRANTS.read, 'principal in Profile::"audit"'),
    permit(GRANTS.read, 'principal in resource.readers'),
    permit(GRANTS.edit, 'principal in resource.editors'),
    ...RULES.map((rule) => permit(GRANTS[rule.level], conditionOf(rule), principalOf(rule.with))),
    forbid(GRANTS.full, 'resource.confidential && resource.owner != principal && !(principal in resource.readers)'),
    forbid(
      'action in [Action::"update", Action::"delete"]',
      `(${closed}) && !(principal has role && principal.role == Role::"${HEAD_ROLE}")`,
    ),
    ...Object.entries(PROFILE_ACTIONS).map(([profile, actions]) => {
      const granted = actions.map((action) => `Action::"${action}"`).join(', ')
      return `forbid(principal in Profile::"${profile}", action, resource) unless { [${granted}].contains(action) };`
    }),
  ]
}

function conditionOf({ ownedBy, stage, amountFrom }: Rule): string {
  const parts = [
    ...(ownedBy === undefined ? [] : [ownerIn(ownedBy)]),
    ...(stage === undefined ? [] : [`resource.stage == "${stage}"`]),
    ...(amountFrom === undefined ? [] : [`resource.amount >= ${amountFrom}`]),
  ]
  return parts.join(' && ')
}

function ownerIn(principal: string): string {
  const [kind, key] = principal.split(':')
  return `resource.ownerRole ${kind === 'role' ? '==' : 'in'} Role::"${key}"`
}

function principalOf(principal: string): string {
  const [kind, key] = principal.split(':')
  if (kind === 'group') return `principal in Group::"${key}"`
  return `principal in ${kind === 'role' ? 'RoleMembers' : 'Role'}::"${key}"`
}
