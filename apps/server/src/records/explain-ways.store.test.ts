import type { PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createRecordsFixture } from './records-fixture.ts'

const { database, createOrganization } = await testDatabase()

const COMPANY: PolicyDocument = {
  bailiwick: 1,
  modules: { contacts: { parent: 'account' } },
  profiles: {
    sales: {
      modules: {
        accounts: { actions: ['create', 'read', 'update', 'share'], fields: { phone: 'read' } },
        contacts: { actions: ['create', 'read', 'confide'] },
      },
    },
    reader: { modules: { accounts: { actions: ['read'] }, contacts: { actions: ['read'] } } },
    clerk: { modules: { products: { actions: ['create', 'read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { profiles: ['sales'] },
    tiina: { profiles: ['sales'] },
    rita: { profiles: ['reader'] },
    omar: { profiles: ['reader'] },
    ole: { profiles: ['clerk'] },
    pia: { profiles: ['clerk'] },
  },
  groups: { desk: { members: ['user:tiina'] } },
  sharingRules: { desk: { module: 'accounts', ownedBy: ['user:mikko'], with: ['group:desk'], level: 'edit' } },
  restrictionRules: { closed: { module: 'accounts', for: ['user:tiina'], level: 'read' } },
}

const NOW = Date.parse('2026-03-02T10:00:00Z')
const { gateway, actor } = await createRecordsFixture(database, await createOrganization(), COMPANY, NOW)
const [ada, mikko, tiina] = [actor('ada'), actor('mikko'), actor('tiina')]
const madeBy = async (name: string) => String((await gateway.create(mikko, 'accounts', { name })).id)

describe('Of a refusal is told', () => {
  it('what would allow it, that which opens least first; and it does', async () => {
    const [id] = [await madeBy('First'), await madeBy('Second')]
    const question = { user: 'rita', action: 'read', how: 'true' } as const
    const { ways = [] } = await gateway.explain(ada, 'accounts', id, question)
    const told = ways.map(({ changes, opens }) => [changes.map(({ kind }) => kind).join(' '), opens])
    const one = { people: 1, records: 1, actions: 1, fields: 0, permissions: 0 }
    expect(told.slice(0, 2)).toEqual([
      ['share', one],
      ['transfer', one],
    ])
    expect(told).toContainEqual(['joinGroup', { ...one, records: 2, actions: 2 }])
    await gateway.share(ada, 'accounts', id, { with: 'user:rita', level: 'read' })
    expect(await gateway.explain(ada, 'accounts', id, question)).toMatchObject({ allowed: true })
  })

  it('which actions a profile lacks, and how many others would have them', async () => {
    const id = await madeBy('Third')
    const asked = await gateway.explain(ada, 'accounts', id, { user: 'rita', action: 'update', how: 'true' })
    const kinds = (asked.ways ?? []).map(({ changes, opens }) => [
      changes.map(({ kind }) => kind).join(' '),
      opens.people,
    ])
    expect(kinds).toContainEqual(['share grantActions', 1])
    expect(kinds).toContainEqual(['share giveProfile', 1])
  })

  it('how many records each of those has who come to have it', async () => {
    const [own] = [
      await gateway.create(actor('ole'), 'products', { name: 'Of Ole' }),
      await gateway.create(actor('pia'), 'products', { name: 'Of Pia' }),
      await gateway.create(actor('pia'), 'products', { name: 'Another' }),
    ]
    const question = { user: 'ole', action: 'update', how: 'true' } as const
    const { ways = [] } = await gateway.explain(ada, 'products', String(own.id), question)
    expect(ways).toContainEqual({
      changes: [{ kind: 'grantActions', profile: 'clerk', module: 'products', actions: ['update'] }],
      opens: { people: 2, records: 3, actions: 3, fields: 0, permissions: 0 },
    })
  })

  it('whom a restriction would have to except, and whose field would have to open', async () => {
    const id = await madeBy('Fourth')
    const restricted = await gateway.explain(ada, 'accounts', id, { user: 'tiina', action: 'update', how: 'true' })
    expect(restricted.ways?.map(({ changes }) => changes)).toEqual([
      [{ kind: 'exceptFromRestriction', user: 'tiina', rule: 'closed' }],
    ])
    const field = { user: 'mikko', action: 'update', field: 'phone', how: 'true' } as const
    const { ways = [] } = await gateway.explain(ada, 'accounts', id, field)
    expect(ways).toMatchObject([
      { changes: [{ kind: 'giveProfile', profile: 'reader' }], opens: { people: 1, fields: 1, actions: 0 } },
      { changes: [{ kind: 'openField', profile: 'sales', access: 'edit' }], opens: { people: 2, fields: 2 } },
    ])
  })

  it('what steps on a parent open of all that hangs under it', async () => {
    const account = await madeBy('Above')
    const children = await Promise.all(
      ['Anna', 'Bo', 'Cy'].map((lastName) => gateway.create(mikko, 'contacts', { name: lastName, account })),
    )
    await gateway.confide(mikko, 'contacts', String(children[2]?.id), true)
    const question = { user: 'omar', action: 'read', how: 'true' } as const
    const { ways = [] } = await gateway.explain(ada, 'contacts', String(children[0]?.id), question)
    const told = ways.map(({ changes, opens }) => [
      changes.map(({ kind, ...one }) => ('on' in one ? [kind, 1] : [kind])),
      opens,
    ])
    const one = { people: 1, fields: 0, permissions: 0 }
    expect(told).toContainEqual([[['share']], { ...one, records: 1, actions: 1 }])
    // The account and two contacts: the third is confidential.
    expect(told).toContainEqual([[['share', 1]], { ...one, records: 3, actions: 3 }])
  })

  it('to the refused himself, whom to ask and nothing else', async () => {
    const id = await madeBy('Fifth')
    const own = await gateway.explain(tiina, 'accounts', id, { action: 'update', how: 'true' })
    expect(own).toMatchObject({ allowed: false, ask: ['user:mikko', 'user:ada'] })
    expect(own).not.toHaveProperty('ways')
  })
})

describe('Of many ways of a kind', () => {
  it('the three are told that open least, wherever the document has them', async () => {
    const wide = { modules: { accounts: { actions: ['read'], viewAll: true } } } as const
    const narrow = { modules: { accounts: { actions: ['read'], fields: { default: 'hidden' } } } } as const
    const document: PolicyDocument = {
      bailiwick: 1,
      profiles: { wide1: wide, wide2: wide, wide3: wide, wide4: wide, narrow },
      users: { ada: { profiles: ['administrator'] }, anna: {} },
      modules: { accounts: { sharing: 'read' } },
    }
    const { gateway: records, actor: as } = await createRecordsFixture(
      database,
      await createOrganization(),
      document,
      NOW,
    )
    const { id } = await records.create(as('ada'), 'accounts', { name: 'Cancity' })
    const question = { user: 'anna', action: 'read', how: 'true' } as const
    const { ways = [] } = await records.explain(as('ada'), 'accounts', String(id), question)
    const profiles = ways.flatMap(({ changes }) => changes.map((one) => ('profile' in one ? one.profile : one.kind)))
    expect(profiles).toEqual(['narrow', 'wide1', 'wide2'])
  })
})

/** At night, when sales has gone home. */
const NIGHT = Date.parse('2026-03-02T22:00:00Z')
const accounts = { actions: ['read', 'update'] } as const
const LET_IN: PolicyDocument = {
  bailiwick: 1,
  profiles: {
    sales: { signIn: [{ days: ['mon'], from: '08:00', to: '18:00' }], modules: { accounts } },
    // It lets in at night who reads nothing by it.
    caller: { modules: { accounts: { actions: ['read'], fields: { default: 'hidden' } } } },
    nightly: { system: ['useApi'], modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    anna: { profiles: ['sales'] },
    tiina: { profiles: ['sales'] },
    omar: { profiles: ['sales', 'caller'] },
    kim: { status: 'suspended', profiles: ['sales'] },
  },
  teams: { office: { members: ['tiina', 'omar', 'kim'], membersGet: 'edit' } },
}

describe('Who comes to be let in by a way', async () => {
  const office = await createRecordsFixture(database, await createOrganization(), LET_IN, NIGHT)
  const ask = async (user: string, id: string) => {
    const question = { user, action: 'read', how: 'true' } as const
    const { ways = [] } = await office.gateway.explain(office.actor('ada'), 'accounts', id, question)
    return ways.map(({ changes, opens }) => [changes.map(({ kind }) => kind).join(' '), opens] as const)
  }
  const give = async (owner: string, name: string) => {
    const { id } = await office.gateway.create(office.actor('ada'), 'accounts', { name, owner: `user:${owner}` })
    return String(id)
  }
  const ids = [await give('anna', 'One'), await give('anna', 'Two'), await give('tiina', 'Three')]

  it('gains all that he then reaches, not only what was asked for', async () => {
    const told = await ask('anna', ids[0] ?? '')
    // Anna both of hers, Tiina hers, each read and changed. Omar is let in by his other profile, Kim isn't active.
    const fields = told.find(([kinds]) => kinds === 'allowHours')?.[1].fields ?? 0
    expect(told).toContainEqual(['allowHours', { people: 2, records: 3, actions: 6, fields, permissions: 0 }])
    expect(fields).toBeGreaterThan(10)
    // By another profile Anna alone is let in, and has what she has by both.
    const given = told.find(([kinds]) => kinds === 'giveProfile')?.[1]
    expect(given).toEqual({ people: 1, records: 2, actions: 4, fields: fields / 2, permissions: 0 })
    expect(told.map(([kinds]) => kinds)).toEqual(['giveProfile', 'allowHours', 'giveProfile'])
  })

  it('has his fields counted, too, when he was suspended', async () => {
    const told = await ask('kim', ids[2] ?? '')
    const way = told.find(([kinds]) => kinds.includes('activate') && kinds.includes('giveProfile'))
    expect(way?.[1]).toMatchObject({ people: 1, records: 1, actions: 2 })
    expect(way?.[1].fields).toBeGreaterThan(10)
  })
})

const KEPT: PolicyDocument = {
  bailiwick: 1,
  profiles: {
    sales: { modules: { accounts: { actions: ['read'], fields: { bankAccount: 'hidden' } } } },
    finance: { modules: { accounts: { actions: ['read'] } } },
    guest: { modules: { accounts: { actions: ['read', 'update'] } } },
  },
  modules: { accounts: { sharing: 'read', fields: { bankAccount: { type: 'text', sensitivity: 'internal' } } } },
  users: {
    ada: { profiles: ['administrator'] },
    anna: { profiles: ['sales'] },
    nadia: { profiles: ['finance'] },
    bo: { profiles: ['sales'] },
  },
  groups: { finance: { members: ['user:nadia'] } },
  invariants: {
    banks: {
      nobody: { except: ['group:finance', 'user:ada', 'user:bo'] },
      can: 'read',
      on: 'accounts',
      field: 'bankAccount',
    },
  },
  tests: { 'bo-changes-nothing': { as: 'user:bo', module: 'accounts', cannot: ['update'] } },
}

describe('A way that the policy itself forbids', () => {
  const told = async (document: PolicyDocument, user: string) => {
    const { gateway: records, actor: as } = await createRecordsFixture(
      database,
      await createOrganization(),
      document,
      NOW,
    )
    const { id } = await records.create(as('ada'), 'accounts', { name: 'Cancity' })
    const question = { user, action: 'read', field: 'bankAccount', how: 'true' } as const
    const { ways } = await records.explain(as('ada'), 'accounts', String(id), question)
    return ways?.map(({ changes }) => changes)
  }
  const finance = [{ kind: 'giveProfile', user: 'bo', profile: 'finance' }]

  it('by an invariant is not told', async () => {
    expect(await told(KEPT, 'anna')).toEqual([])
    expect(await told({ ...KEPT, invariants: {} }, 'anna')).toHaveLength(3)
  })

  it('by a test is not told, and one that it lets stand is', async () => {
    expect(await told(KEPT, 'bo')).toEqual([finance])
    expect(await told({ ...KEPT, tests: {} }, 'bo')).toHaveLength(2)
  })

  it('is told where that is broken already, and would refuse any change', async () => {
    const record = { id: '00000000-0000-7000-8000-000000000000' }
    const gone = { as: 'user:anna', module: 'accounts', record, can: ['read'] } as const
    expect(await told({ ...KEPT, tests: { ...KEPT.tests, gone } }, 'bo')).toEqual([finance])
  })
})
