import type { PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { breakGlass } from './break-glass.ts'
import { refusal } from './gateway-fixture.ts'
import { readAudit } from './read-audit.ts'
import { countUnread, readNotices } from './read-notices.ts'
import { createRecordsFixture } from './records-fixture.ts'

const ALL = ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer', 'confide'] as const

/** Mikko and Tiina sell, Bea is on call for emergencies, Omar audits and reads no account, Vera audits and reads all, Ada manages. */
const COMPANY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'UTC' },
  profiles: {
    sales: { modules: { accounts: { actions: ALL } } },
    onCall: { system: ['breakGlass'], modules: { accounts: { actions: ['read', 'update'] } } },
    audit: { system: ['viewAudit'], modules: {} },
    auditAll: { system: ['viewAudit'], modules: { accounts: { actions: ['read'], viewAll: true } } },
    access: { system: ['manageAccess'], modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'], status: 'suspended' },
    alva: { profiles: ['access'] },
    mikko: { profiles: ['sales'] },
    tiina: { profiles: ['sales'] },
    bea: { profiles: ['onCall'] },
    omar: { profiles: ['audit'] },
    vera: { profiles: ['auditAll'] },
    ada2: { profiles: ['administrator'] },
  },
  teams: { desk: { leaders: ['tiina'], members: ['mikko'] } },
}

const NOW = Date.parse('2026-03-02T10:00:00Z')
const MINUTE = 60_000
const MISSING = '00000000-0000-7000-8000-000000000000'
const { database, createOrganization } = await testDatabase()
const { gateway, actor, parts, apply } = await createRecordsFixture(database, await createOrganization(), COMPANY, NOW)
const at = (user: string, minutes = 0) => {
  const person = actor(user)
  return { ...person, asking: { ...person.asking, now: NOW + minutes * MINUTE } }
}
const [mikko, tiina, bea, omar, vera] = [at('mikko'), at('tiina'), at('bea'), at('omar'), at('vera')]
const why = { reason: 'The customer’s plant stands still', minutes: 30 }

async function secretAccount(): Promise<string> {
  const { id } = await gateway.create(mikko, 'accounts', { name: 'Hush hush' })
  await gateway.confide(mikko, 'accounts', id, true)
  return id
}
const glass = (who: typeof bea, id: string, input = why) => breakGlass(parts, who, 'accounts', id, input)
const glassNotices = async (who: typeof bea) =>
  (await readNotices(parts, who, { unread: false, limit: 50 })).filter(({ kind }) => kind === 'breakGlass')

