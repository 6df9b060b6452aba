import type { PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import { refusal } from '../gateway-fixture.ts'
import { createRecordsFixture } from '../records-fixture.ts'

const SALES = ['create', 'read', 'update', 'comment', 'share', 'transfer', 'confide', 'delete'] as const

/** Mikko and Tiina sell under Anna; Olli left; Rita reads; Ada administers. */
const COMPANY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'UTC' },
  roles: {
    head: { name: { en: 'Head of sales', fi: 'Myyntijohtaja' } },
    rep: { name: 'Representative', parent: 'head' },
  },
  modules: { deals: { parent: 'account' } },
  profiles: {
    sales: { name: 'Sales', modules: { accounts: { actions: SALES }, deals: { actions: SALES } } },
    blind: {
      modules: {
        deals: { actions: ['read', 'comment'], fields: { account: 'hidden', owner: 'hidden', confidential: 'hidden' } },
        accounts: { actions: ['read'] },
      },
    },
    reader: { modules: { deals: { actions: ['read'] } } },
    late: {
      signIn: [{ days: ['sun'], from: '00:00', to: '01:00' }],
      modules: { accounts: { actions: ['read'] } },
    },
  },
  users: {
    ada: { name: 'Ada Admin', profiles: ['administrator'] },
    anna: { name: 'Anna Aho', role: 'head', profiles: ['sales'] },
    mikko: { name: 'Mikko Mäki', role: 'rep', profiles: ['sales'] },
    tiina: { name: 'Tiina Tamm', role: 'rep', profiles: ['sales'] },
    olli: { name: 'Olli Oja', role: 'rep', profiles: ['sales'], status: 'suspended' },
    bo: { name: 'Bo Blind', profiles: ['blind'] },
    rita: { name: 'Rita Rask', profiles: ['reader'] },
    wendy: { name: 'Wendy West', profiles: ['late'] },
  },
  teams: { desk: { name: 'Deal desk', members: ['tiina', 'olli', 'bo'] } },
  groups: { late: { members: ['user:wendy'] } },
  sharingRules: {
    north: {
      name: { en: 'The north is open', fi: 'Pohjoinen on auki' },
      module: 'accounts',
      when: { field: 'country', op: 'eq', value: 'FI' },
      with: ['group:late'],
      level: 'read',
    },
  },
}

const NOW = Date.parse('2026-03-02T10:00:00Z')
const { database, createOrganization } = await testDatabase()
const { gateway, actor } = await createRecordsFixture(database, await createOrganization(), COMPANY, NOW)
const [ada, anna, mikko, tiina, bo, rita] = [
  actor('ada'),
  actor('anna'),
  actor('mikko'),
  actor('tiina'),
  actor('bo'),
  actor('rita'),
]
const accountOf = async (who: typeof mikko, more = {}) =>
  (await gateway.create(who, 'accounts', { name: 'Bauer', ...more })).id

describe('The audience of a record', () => {
  it('comes in pages, whoever reaches furthest first, with the names of what lets them in', async () => {
    const id = await accountOf(mikko)
    await gateway.share(mikko, 'accounts', id, { with: 'team:desk', level: 'edit' })
    const first = await gateway.audience(ada, 'accounts', id, { limit: 2 })
    expect(first).toMatchObject({
      total: 5,
      items: [{ user: 'ada', name: 'Ada Admin', level: 'full' }, { user: 'anna' }],
    })
    expect(first.names).toEqual({
      'profile:administrator': 'Administrator',
      'role:head': { en: 'Head of sales', fi: 'Myyntijohtaja' },
      'role:rep': 'Representative',
    })
    const second = await gateway.audience(ada, 'accounts', id, { limit: 2, cursor: String(first.next) })
    expect(second.items.map(({ user }) => user)).toEqual(['mikko', 'bo'])
    expect(second.names).toEqual({ 'team:desk': 'Deal desk' })
    const last = await gateway.audience(ada, 'accounts', id, { limit: 2, cursor: String(second.next) })
    expect(last).toMatchObject({ items: [{ user: 'tiina' }], next: null })
  })

  it('is nobody’s but theirs who manage access, and takes no limit or cursor but its own', async () => {
    const id = await accountOf(mikko)
    expect(await refusal(gateway.audience(mikko, 'accounts', id))).toMatchObject({ status: 403 })
    expect(await refusal(gateway.audience(tiina, 'accounts', id))).toMatchObject({ status: 404 })
    for (const query of [{ limit: 0 }, { limit: 10_001 }, { limit: Number.NaN }, { cursor: 'x' }, { cursor: 'WzFd' }]) {
      expect(await refusal(gateway.audience(ada, 'accounts', id, query))).toMatchObject({ status: 422 })
    }
  })
})

