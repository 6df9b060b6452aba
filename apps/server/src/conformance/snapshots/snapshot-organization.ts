import type { Key, PolicyDocument, RecordFacts } from '@bailiwick/access'

/** A fixed organization of a few thousand records, in which each way to reach them can be asked for alone. */

export const NOW = Date.parse('2026-03-02T10:00:00Z')
const HOUR = 3_600_000

const READS = { actions: ['read', 'update', 'export', 'mass'] } as const
const all = (module: object) => ({ things: module, parts: module })

/** Twenty representatives under two managers under a head; a desk; and people whom one rule or share alone lets in. */
const REPRESENTATIVES = Array.from({ length: 20 }, (_, at) => `rep${at + 1}`)

export const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  roles: {
    head: {},
    northManager: { parent: 'head' },
    southManager: { parent: 'head' },
    northRep: { parent: 'northManager' },
    southRep: { parent: 'southManager' },
    finance: {},
    desk: {},
  },
  profiles: {
    keeper: { system: ['manageAccess'] },
    sales: { modules: all(READS) },
    all: { modules: all({ ...READS, viewAll: true }) },
    masked: { modules: { things: { ...READS, fields: { code: 'masked', amount: 'hidden' } } } },
  },
  users: withAddresses({
    ada: person(['keeper']),
    head: person(['sales'], 'head'),
    north: person(['sales'], 'northManager'),
    south: person(['sales'], 'southManager'),
    tiina: person(['sales'], 'desk'),
    pekka: person(['sales'], 'desk'),
    auditor: person(['sales']),
    marketing: person(['masked'], undefined, { region: 'North' }),
    guest: person(['sales']),
    closer: person(['sales']),
    viewer: person(['all']),
    limited: person(['sales'], 'head'),
    everything: person(['sales'], 'southManager', { region: 'North' }),
    ...Object.fromEntries(
      REPRESENTATIVES.map((key, at) => [key, person(['sales'], at % 2 === 0 ? 'northRep' : 'southRep')]),
    ),
  }),
  teams: { desk: { leaders: ['tiina'], members: ['pekka', 'everything'], membersGet: 'read' } },
  groups: { auditors: { members: ['user:auditor'] } },
  modules: {
    things: {
      sharing: 'none',
      fields: {
        name: { type: 'text', title: true, indexed: true },
        code: { type: 'text', mask: 'last4' },
        stage: { type: 'choice', options: ['New', 'Won', 'Lost'], indexed: true },
        amount: { type: 'money' },
        due: { type: 'date' },
      },
    },
    parts: {
      sharing: 'none',
      parent: 'thing',
      fields: { name: { type: 'text', title: true, indexed: true }, thing: { type: 'lookup', module: 'things' } },
    },
  },
  sharingRules: {
    auditing: { module: 'things', ownedBy: ['role:southRep'], with: ['group:auditors'], level: 'read' },
    big: {
      module: 'things',
      when: {
        all: [
          { field: 'amount', op: 'gte', value: 4900 },
          { field: 'stage', op: 'ne', value: 'Lost' },
        ],
      },
      with: ['user:marketing', 'user:everything'],
      level: 'edit',
    },
    won: {
      module: 'things',
      when: {
        all: [
          { field: 'stage', op: 'eq', value: 'Won' },
          { field: 'amount', op: 'lt', value: 500 },
        ],
      },
      with: ['user:closer'],
      level: 'read',
    },
    fresh: {
      module: 'things',
      ownedBy: ['role:southRep'],
      when: { field: 'stage', op: 'eq', value: 'New' },
      with: ['user:closer'],
      level: 'edit',
    },
  },
  restrictionRules: {
    closed: {
      module: 'things',
      for: ['user:limited', 'user:everything'],
      when: { field: 'stage', op: 'eq', value: 'Lost' },
      level: 'none',
    },
    paid: {
      module: 'things',
      for: ['user:limited'],
      when: { field: 'due', op: 'lt', value: { today: 0 } },
      level: 'read',
    },
  },
}

function person(profiles: readonly Key[], role?: Key, attributes?: { readonly region: string }) {
  return { name: 'Somebody', profiles, ...(role && { role }), ...(attributes && { attributes }) }
}

function withAddresses<Person>(users: { readonly [key: Key]: Person }) {
  return Object.fromEntries(
    Object.entries(users).map(([key, user]) => [key, { ...user, email: `${key}@nordwind.example` }]),
  )
}

export const idOf = (at: number) => `019b0000-0000-7000-8000-${String(at).padStart(12, '0')}`
const THINGS = 4_000
const PARTS = 1_000

/** The newest last; owners in turn, each twentieth the desk's; some confidential, some shared, some in the bin. */
export const RECORDS: readonly RecordFacts[] = [
  ...Array.from({ length: THINGS }, (_, at) => thing(at)),
  ...Array.from({ length: PARTS }, (_, at) => part(at)),
]

function thing(at: number): RecordFacts {
  const values = {
    name: `Thing ${String((at * 7919) % THINGS).padStart(4, '0')}`,
    code: `C-${at}`,
    stage: ['New', 'Won', 'Lost'][at % 3] ?? null,
    amount: (at * 37) % 5_000,
    due: at % 5 === 0 ? null : new Date(NOW + ((at % 60) - 30) * 24 * HOUR).toISOString().slice(0, 10),
  }
  return { ...standing('things', at), values, parent: null }
}

function part(at: number): RecordFacts {
  const thing = idOf((at * 3) % THINGS)
  return { ...standing('parts', THINGS + at), values: { name: `Part ${at}`, thing } }
}

function standing(module: Key, at: number) {
  const changed = new Date(NOW - (THINGS + PARTS - at) * 60_000).toISOString()
  return {
    module,
    id: idOf(at),
    owner: at % 20 === 7 ? 'team:desk' : `user:${REPRESENTATIVES[(at * 13) % REPRESENTATIVES.length]}`,
    confidential: at % 50 === 3,
    deleted: at % 40 === 11,
    createdAt: changed,
    updatedAt: changed,
    version: 1,
    shares: at % 100 === 21 ? [{ with: 'user:guest', level: 'edit' as const, expiresAt: NOW + 24 * HOUR }] : [],
  }
}