describe('Breaking the glass', () => {
  it('opens one record, confidential or not, for as long as was said, and not a minute longer', async () => {
    const [id, other] = [await secretAccount(), await secretAccount()]
    expect(await refusal(gateway.read(bea, 'accounts', id))).toMatchObject({ status: 404 })
    const share = await glass(bea, id)
    expect(share).toEqual({
      with: 'user:bea',
      level: 'full',
      expiresAt: '2026-03-02T10:30:00.000Z',
      reason: why.reason,
      by: 'user:bea',
      at: '2026-03-02T10:00:00.000Z',
      breakGlass: true,
    })
    expect(await gateway.read(at('bea', 29), 'accounts', id)).toMatchObject({ name: 'Hush hush', access: 'full' })
    await gateway.update(at('bea', 29), 'accounts', id, { name: 'Helped' })
    expect((await gateway.list(at('bea', 29), 'accounts', {})).items.map((item) => item.id)).toEqual([id])
    expect(await refusal(gateway.read(at('bea', 29), 'accounts', other))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.read(at('bea', 30), 'accounts', id))).toMatchObject({ status: 404 })
    expect((await gateway.list(at('bea', 30), 'accounts', {})).items).toEqual([])
  })

  it('grants no action that no profile of its holder grants', async () => {
    const id = await secretAccount()
    await glass(bea, id)
    expect(await refusal(gateway.delete(bea, 'accounts', id))).toMatchObject({ status: 403 })
    expect(await refusal(gateway.share(bea, 'accounts', id, { with: 'everyone', level: 'read' }))).toMatchObject({
      status: 403,
    })
  })

  it('stands beside a share that its holder has, and leaves that when it ends', async () => {
    const id = await secretAccount()
    await gateway.share(mikko, 'accounts', id, { with: 'user:bea', level: 'read' })
    await glass(bea, id)
    expect(await gateway.read(bea, 'accounts', id)).toMatchObject({ access: 'full' })
    expect(await gateway.read(at('bea', 31), 'accounts', id)).toMatchObject({ access: 'read' })
    await glass(at('bea', 40), id)
    await gateway.unshare(at('mikko', 41), 'accounts', id, 'user:bea')
    expect(await refusal(gateway.read(at('bea', 42), 'accounts', id))).toMatchObject({ status: 404 })
  })

  it('tells its holder that a record isn’t there, and to nobody else whether one is', async () => {
    const id = await secretAccount()
    const deleted = await secretAccount()
    await gateway.delete(mikko, 'accounts', deleted)
    for (const none of [MISSING, deleted, 'none'])
      expect(await refusal(glass(bea, none))).toMatchObject({ status: 404 })
    const hidden = await refusal(glass(tiina, id))
    expect(hidden.status).toBe(404)
    expect(await refusal(glass(tiina, MISSING))).toEqual(hidden)
    expect(await refusal(glass(omar, id))).toEqual(hidden)
    expect(await refusal(breakGlass(parts, bea, 'deals', MISSING, why))).toEqual(hidden)
    const seen = await refusal(glass(mikko, id))
    expect(seen).toMatchObject({ status: 403, detail: expect.stringContaining('"breakGlass"') })
    expect(await gateway.shares(mikko, 'accounts', id)).toEqual([])
  })

  it('takes a reason, and from a quarter of an hour to a day', async () => {
    const id = await secretAccount()
    for (const minutes of [14, 1441, 15.5, Number.NaN])
      expect((await refusal(glass(bea, id, { ...why, minutes }))).errors).toMatchObject([{ path: '/minutes' }])
    expect((await refusal(glass(bea, id, { reason: '  ', minutes: 0 }))).errors).toHaveLength(2)
    expect((await glass(bea, id, { ...why, minutes: 1440 })).expiresAt).toBe('2026-03-03T10:00:00.000Z')
  })

  it('is told at once to the owner and to every holder of viewAudit, who needn’t read the record and then sees no title', async () => {
    const id = await secretAccount()
    const before = await countUnread(parts, omar, ['breakGlass'])
    await glass(bea, id)
    const told = (title: unknown) => ({ kind: 'breakGlass', by: 'user:bea', module: 'accounts', record: { id, title } })
    expect((await glassNotices(mikko))[0]).toMatchObject(told('Hush hush'))
    expect((await glassNotices(omar))[0]).toMatchObject(told(null))
    expect((await glassNotices(vera))[0]).toMatchObject(told(null))
    expect(JSON.stringify(await glassNotices(omar))).not.toContain('Hush')
    expect(await countUnread(parts, omar, ['breakGlass'])).toBe(before + 1)
    for (const other of [tiina, bea, at('alva')]) expect(await glassNotices(other)).toEqual([])
    await gateway.confide(mikko, 'accounts', id, false)
    expect((await glassNotices(vera))[0]).toMatchObject(told('Hush hush'))
  })

  it('is told of a team’s record to the team’s leaders', async () => {
    const id = await secretAccount()
    await gateway.transfer(mikko, 'accounts', id, { owner: 'team:desk' })
    await glass(bea, id)
    expect((await glassNotices(tiina))[0]).toMatchObject({ record: { id } })
  })

  it('is no more told to who holds viewAudit no more', async () => {
    const id = await secretAccount()
    await glass(bea, id)
    expect((await glassNotices(omar))[0]).toMatchObject({ record: { id } })
    const { omar: _gone, ...users } = COMPANY.users ?? {}
    await apply({ ...COMPANY, users: { ...users, omar: { profiles: ['sales'] } } })
    expect(await glassNotices(omar)).toEqual([])
    await apply(COMPANY)
  })

  it('shows in history, in the audit with its reason, and in explanations as the share that it is', async () => {
    const id = await secretAccount()
    await glass(at('bea', 1), id)
    expect((await gateway.history(mikko, 'accounts', id))[0]).toMatchObject({ action: 'breakGlass', by: 'user:bea' })
    const { items } = await readAudit(parts, omar, { record: id })
    expect(items.map(({ action }) => action)).toEqual(['breakGlass', 'confide', 'create'])
    expect(items[0]).toMatchObject({
      by: 'user:bea',
      module: 'accounts',
      record: { id },
      details: { ...why, until: '2026-03-02T10:31:00.000Z' },
    })
    expect(items[0]?.record).not.toHaveProperty('title')
    const explained = await gateway.explain(at('bea', 2), 'accounts', id, { action: 'update' })
    expect(JSON.stringify(explained)).toContain('"share"')
    expect((await gateway.shares(mikko, 'accounts', id))[0]).toMatchObject({ with: 'user:bea', breakGlass: true })
    await gateway.confide(mikko, 'accounts', id, false)
    const { items: audience } = await gateway.audience(at('ada2'), 'accounts', id)
    const own = audience.find(({ user }) => user === 'bea')
    expect(own).toMatchObject({ level: 'full' })
    expect(JSON.stringify(own?.why)).toContain('"share"')
  })
})