describe('One’s own access to a record', () => {
  it('says how far, why and what one may, and to its owner with whom it is shared', async () => {
    const id = await accountOf(mikko)
    await gateway.share(mikko, 'accounts', id, { with: 'team:desk', level: 'read' })
    const own = await gateway.access(mikko, 'accounts', id)
    expect(own).toMatchObject({
      own: { level: 'full', because: [{ kind: 'owner', level: 'full' }] },
      confidential: false,
      may: { update: true, share: true, transfer: true, confide: true, delete: true, seeAudience: false },
      shares: [{ with: 'team:desk', level: 'read' }],
    })
    expect(own).not.toHaveProperty('audienceCount')
    const tiinas = await gateway.access(tiina, 'accounts', id)
    expect(tiinas).toMatchObject({
      own: { level: 'read', because: [{ kind: 'share', share: { with: 'team:desk', level: 'read' } }] },
      names: { 'team:desk': 'Deal desk' },
      may: { update: false, comment: true, share: false, seeAudience: false },
    })
    expect(tiinas).not.toHaveProperty('shares')
    expect(await gateway.access(ada, 'accounts', id)).toMatchObject({ audienceCount: 5, may: { seeAudience: true } })
  })

  it('names no parent, owner or mark that is hidden from whom it is told to', async () => {
    const account = await accountOf(mikko)
    const deal = (await gateway.create(mikko, 'deals', { name: 'Big', account })).id
    await gateway.share(mikko, 'accounts', account, { with: 'team:desk', level: 'read' })
    await gateway.share(mikko, 'accounts', account, { with: 'user:rita', level: 'read' })
    const bos = await gateway.access(bo, 'deals', deal)
    expect(bos.own).toEqual({ level: 'read', because: [{ kind: 'parent', level: 'read' }], limits: [] })
    expect(bos).not.toHaveProperty('confidential')
    expect(JSON.stringify(bos)).not.toContain(account)
    expect(JSON.stringify(await gateway.explain(bo, 'deals', deal, {}))).not.toContain(account)
    // Rita reads the deal by its account, and no accounts.
    const ritas = await gateway.access(rita, 'deals', deal)
    expect(ritas.own.because).toEqual([{ kind: 'parent', level: 'read', by: 'account' }])
    expect(JSON.stringify(ritas)).not.toContain(account)
    const tiinas = await gateway.access(tiina, 'deals', deal)
    expect(tiinas.own.because).toMatchObject([
      { kind: 'parent', by: 'account', parent: { id: account, level: 'read' } },
    ])
    expect(tiinas.names).toMatchObject({ 'team:desk': 'Deal desk' })
  })

  it('is nothing on a record that one does not read', async () => {
    const id = await accountOf(mikko)
    expect(await refusal(gateway.access(tiina, 'accounts', id))).toMatchObject({ status: 404 })
    await gateway.delete(mikko, 'accounts', id)
    expect(await refusal(gateway.access(mikko, 'accounts', id))).toMatchObject({ status: 404 })
  })
})

