import { randomUUID } from 'node:crypto'
import type { ClientConfig } from 'pg'
import { runAsOwner } from '../../data-set/run-as-owner.ts'
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

/**
 * The people whose pages are asked for, as users of Directus with a policy of their role's: filters over the deal, which name the roles
 * below and the role itself outright, and `$CURRENT_USER`. Written straight into Directus' own tables, as its snapshots are.
 */
type Filter = { readonly [key: string]: unknown }

export const tokenOf = (person: Person): string => `token-of-${person.key}`

export async function setUpDirectus(address: ClientConfig, people: readonly Person[]): Promise<void> {
  await runAsOwner(address, 'public', [...COLLECTIONS, ...people.flatMap(statementsFor)])
}

const COLLECTIONS = [
  `insert into directus_collections (collection) values ('deals'), ('deal_shares')`,
  `insert into directus_fields (collection, field, special)
   values ('deals', 'shares', 'o2m'), ('deals', 'updated_at', 'date-updated')`,
  `insert into directus_relations (many_collection, many_field, one_collection, one_field)
   values ('deal_shares', 'deal', 'deals', 'shares')`,
]

function statementsFor(person: Person): string[] {
  const [role, policy] = [randomUUID(), randomUUID()]
  return [
    `insert into directus_roles (id, name) values ('${role}', '${person.role ?? person.profile}')`,
    `insert into directus_policies (id, name) values ('${policy}', '${person.role ?? person.profile}')`,
    `insert into directus_access (id, role, policy) values ('${randomUUID()}', '${role}', '${policy}')`,
    `insert into directus_users (id, email, role, token, status)
     values ('${person.id}', '${person.key}@example.com', '${role}', '${tokenOf(person)}', 'active')`,
    ...permissions(person).map(({ collection, action, filter }) => {
      const values = [policy, collection, action, JSON.stringify(filter), '*'].map(quote).join(', ')
      return `insert into directus_permissions (policy, collection, action, permissions, fields) values (${values})`
    }),
  ]
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`

function permissions(person: Person): { collection: string; action: string; filter: Filter }[] {
  const may = (action: string) => PROFILE_ACTIONS[person.profile].some((granted) => granted === action)
  const deals = (action: string, filter: Filter) => (may(action) ? [{ collection: 'deals', action, filter }] : [])
  return [
    ...deals('read', all(reached(person, 'read'), shown(person))),
    ...deals('update', all(reached(person, 'edit'), shown(person), open(person))),
    ...deals('delete', all(any(OWN, below(person)), shown(person), open(person))),
    // A filter may only pass through what its person reads.
    { collection: 'deal_shares', action: 'read', filter: any(...waysTo(person)) },
  ]
}

const NOBODY: Filter = { id: { _null: true } }
const OWN: Filter = { owner: { _eq: '$CURRENT_USER' } }
const all = (...filters: Filter[]): Filter => ({ _and: filters })
const any = (...filters: Filter[]): Filter => ({ _or: filters })

function reached(person: Person, level: RuleLevel): Filter {
  if (person.profile === 'audit') return level === 'read' ? {} : NOBODY
  return any(OWN, below(person), shared(person, level), ...rules(person, level))
}

function below({ role }: Person): Filter {
  const roles = rolesBelow(role)
  return roles.length === 0 ? NOBODY : { owner_role: { _in: roles } }
}

/**
 * Directus drops a `_some` of several conditions without a word, so there is one for each way that a share may lead to him. Any share is
 * enough to read; a level has to be asked for in the other form, whose conditions are about one and the same share.
 */
function shared(person: Person, level: RuleLevel): Filter {
  const one = (way: Filter) =>
    level === 'read' ? { shares: { _some: way } } : { shares: { ...way, level: { _eq: level } } }
  return any(...waysTo(person).map(one))
}

function waysTo({ role }: Person): Filter[] {
  const himself = { person: { _eq: '$CURRENT_USER' } }
  return role === undefined ? [himself] : [himself, { role: { _eq: role } }]
}

function rules({ role }: Person, wanted: RuleLevel): Filter[] {
  return rulesFor(role)
    .filter(({ level }) => wanted === 'read' || level === 'edit')
    .map(({ ownedBy, stage, amountFrom }) =>
      all(
        ...(ownedBy === undefined ? [] : [{ owner_role: { _in: [...rolesIn(ownedBy)] } }]),
        ...(stage === undefined ? [] : [{ stage: { _eq: stage } }]),
        ...(amountFrom === undefined ? [] : [{ amount: { _gte: amountFrom } }]),
      ),
    )
}

const shown = (person: Person): Filter => any({ confidential: { _eq: false } }, OWN, shared(person, 'read'))

function open({ role }: Person): Filter {
  return role === HEAD_ROLE ? {} : { stage: { _nin: CLOSED_STAGES } }
}
