import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

/** Anna sells; Ada administers and takes things away. */
const office = await testOffice()
const ask = (user: string, method: 'GET' | 'POST' | 'PATCH', url: string, body?: object) =>
  office.network.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${office.keyOf(user)}` },
    ...(body && { body }),
  })
const make = async (user: string, name: string) =>
  (await ask(user, 'POST', '/records/accounts', { name })).json<{ id: string }>().id
const open = async (user: string, id: string, module = 'accounts') => ask(user, 'POST', '/me/recent', { module, id })
const preferences = async (user: string) => (await ask(user, 'GET', '/me/preferences')).json()
const shortcuts = async (user: string) => (await ask(user, 'GET', '/me/shortcuts')).json()

describe('preferences', () => {
  it('are as nobody said otherwise, and then as they are changed, one’s own', async () => {
    const unstated = {
      language: null,
      theme: 'auto',
      density: 'comfortable',
      favourites: [],
      seenTours: [],
      recent: [],
    }
    expect(await preferences('olli-by-key')).toMatchObject({ status: 401 })
    expect(await preferences('anna')).toEqual(unstated)
    await ask('anna', 'PATCH', '/me/preferences', { language: 'zh-Hans' })
    const changed = await ask('anna', 'PATCH', '/me/preferences', {
      theme: 'dark',
      density: 'compact',
      seenTours: ['sales'],
    })
    expect(changed.json()).toEqual({
      ...unstated,
      language: 'zh-Hans',
      theme: 'dark',
      density: 'compact',
      seenTours: ['sales'],
    })
    expect(await preferences('anna')).toEqual(changed.json())
    expect(await preferences('admin')).toEqual(unstated)
  })

  it.each<readonly [object, string]>([
    [{ language: 'tlh' }, '/language'],
    [{ theme: 'pink' }, '/theme'],
    [{ seenTours: [7] }, '/seenTours/0'],
    [{ notifications: {} }, '/notifications'],
    [{ favourites: [{ kind: 'record', module: 'accounts', id: 'x' }] }, '/favourites/0'],
    [{ recent: [] }, '/recent'],
  ])('%j is refused at %s', async (body, path) => {
    const answer = await ask('anna', 'PATCH', '/me/preferences', body)
    expect(answer.statusCode).toBe(422)
    expect(
      answer
        .json()
        .errors.map((error: { path: string }) => error.path)
        .join(),
    ).toContain(path)
  })
})

describe('recent records and favourites', () => {
  it('are at most twenty, the last opened first, each once', async () => {
    const ids: string[] = []
    for (let at = 0; at < 22; at++) ids.push(await make('admin', `Recent ${at}`))
    for (const id of [...ids, ids[5] ?? '']) expect((await open('admin', id)).statusCode).toBe(204)
    const { recent } = await preferences('admin')
    expect(recent).toHaveLength(20)
    expect(recent[0]).toEqual({ module: 'accounts', id: ids[5] })
    expect((await shortcuts('admin')).recent[1]).toEqual({ module: 'accounts', id: ids[21], title: 'Recent 21' })
  })

  it('a record that one doesn’t read can’t be put there, and answers as none', async () => {
    const unseen = await open('anna', await make('admin', 'Not Anna’s'))
    const missing = await open('anna', randomUUID())
    const elsewhere = await open('anna', randomUUID(), 'contacts')
    expect([unseen.statusCode, unseen.payload]).toEqual([404, missing.payload])
    expect([elsewhere.statusCode, elsewhere.payload]).toEqual([404, missing.payload])
  })

  it('are told with their titles, in their order, and only those that one reads now', async () => {
    const [own, shared] = [await make('anna', 'Own'), await make('admin', 'Shared')]
    const share = `/records/accounts/${shared}/shares`
    expect((await ask('admin', 'POST', share, { with: 'user:anna', level: 'read' })).statusCode).toBe(201)
    const view = { module: 'accounts', name: 'Her view', layout: 'list' }
    const mine = (await ask('anna', 'POST', '/views', view)).json<{ id: string }>().id
    const adas = (await ask('admin', 'POST', '/views', { ...view, name: 'Ada’s' })).json<{ id: string }>().id
    const unread = await make('admin', 'Never Anna’s')
    const favourites = [
      { kind: 'view', id: mine },
      { kind: 'record', module: 'accounts', id: shared },
      { kind: 'record', module: 'accounts', id: unread },
      { kind: 'record', module: 'contacts', id: unread },
      { kind: 'view', id: adas },
      { kind: 'record', module: 'accounts', id: own },
    ]
    await ask('anna', 'PATCH', '/me/preferences', { favourites })
    await open('anna', own)
    await open('anna', shared)
    expect(await shortcuts('anna')).toEqual({
      favourites: [
        { kind: 'view', module: 'accounts', id: mine, title: 'Her view' },
        { kind: 'record', module: 'accounts', id: shared, title: 'Shared' },
        { kind: 'record', module: 'accounts', id: own, title: 'Own' },
      ],
      recent: [
        { module: 'accounts', id: shared, title: 'Shared' },
        { module: 'accounts', id: own, title: 'Own' },
      ],
    })
    await office.network.inject({
      method: 'DELETE',
      url: `/api/v1${share}?with=user:anna`,
      headers: { authorization: `Bearer ${office.keyOf('admin')}` },
    })
    const after = await shortcuts('anna')
    expect(after.recent).toEqual([{ module: 'accounts', id: own, title: 'Own' }])
    expect(JSON.stringify([after, await preferences('anna')])).not.toContain(shared)
    expect((await preferences('anna')).favourites).toEqual([favourites[0], favourites[5]])
  })

  it('have no title where that is hidden, and are gone with their module', async () => {
    const id = (await preferences('anna')).recent[0].id
    const sales = (fields: Record<string, 'hidden'>) => ({
      system: ['useApi'] as const,
      modules: { accounts: { actions: ['read'] as const, fields } },
    })
    const users = { admin: { name: 'Ada', profiles: ['administrator'] }, anna: { name: 'Anna', profiles: ['sales'] } }
    await office.apply('nordwind', { ...nordwindPolicy(), users, profiles: { sales: sales({ name: 'hidden' }) } })
    expect((await shortcuts('anna')).recent).toEqual([{ module: 'accounts', id, title: null }])
    await office.apply('nordwind', { ...nordwindPolicy(), users, profiles: { sales: { system: ['useApi'] } } })
    expect(await shortcuts('anna')).toEqual({ favourites: [], recent: [] })
    expect((await ask('anna', 'GET', '/me/preferences')).payload).not.toMatch(/accounts|"kind"/)
  })
})
