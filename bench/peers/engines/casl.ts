import type { Deal } from '../world/deals.ts'
import {
  CLOSED_STAGES,
  HEAD_ROLE,
  type Person,
  PROFILE_ACTIONS,
  type RuleLevel,
  rolesBelow,
  rolesIn,
  rulesFor,
} from '../world/organization.ts'
import type { Question } from '../world/questions.ts'
import type { Engine } from './engine.ts'
import { requirePackage } from './require-package.ts'

/**
 * CASL: one ability a person, made once and kept, of rules with conditions in MongoDB's language; a record carries its owner's role, as an
 * object mapper would load it. Later rules win, so what limits comes last.
 */
interface Row {
  readonly kind: 'Deal'
  readonly owner: string
  readonly ownerRole: string
  readonly stage: string
  readonly amount: number
  readonly confidential: boolean
  readonly shares: readonly { readonly with: string; readonly level: string }[]
}
type Subject = 'Deal' | Row
type Conditions = Readonly<Record<string, unknown>>
interface RawRule {
  readonly action: string | readonly string[]
  readonly subject: 'Deal'
  readonly conditions?: Conditions
  readonly inverted?: boolean
}
interface Ability {
  can(action: string, subject: Subject): boolean
}
interface Casl {
  createMongoAbility(rules: readonly RawRule[], options: { detectSubjectType(subject: Subject): string }): Ability
}

export function openCasl(deals: readonly Deal[], version: string): Engine {
  const casl = requirePackage<Casl>('@casl/ability')
  const rows = deals.map(rowOf)
  const abilities: Ability[] = []
  return {
    name: 'CASL',
    version,
    decide: ({ person, action, deal }: Question) => {
      const ability = abilities[person.index] ?? makeAbility(casl, person)
      abilities[person.index] = ability
      return ability.can(action, rows[deal.index] ?? rowOf(deal))
    },
  }
}

function rowOf({ owner, stage, amount, confidential, shares }: Deal): Row {
  const sharedWith = shares.map(({ person, role, level }) => ({ with: person?.key ?? `role:${role}`, level }))
  return {
    kind: 'Deal',
    owner: owner.key,
    ownerRole: owner.role ?? '',
    stage,
    amount,
    confidential,
    shares: sharedWith,
  }
}

function makeAbility({ createMongoAbility }: Casl, person: Person): Ability {
  const options = {
    detectSubjectType: (subject: Subject) => (typeof subject === 'string' ? subject : subject.kind),
  }
  return createMongoAbility([...grants(person), ...limits(person)], options)
}

function grants(person: Person): RawRule[] {
  const full = ['read', 'update', 'delete'].filter(isGrantedTo(person))
  const can = (action: string | string[], conditions?: Conditions): RawRule => ({
    action,
    subject: 'Deal',
    ...(conditions && { conditions }),
  })
  const below = rolesBelow(person.role)
  return [
    can(full, { owner: person.key }),
    ...(below.length > 0 ? [can(full, { ownerRole: { $in: [...below] } })] : []),
    ...(person.profile === 'audit' ? [can('read')] : []),
    ...rulesFor(person.role).map((rule) =>
      can(actionsOf(person, rule.level), {
        ...(rule.ownedBy !== undefined && { ownerRole: { $in: [...rolesIn(rule.ownedBy)] } }),
        ...(rule.stage !== undefined && { stage: rule.stage }),
        ...(rule.amountFrom !== undefined && { amount: { $gte: rule.amountFrom } }),
      }),
    ),
    can('read', { shares: sharedWith(person) }),
    can(actionsOf(person, 'edit'), { shares: sharedWith(person, 'edit') }),
  ]
}

function limits(person: Person): RawRule[] {
  const hidden = { confidential: true, owner: { $ne: person.key }, 'shares.with': { $nin: namesOf(person) } }
  const cannot = (action: string[], conditions: Conditions): RawRule => {
    return { action, subject: 'Deal', conditions, inverted: true }
  }
  const closed = cannot(['update', 'delete'], { stage: { $in: [...CLOSED_STAGES] } })
  return [cannot(['read', 'update', 'delete'], hidden), ...(person.role === HEAD_ROLE ? [] : [closed])]
}

function sharedWith(person: Person, level?: RuleLevel) {
  return { $elemMatch: { with: { $in: namesOf(person) }, ...(level && { level }) } }
}

const namesOf = ({ key, role }: Person) => [key, `role:${role}`]

function actionsOf(person: Person, level: RuleLevel): string[] {
  return (level === 'edit' ? ['read', 'update'] : ['read']).filter(isGrantedTo(person))
}

const isGrantedTo = (person: Person) => (action: string) =>
  PROFILE_ACTIONS[person.profile].some((granted) => granted === action)