describe('Before a change of access', () => {
  it('whoever manages access sees exactly who gains, and it is who gains', async () => {
    const id = await accountOf(mikko)
    const preview = await gateway.previewAccess(ada, 'accounts', id, { share: { with: 'role+:head', level: 'edit' } })
    expect(preview).toEqual({
      people: {
        count: 3,
        items: [
          { user: 'anna', name: 'Anna Aho' },
          { user: 'mikko', name: 'Mikko Mäki' },
          { user: 'tiina', name: 'Tiina Tamm' },
        ],
      },
      gain: [{ user: 'tiina', name: 'Tiina Tamm', before: 'none', after: 'edit' }],
      lose: [],
      counts: { gain: 1, lose: 0, before: 3, after: 4 },
    })
    expect(await refusal(gateway.read(tiina, 'accounts', id))).toMatchObject({ status: 404 })
    await gateway.share(ada, 'accounts', id, { with: 'role+:head', level: 'edit' })
    expect(await gateway.audience(ada, 'accounts', id)).toMatchObject({ total: 4 })
    expect(await gateway.previewAccess(ada, 'accounts', id, { unshare: { with: 'role+:head' } })).toMatchObject({
      gain: [],
      lose: [{ user: 'tiina', before: 'edit', after: 'none' }],
    })
  })

  it('who loses by a transfer or by confidence', async () => {
    const id = await accountOf(mikko)
    await gateway.share(mikko, 'accounts', id, { with: 'user:bo', level: 'read' })
    const to = { owner: 'tiina' }
    expect(await gateway.previewAccess(ada, 'accounts', id, { transfer: to })).toMatchObject({
      people: { items: [{ user: 'tiina' }] },
      gain: [{ user: 'tiina', before: 'none', after: 'full' }],
      lose: [{ user: 'bo' }, { user: 'mikko' }],
    })
    const kept = await gateway.previewAccess(ada, 'accounts', id, { transfer: { ...to, keepShares: true } })
    expect(kept.lose?.map(({ user }) => user)).toEqual(['mikko'])
    // The administrator reads it by his profile, and a confidential one not at all.
    const confided = await gateway.previewAccess(ada, 'accounts', id, { confidential: true })
    expect(confided.lose?.map(({ user }) => user)).toEqual(['ada', 'anna'])
    expect(confided.people).toEqual({ count: 0, items: [] })
  })

  it('whoever may do it learns whom the change names, and not who has access', async () => {
    const id = await accountOf(mikko)
    expect(await gateway.previewAccess(mikko, 'accounts', id, { share: { with: 'team:desk', level: 'read' } })).toEqual(
      {
        people: {
          count: 2,
          items: [
            { user: 'bo', name: 'Bo Blind' },
            { user: 'tiina', name: 'Tiina Tamm' },
          ],
        },
      },
    )
    expect(await gateway.previewAccess(mikko, 'accounts', id, { confidential: true })).toEqual({
      people: { count: 0, items: [] },
    })
  })

  it('needs the right to make it, and a change that could be made', async () => {
    const id = await accountOf(mikko)
    await gateway.share(mikko, 'accounts', id, { with: 'user:tiina', level: 'edit' })
    const share = { with: 'user:bo', level: 'read' } as const
    const asks = (who: typeof mikko, change: object) => refusal(gateway.previewAccess(who, 'accounts', id, change))
    expect(await asks(tiina, { share })).toMatchObject({ status: 403 })
    expect(await asks(bo, { share })).toMatchObject({ status: 404 })
    expect(await asks(mikko, {})).toMatchObject({ status: 422 })
    expect(await asks(mikko, { share, confidential: true })).toMatchObject({ status: 422 })
    expect(await asks(mikko, { share: { ...share, with: 'user:nobody' } })).toMatchObject({
      errors: [{ path: '/share/with' }],
    })
    expect(await asks(mikko, { transfer: { owner: 'user:olli' } })).toMatchObject({
      errors: [{ path: '/transfer/owner' }],
    })
  })
})

describe('Whom one can mention', () => {
  it('is everybody active, with whether he would see it, and none who left', async () => {
    const id = await accountOf(mikko, { country: 'FI' })
    const { items, mayShare } = await gateway.mentionable(mikko, 'accounts', id, { limit: 50 })
    expect(items.filter(({ canSee }) => canSee).map(({ user }) => user)).toEqual(['ada', 'anna', 'mikko', 'wendy'])
    expect(items.filter(({ canSee }) => !canSee).map(({ user }) => user)).toEqual(['bo', 'rita', 'tiina'])
    expect(mayShare).toBe(true)
    const found = await gateway.mentionable(anna, 'accounts', id, { q: 'mÄ' })
    expect(found.items.map(({ user }) => user)).toEqual(['mikko'])
    const some = await gateway.mentionable(anna, 'accounts', id, { q: 'a', limit: 3 })
    expect(some.items.map(({ user }) => user)).toEqual(['ada', 'anna', 'rita'])
  })

  it('is told to who may comment on the record', async () => {
    const id = await accountOf(mikko)
    await gateway.share(mikko, 'accounts', id, { with: 'user:bo', level: 'read' })
    expect(await refusal(gateway.mentionable(tiina, 'accounts', id, {}))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.mentionable(bo, 'accounts', id, {}))).toMatchObject({ status: 403 })
    expect(await refusal(gateway.mentionable(mikko, 'accounts', id, { limit: 51 }))).toMatchObject({ status: 422 })
  })
})
