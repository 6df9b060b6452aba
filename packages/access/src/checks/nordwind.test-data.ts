import { checkDocument } from '../check-document.ts'
import type { ModuleCatalogue, PolicyDocument } from '../document.ts'

/** Three built-in modules, small enough to keep in mind. */
export const catalogue: ModuleCatalogue = {
  accounts: {
    fields: {
      name: { type: 'text', title: true, required: true },
      bankAccount: { type: 'text', sensitivity: 'confidential', encrypted: true },
      taxNumber: { type: 'text' },
      parentAccount: { type: 'lookup', module: 'accounts' },
    },
  },
  contacts: {
    fields: {
      name: { type: 'text', title: true },
      account: { type: 'lookup', module: 'accounts' },
      email: { type: 'email' },
    },
  },
  deals: {
    fields: {
      name: { type: 'text', title: true },
      account: { type: 'lookup', module: 'accounts' },
      amount: { type: 'money' },
      items: { type: 'integer' },
      closesOn: { type: 'date' },
      wonAt: { type: 'dateTime' },
      stage: { type: 'choice', options: ['Open', 'Won', { value: 'Lost', name: 'Lost to someone else' }] },
      tags: { type: 'choices', options: ['new', 'old'] },
      contract: { type: 'file' },
      signed: { type: 'boolean' },
      engineer: { type: 'user' },
    },
  },
}

/** A document in which nothing is wrong, with something in every section. */
export const nordwind: PolicyDocument = {
  bailiwick: 1,
  organization: {
    name: 'Nordwind',
    timeZone: 'Europe/Helsinki',
    hierarchy: 'both',
    confidentialSuperiors: false,
    approvals: 1,
  },
  roles: {
    ceo: { name: 'Chief executive' },
    'sales-manager': { name: { en: 'Sales manager', fi: 'Myyntipäällikkö' }, parent: 'ceo' },
    'sales-rep': { parent: 'sales-manager', peersGet: 'read' },
  },
  profiles: {
    sales: {
      name: 'Sales',
      system: ['useApi', 'viewReports'],
      clearance: 'internal',
      signIn: [{ days: ['mon', 'fri'], from: '07:00', to: '24:00', timeZone: 'Europe/Helsinki' }],
      networks: ['10.0.0.0/8', '2001:db8::/32'],
      modules: {
        accounts: { actions: ['create', 'read', 'update'], fields: { default: 'edit', bankAccount: 'masked' } },
        deals: { actions: ['read', 'export'], viewAll: true, aggregate: 'all' },
      },
    },
    loader: { modules: { accounts: { actions: ['import'] } } },
  },
  users: {
    anna: {
      name: 'Anna Virtanen',
      email: 'anna@nordwind.example',
      role: 'sales-rep',
      manager: 'mikko',
      profiles: ['sales'],
      attributes: { region: 'EMEA', limit: 50_000, senior: true, since: '2021-05-01' },
    },
    mikko: { email: 'mikko@nordwind.example', role: 'sales-manager', profiles: ['administrator'] },
    tiina: { status: 'suspended', profiles: ['sales'] },
  },
  teams: {
    support: { name: 'Support', leaders: ['tiina'], members: ['anna'], leadersGet: 'full', membersGet: 'none' },
  },
  groups: {
    desk: { members: ['user:anna', 'role+:sales-manager', 'team:support', 'group:board'] },
    board: { members: ['role:ceo'] },
  },
  modules: {
    accounts: { sharing: 'none', fields: { bankAccount: { type: 'text', sensitivity: 'restricted', mask: 'last4' } } },
    contacts: { parent: 'account' },
    sites: {
      name: { en: 'Site', fi: 'Toimipaikka' },
      plural: { en: 'Sites', fi: 'Toimipaikat' },
      sharing: 'read',
      fields: {
        name: { type: 'text', required: true, title: true },
        account: { type: 'lookup', module: 'accounts' },
        kind: { type: 'choice', options: ['shop', 'depot'], default: 'shop' },
        opened: { type: 'date' },
      },
    },
  },
  sharingRules: {
    'big-deals': {
      module: 'deals',
      ownedBy: ['role:sales-rep'],
      when: {
        all: [
          { field: 'amount', op: 'gte', value: { user: 'limit' } },
          { not: { field: 'stage', op: 'eq', value: 'Lost' } },
        ],
      },
      with: ['group:desk'],
      level: 'read',
    },
  },
  restrictionRules: {
    closed: {
      module: 'deals',
      for: ['everyone'],
      except: ['role:ceo'],
      when: {
        any: [
          { field: 'stage', op: 'in', value: ['Won', 'Lost'] },
          { field: 'closesOn', op: 'lt', value: { today: -30 } },
        ],
      },
      level: 'read',
    },
  },
  tests: {
    'anna-reads-her-own': {
      as: 'user:anna',
      module: 'contacts',
      record: { owner: 'user:anna', name: 'Pat', account: { owner: 'team:support', name: 'Acme' }, shares: [] },
      can: ['read'],
      cannot: ['delete'],
      fields: { email: 'edit' },
    },
  },
  invariants: {
    'bank-accounts-stay': { nobody: { except: ['group:board'] }, can: 'read', on: 'accounts', field: 'bankAccount' },
  },
}

type Tree = { [key: string]: unknown }

/** A copy of the document with values put in at JSON pointers (`undefined` takes out what is there). */
export function changed(changes: { readonly [pointer: string]: unknown }, document: PolicyDocument = nordwind): Tree {
  const copy = JSON.parse(JSON.stringify(document)) as Tree
  for (const [pointer, value] of Object.entries(changes)) put(copy, pointer.split('/').slice(1), value)
  return copy
}

function put(tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    if (tree[key] === undefined) tree[key] = {}
    put(tree[key] as Tree, rest, value)
  } else if (value === undefined) delete tree[key]
  else Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true })
}

/** A broken document: what is done to the sound one, and the one problem that it must give. */
export type Case = readonly [
  title: string,
  changes: { readonly [pointer: string]: unknown },
  path: string,
  message: string,
]

/** What a broken document is told: one problem in one place, with a cure, and nothing elsewhere. */
export function outcomeOf(changes: Case[1]) {
  const { problems, document } = checkDocument(changed(changes), { catalogue })
  const [first] = problems
  return {
    paths: problems.map((problem) => problem.path),
    message: first?.message,
    isCured: Boolean(first?.cure),
    document,
  }
}
