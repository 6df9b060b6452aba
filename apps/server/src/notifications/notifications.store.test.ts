import type { PolicyDocument } from '@bailiwick/access'
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRecordsFixture } from '../records/records-fixture.ts'
import { testDatabase } from '../testing/index.ts'
import { markRead, readInbox } from './inbox.ts'
import { changeSettings, readSettings } from './settings.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const ALL = ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer', 'confide', 'mass'] as const

/** Anna sells, Mikko is her head, Pekka sells beside her, Tiina leads the desk that Pekka works at. */
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind' },
  roles: { head: {}, rep: { parent: 'head' } },
  profiles: {
    sales: {
      modules: { accounts: { actions: ALL, fields: { phone: 'hidden', name: 'edit' } }, deals: { actions: ALL } },
    },
    lead: { modules: { accounts: { actions: ALL }, deals: { actions: ALL } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { role: 'head', profiles: ['lead'] },
    anna: { role: 'rep', profiles: ['sales'] },
    pekka: { role: 'rep', profiles: ['sales'] },
    tiina: { profiles: ['lead'] },
  },
  teams: { desk: { leaders: ['tiina'], members: ['pekka'] } },
}

const { database, createOrganization } = await testDatabase()
const organization = await createOrganization()
const { parts, gateway, actor, apply } = await createRecordsFixture(database, organization, DOCUMENT, NOW)
const [anna, mikko, pekka, tiina] = [actor('anna'), actor('mikko'), actor('pekka'), actor('tiina')]

type Person = typeof anna
const inbox = (who: Person, query = {}) => readInbox(parts, who, query)
/** What somebody is told, in a line each, oldest first. */
const told = async (who: Person) =>
  (await inbox(who)).items
    .map(({ kind, by, record, fields }) =>
      [kind, by, record?.title, ...(fields ?? [])].map((part) => (typeof part === 'object' ? 'null' : part)).join(' '),
    )
    .reverse()
const account = async (owner: Person, body = {}) =>
  (await gateway.create(owner, 'accounts', { name: 'Acme', ...body })).id

beforeEach(async () => {
  await apply(DOCUMENT)
  await sql`delete from notifications`.execute(database.organization(organization))
  await sql`delete from notification_settings`.execute(database.organization(organization))
})

describe('The owner of a record', () => {
  it('is told what somebody else changed, and not what he changed himself', async () => {
    const id = await account(anna)
    await gateway.update(anna, 'accounts', id, { website: 'https://acme.example' })
    await gateway.update(mikko, 'accounts', id, { website: 'https://acme.test', site: 'Oulu' })
    const { items, unread } = await inbox(anna)
    expect(unread).toBe(1)
    expect(items).toMatchObject([
      { kind: 'changed', by: 'user:mikko', module: 'accounts', read: false, record: { id, title: 'Acme' } },
    ])
    expect([...(items[0]?.fields ?? [])].sort()).toEqual(['site', 'website'])
    expect(await told(mikko)).toEqual([])
  })

  it('has nothing written down for him where what was sent stood there already', async () => {
    const id = await account(anna, { website: 'https://acme.example' })
    await gateway.update(mikko, 'accounts', id, { website: 'https://acme.example' })
    await gateway.transfer(mikko, 'accounts', id, { owner: 'user:anna' })
    const { rows } = await sql`select id from notifications`.execute(database.organization(organization))
    expect(rows).toEqual([])
  })

  it('is told nothing of fields that are hidden from him, nor of a change of those alone', async () => {
    const id = await account(anna)
    await gateway.update(mikko, 'accounts', id, { phone: '040 1' })
    expect(await inbox(anna)).toEqual({ items: [], next: null, unread: 0 })
    await gateway.update(mikko, 'accounts', id, { phone: '040 2', site: 'Oulu' })
    expect(await told(anna)).toEqual(['changed user:mikko Acme site'])
  })

  it('is told nothing more of what he doesn’t read any more', async () => {
    const id = await account(anna)
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu' })
    expect((await inbox(anna)).unread).toBe(1)
    await gateway.transfer(mikko, 'accounts', id, { owner: 'user:pekka' })
    expect(await inbox(anna)).toEqual({ items: [], next: null, unread: 0 })
    expect(await told(pekka)).toEqual(['assigned user:mikko Acme'])
    await gateway.transfer(mikko, 'accounts', id, { owner: 'user:anna' })
    expect(await told(anna)).toEqual([
      'changed user:mikko Acme site',
      'changed user:mikko Acme owner',
      'assigned user:mikko Acme',
    ])
  })

  it('is told nothing of what lies in the bin', async () => {
    const id = await account(anna)
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu' })
    await gateway.delete(mikko, 'accounts', id)
    expect(await told(anna)).toEqual([])
  })

  it('is not told the title that a new policy hides', async () => {
    const id = await account(anna)
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu' })
    const accounts = { actions: ALL, fields: { name: 'hidden', site: 'read' } } as const
    await apply({ ...DOCUMENT, profiles: { ...DOCUMENT.profiles, sales: { modules: { accounts } } } })
    expect((await inbox(anna)).items).toMatchObject([{ record: { id, title: null }, fields: ['site'] }])
    const masked = { actions: ALL, fields: { name: 'masked', site: 'hidden' } } as const
    await apply({ ...DOCUMENT, profiles: { ...DOCUMENT.profiles, sales: { modules: { accounts: masked } } } })
    expect((await inbox(anna)).items).toEqual([])
  })

  it('is told of nothing in a module that he reads no more', async () => {
    const id = await account(anna)
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu' })
    await apply({ ...DOCUMENT, profiles: { ...DOCUMENT.profiles, sales: { modules: { deals: { actions: ALL } } } } })
    expect(await inbox(anna)).toEqual({ items: [], next: null, unread: 0 })
  })
})

describe('Whoever did it', () => {
  it('is not named to whom the fields that say so are hidden, and no owner is told to whom that is', async () => {
    const id = await account(mikko, { owner: 'user:anna' })
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu' })
    await gateway.comment(mikko, 'accounts', id, { text: 'Look' })
    const toldWithout = async (...keys: readonly string[]) => {
      const accounts = { actions: ALL, fields: Object.fromEntries(keys.map((key) => [key, 'hidden'] as const)) }
      await apply({ ...DOCUMENT, profiles: { ...DOCUMENT.profiles, sales: { modules: { accounts } } } })
      return told(anna)
    }
    const [made, commented] = ['assigned user:mikko Acme', 'commented user:mikko Acme']
    expect(await told(anna)).toEqual([made, 'changed user:mikko Acme site', commented])
    expect(await toldWithout('updatedBy')).toEqual(['assigned null Acme', 'changed null Acme site', commented])
    expect(await toldWithout('createdBy')).toEqual(['assigned null Acme', 'changed user:mikko Acme site', commented])
    expect(await toldWithout('owner')).toEqual(['changed user:mikko Acme site', commented])
  })
})

describe('Assigned', () => {
  it('is what somebody else made for one', async () => {
    await account(mikko, { owner: 'user:anna' })
    expect(await told(anna)).toEqual(['assigned user:mikko Acme'])
    expect(await told(mikko)).toEqual([])
  })

  it('is what comes into a team’s queue, to those who lead it', async () => {
    const id = await account(mikko, { owner: 'team:desk' })
    expect(await told(tiina)).toEqual(['assigned user:mikko Acme'])
    expect(await told(pekka)).toEqual([])
    await gateway.transfer(tiina, 'accounts', id, { owner: 'user:pekka' })
    await gateway.transfer(mikko, 'accounts', await account(mikko, { name: 'Bolt' }), { owner: 'team:desk' })
    expect(await told(tiina)).toEqual(['assigned user:mikko Acme', 'assigned user:mikko Bolt'])
    expect(await told(pekka)).toEqual(['assigned user:tiina Acme'])
  })
})

describe('A comment', () => {
  it('is told to the owner, to whoever commented before, and apart to who is mentioned', async () => {
    const id = await account(anna)
    await gateway.comment(mikko, 'accounts', id, { text: 'Call them.' })
    await gateway.comment(anna, 'accounts', id, { text: 'Done, @mikko.' })
    expect(await told(anna)).toEqual(['commented user:mikko Acme'])
    expect(await told(mikko)).toEqual(['mentioned user:anna Acme'])
  })

  it('that mentions who doesn’t read the record is no news to him, until he does', async () => {
    const id = await account(anna)
    await gateway.comment(anna, 'accounts', id, { text: '@pekka, look.' })
    expect(await inbox(pekka)).toEqual({ items: [], next: null, unread: 0 })
    await gateway.share(anna, 'accounts', id, { with: 'user:pekka', level: 'read' })
    expect(await told(pekka)).toEqual(['mentioned user:anna Acme', 'shared user:anna Acme'])
    await gateway.unshare(anna, 'accounts', id, 'user:pekka')
    expect(await inbox(pekka)).toEqual({ items: [], next: null, unread: 0 })
  })
})

describe('What is read', () => {
  it('is marked by its receiver alone', async () => {
    const id = await account(anna)
    await gateway.update(mikko, 'accounts', id, { site: 'Oulu' })
    const [item] = (await inbox(anna)).items
    expect(await markRead(parts, pekka, { ids: [item?.id ?? ''] })).toEqual({ unread: 0 })
    expect((await inbox(anna)).unread).toBe(1)
    expect(await markRead(parts, anna, { ids: [item?.id ?? '', '999999'] })).toEqual({ unread: 0 })
    expect((await inbox(anna)).items).toMatchObject([{ read: true }])
    expect((await inbox(anna, { unread: true })).items).toEqual([])
  })

  it('is all of it where one says so', async () => {
    for (const name of ['One', 'Two']) await account(mikko, { name, owner: 'user:anna' })
    expect((await inbox(anna)).unread).toBe(2)
    expect(await markRead(parts, anna, { all: true })).toEqual({ unread: 0 })
  })

  it('comes in pages without gaps, whatever is hidden between', async () => {
    for (let at = 0; at < 60; at++) {
      const id = await account(mikko, { name: `A${at}`, owner: 'user:anna' })
      if (at % 2 === 0) await gateway.transfer(mikko, 'accounts', id, { owner: 'user:pekka' })
    }
    for (let at = 60; at < 90; at++) await account(mikko, { name: `A${at}`, owner: 'user:anna' })
    const first = await inbox(anna)
    expect(first.items).toHaveLength(50)
    const second = await inbox(anna, { cursor: first.next ?? '' })
    expect([second.items.length, second.next, first.unread]).toEqual([10, null, 60])
  })
})

describe('Settings', () => {
  it('are the usual ones until one says otherwise, kind by kind', async () => {
    expect((await readSettings(parts, anna)).mentioned).toEqual({ live: true, mail: 'immediate' })
    const changed = await changeSettings(parts, anna, { mentioned: { live: false, mail: 'off' } })
    expect(changed.mentioned).toEqual({ live: false, mail: 'off' })
    expect(changed.assigned).toEqual({ live: true, mail: 'immediate' })
    expect((await readSettings(parts, mikko)).mentioned).toEqual({ live: true, mail: 'immediate' })
  })

  it('that mute a kind keep it from counting', async () => {
    await account(mikko, { owner: 'user:anna' })
    await changeSettings(parts, anna, { assigned: { live: false, mail: 'off' } })
    const { items, unread } = await inbox(anna)
    expect([items.length, unread]).toEqual([1, 0])
  })
})
