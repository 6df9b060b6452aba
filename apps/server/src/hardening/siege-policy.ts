import { ACTIONS, type PolicyDocument } from '@bailiwick/access'

const EVERY_ACTION = [...ACTIONS]

/** Options of choices, fields of each type, a module that one administrator alone reads, and people who see little, much and nothing. */
export const SIEGE_POLICY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki', hierarchy: 'both' },
  roles: { head: {}, rep: { parent: 'head' } },
  profiles: {
    sales: {
      system: ['useApi', 'viewReports'],
      modules: {
        things: {
          actions: EVERY_ACTION,
          fields: { secret: 'hidden', cnryShade: 'hidden', iban: 'masked', phone: 'masked', price: 'read' },
        },
        accounts: { actions: EVERY_ACTION, fields: { taxNumber: 'hidden', phone: 'masked' } },
        contacts: { actions: ['create', 'read', 'update'] },
      },
    },
    audit: {
      system: ['useApi', 'viewAudit', 'viewReports'],
      modules: {
        things: {
          actions: ['read', 'export'],
          viewAll: true,
          aggregate: 'all',
          fields: { default: 'read', secret: 'hidden', cnryShade: 'hidden', iban: 'masked', phone: 'masked' },
        },
      },
    },
    nothing: { system: ['useApi'] },
  },
  users: {
    admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'], role: 'head' },
    anna: {
      name: 'Anna',
      email: 'anna@nordwind.example',
      profiles: ['sales'],
      role: 'rep',
      attributes: { region: 'north', quota: 7, senior: true },
    },
    omar: { name: 'Omar', email: 'omar@nordwind.example', profiles: ['audit'] },
    nils: { name: 'Nils', email: 'nils@nordwind.example', profiles: ['nothing'] },
  },
  teams: { desk: { leaders: ['admin'], members: ['anna'] } },
  groups: { sellers: { members: ['user:anna', 'role+:rep'] } },
  modules: {
    accounts: { sharing: 'none' },
    things: {
      name: 'Thing',
      parent: 'account',
      fields: {
        name: { type: 'text', required: true, title: true },
        secret: { type: 'text', indexed: true },
        cnryShade: { type: 'text' },
        iban: { type: 'text', mask: 'last4' },
        code: { type: 'text', unique: true },
        notes: { type: 'longText' },
        price: { type: 'money' },
        budget: { type: 'money', indexed: true },
        weight: { type: 'number' },
        pieces: { type: 'integer', indexed: true },
        share: { type: 'percent' },
        done: { type: 'boolean' },
        due: { type: 'date' },
        seenAt: { type: 'dateTime' },
        mail: { type: 'email' },
        phone: { type: 'phone', mask: 'last4' },
        site: { type: 'url' },
        stage: { type: 'choice', options: ['Open', 'Won', 'Lost'] },
        tags: { type: 'choices', options: ['red', 'green', 'blue'] },
        account: { type: 'lookup', module: 'accounts' },
        keeper: { type: 'user' },
        number: { type: 'autoNumber' },
        sealed: { type: 'text', encrypted: true, unique: true },
      },
    },
    cnryVault: { name: 'Cnry', fields: { name: { type: 'text', required: true, title: true } } },
  },
  sharingRules: {
    north: {
      module: 'accounts',
      when: { field: 'country', op: 'eq', value: { user: 'region' } },
      with: ['group:sellers'],
      level: 'read',
    },
  },
  restrictionRules: {
    won: { module: 'things', for: ['role:rep'], when: { field: 'stage', op: 'eq', value: 'Won' }, level: 'read' },
  },
  tests: { seller: { as: 'user:anna', module: 'things', can: ['create'] } },
  invariants: { sealed: { nobody: { except: ['user:admin'] }, can: 'read', on: 'cnryVault' } },
}

/** The other organization's: nobody but its administrator. */
export const QUIET_POLICY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Südwind' },
  users: { admin: { name: 'Ada', email: 'ada@sudwind.example', profiles: ['administrator'] } },
  profiles: {},
  modules: {},
}
