import type { FieldAccess, PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { exportPage } from './export-page.ts'
import { createRecordsFixture } from './records-fixture.ts'

const TIMES = ['updatedAt', 'createdAt'] as const
const without = (fields: Readonly<Record<string, FieldAccess>>) =>
  ({
    modules: {
      accounts: { actions: ['read', 'export'], viewAll: true },
      deals: { actions: ['read', 'export'], viewAll: true, fields },
    },
  }) as const
const hidden = (...keys: readonly string[]) => without(Object.fromEntries(keys.map((key) => [key, 'hidden'])))

const COMPANY: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'UTC' },
  profiles: {
    all: without({}),
    notUpdated: hidden('updatedAt'),
    masked: without({ updatedAt: 'masked' }),
    noTimes: hidden(...TIMES),
    noTitles: hidden(...TIMES, 'name'),
    nothing: hidden(...TIMES, 'name', 'id'),
  },
  users: {
    ada: { profiles: ['administrator'] },
    all: { profiles: ['all'] },
    noTimes: { profiles: ['noTimes'] },
    masked: { profiles: ['masked'] },
    notUpdated: { profiles: ['notUpdated'] },
    noTitles: { profiles: ['noTitles'] },
    nothing: { profiles: ['nothing'] },
  },
}

const NOW = Date.parse('2026-03-02T10:00:00Z')
const { database, createOrganization } = await testDatabase()
const { gateway, actor, parts } = await createRecordsFixture(database, await createOrganization(), COMPANY, NOW)
const at = (minutes: number) => {
  const ada = actor('ada')
  return { ...ada, asking: { ...ada.asking, now: NOW + minutes * 60_000 } }
}
const { id: account } = await gateway.create(at(0), 'accounts', { name: 'Bauer' })
const made: string[] = []
for (const [minute, name] of ['B', 'C', 'A'].entries())
  made.push((await gateway.create(at(minute), 'deals', { name, account })).id)
const [b, c, a] = made as [string, string, string]
await gateway.update(at(9), 'deals', b, { stage: 'Won' })

describe('The order where none is asked for', () => {
  it.each([
    ['all', 'newest change first', [b, a, c]],
    ['notUpdated', 'where changes are hidden, newest first', [a, c, b]],
    ['masked', 'where changes are masked, newest first', [a, c, b]],
    ['noTimes', 'without times, by title', [a, b, c]],
    ['noTitles', 'without titles as well, by id', [b, c, a].toSorted()],
    ['nothing', 'without fields for it, by id', [b, c, a].toSorted()],
  ])('%s: %s, tells nobody of what is hidden from him', async (user, _order, ids) => {
    const who = actor(user)
    const listed = async (query: object) => (await gateway.list(who, 'deals', query)).items.map(({ id }) => id)
    expect(await listed({})).toEqual(ids)
    expect(await listed({ filter: { field: 'account', op: 'eq', value: account } })).toEqual(ids)
    const { items, next } = await gateway.list(who, 'deals', { limit: 2 })
    expect([...items.map(({ id }) => id), ...(await listed({ limit: 2, cursor: next }))]).toEqual(ids)
    const related = await gateway.related(who, 'accounts', account)
    expect(related.find(({ module }) => module === 'deals')?.items.map(({ id }) => id)).toEqual(ids)
    const exported = await exportPage(parts, who, 'deals', {}, { limit: 10 })
    expect(exported.items.map(({ id }) => id)).toEqual([...ids].sort())
  })
})
