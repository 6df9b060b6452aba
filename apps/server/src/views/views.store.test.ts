import { describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

/** Anna and Olli sell, and see no tax numbers, and phones masked; Lea leads finance; Tiina has tickets alone; Ada administers. */
const office = await testOffice()
const sales = { accounts: { actions: ['create', 'read'], fields: { taxNumber: 'hidden', phone: 'masked' } } } as const
const DOCUMENT = {
  ...nordwindPolicy(),
  roles: { head: {}, rep: { parent: 'head' } },
  profiles: {
    sales: { system: ['useApi'], modules: sales },
    finance: { system: ['useApi'], clearance: 'restricted', modules: { accounts: { actions: ['read'] } } },
    support: { system: ['useApi'], modules: { tickets: { actions: ['read'] } } },
  },
  users: {
    admin: { name: 'Ada', profiles: ['administrator'] },
    anna: { name: 'Anna', profiles: ['sales'], role: 'rep' },
    olli: { name: 'Olli', profiles: ['sales'] },
    nora: { name: 'Lea', profiles: ['finance'], role: 'head' },
    wendy: { name: 'Tiina', profiles: ['support'] },
  },
  teams: { desk: { members: ['anna', 'nora', 'wendy'] } },
} satisfies ReturnType<typeof nordwindPolicy>
await office.apply('nordwind', DOCUMENT)
const [lea, tiina] = ['nora', 'wendy']

const ask = (user: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) =>
  office.network.inject({
    method,
    url: `/api/v1/views${url}`,
    headers: { authorization: `Bearer ${office.keyOf(user)}` },
    ...(body && { body }),
  })
const save = async (user: string, view: object) => {
  const made = await ask(user, 'POST', '', { module: 'accounts', name: 'A view', layout: 'list', ...view })
  expect(made.statusCode, made.payload).toBe(201)
  return made.json()
}
const seen = async (user: string, query = '') =>
  (await ask(user, 'GET', query)).json<{ items: { id: string; definition: object }[] }>().items
const find = async (user: string, id: string) => (await seen(user)).find((view) => view.id === id)

describe('a saved view', () => {
  it('is its owner’s alone until it is shared, and told as it was saved', async () => {
    const definition = {
      filter: { field: 'country', op: 'eq', value: 'FI' },
      sort: '-updatedAt,name',
      columns: ['name', 'industry'],
      groupBy: { field: 'createdAt', by: 'month' },
      widths: { name: 200 },
    }
    const view = await save('anna', { name: 'Finns', layout: 'board', definition })
    const shown = { id: view.id, module: 'accounts', name: 'Finns', layout: 'board', definition, sharedWith: null }
    expect(view).toEqual({ ...shown, mine: true, owner: 'user:anna', mayChange: true })
    expect(await seen('anna', '?module=accounts')).toEqual([view])
    expect(await seen('anna', '?module=deals')).toEqual([])
    for (const other of [lea, 'olli', 'admin', 'sudwind/admin']) {
      expect(await find(other, view.id)).toBeUndefined()
      expect((await ask(other, 'PATCH', `/${view.id}`, { name: 'Taken' })).statusCode).toBe(404)
      expect((await ask(other, 'DELETE', `/${view.id}`)).statusCode).toBe(404)
    }
    expect(
      (await ask('anna', 'PATCH', `/${view.id}`, { sharedWith: 'role+:head', name: 'All Finns' })).statusCode,
    ).toBe(200)
    expect(await find(lea, view.id)).toMatchObject({
      name: 'All Finns',
      mine: false,
      mayChange: false,
      owner: 'user:anna',
    })
    expect(await find('olli', view.id)).toBeUndefined()
  })

  it('is changed and deleted by its owner, and by who manages access; others are told that they may not', async () => {
    const { id } = await save('anna', { sharedWith: 'team:desk' })
    expect((await ask(lea, 'PATCH', `/${id}`, { name: 'Mine' })).statusCode).toBe(403)
    expect((await ask(lea, 'DELETE', `/${id}`)).statusCode).toBe(403)
    expect((await ask('olli', 'DELETE', `/${id}`)).statusCode).toBe(404)
    expect((await ask('admin', 'PATCH', `/${id}`, { name: 'Of the desk' })).json()).toMatchObject({
      name: 'Of the desk',
      mine: false,
    })
    expect((await ask('admin', 'DELETE', `/${id}`)).statusCode).toBe(204)
    expect((await ask('anna', 'DELETE', `/${id}`)).statusCode).toBe(404)
  })

  it('has no column that doesn’t exist for its reader, and isn’t there for him where it turns on such a field', async () => {
    const columns = await save(lea, {
      sharedWith: 'everyone',
      definition: {
        columns: ['name', 'taxNumber', 'phone'],
        widths: { taxNumber: 90, name: 10_0 },
        measures: [{ op: 'count' }, { op: 'max', field: 'taxNumber' }],
      },
    })
    expect((await find('anna', columns.id))?.definition).toEqual({
      columns: ['name', 'phone'],
      widths: { name: 100 },
      measures: [{ op: 'count' }],
    })
    for (const definition of [
      { filter: { not: { field: 'taxNumber', op: 'isEmpty' } } },
      { sort: 'name,taxNumber' },
      { groupBy: 'taxNumber' },
      { filter: { field: 'phone', op: 'startsWith', value: '+358' } },
      { sort: 'phone' },
      { groupBy: 'phone' },
    ]) {
      const { id } = await save(lea, { sharedWith: 'everyone', definition })
      expect(await find(lea, id)).toBeDefined()
      expect(await find('anna', id), JSON.stringify(definition)).toBeUndefined()
      const [hidden, missing] = [
        await ask('anna', 'PATCH', `/${id}`, {}),
        await ask('anna', 'PATCH', `/${crypto.randomUUID()}`, {}),
      ]
      expect([hidden.statusCode, hidden.payload]).toEqual([404, missing.payload])
    }
    expect((await ask('anna', 'GET', '')).payload).not.toContain('taxNumber')
  })

  it('of a module that its reader doesn’t read isn’t there for him', async () => {
    const { id } = await save('anna', { sharedWith: 'team:desk' })
    expect(await find(lea, id)).toBeDefined()
    expect((await ask(tiina, 'GET', '')).json()).toEqual({ items: [] })
    expect((await ask(tiina, 'GET', '?module=accounts')).json()).toEqual({ items: [] })
    const view = { name: 'A view', layout: 'list' }
    const [unseen, nowhere] = [
      await ask(tiina, 'POST', '', { ...view, module: 'accounts' }),
      await ask(tiina, 'POST', '', { ...view, module: 'nowhere' }),
    ]
    expect([unseen.statusCode, unseen.payload]).toEqual([404, nowhere.payload])
  })

  it('is gone for its owner too once its field is hidden from him, and he may still delete it', async () => {
    const { id } = await save('anna', { definition: { sort: 'industry' } })
    const accounts = { ...sales.accounts, fields: { ...sales.accounts.fields, industry: 'hidden' } } as const
    await office.apply('nordwind', {
      ...DOCUMENT,
      profiles: { ...DOCUMENT.profiles, sales: { system: ['useApi'], modules: { accounts } } },
    })
    expect(await find('anna', id)).toBeUndefined()
    expect((await ask('anna', 'PATCH', `/${id}`, { name: 'Still there?' })).statusCode).toBe(404)
    expect((await ask('anna', 'DELETE', `/${id}`)).statusCode).toBe(204)
    await office.apply('nordwind', DOCUMENT)
    expect(await find('anna', id)).toBeUndefined()
  })
})

describe('what can’t be saved', () => {
  it.each<readonly [object, string]>([
    [{ definition: { columns: ['taxNumber'] } }, '/definition/columns/0'],
    [{ definition: { filter: { field: 'taxNumber', op: 'isEmpty' } } }, '/definition/filter/field'],
    [{ definition: { filter: { field: 'phone', op: 'isEmpty' } } }, '/definition/filter/field'],
    [{ definition: { sort: 'phone' } }, '/definition/sort'],
    [{ definition: { groupBy: { field: 'taxNumber', by: 'month' } } }, '/definition/groupBy/field'],
    [{ definition: { start: 'taxNumber' } }, '/definition/start'],
    [{ definition: { secretly: 'taxNumber' } }, '/definition'],
    [{ definition: { filter: { field: 'name', op: 'eq', value: 'a'.repeat(20_000) } } }, '/definition'],
    [{ sharedWith: 'user:olli' }, '/sharedWith'],
    [{ sharedWith: 'team:nowhere' }, '/sharedWith'],
    [{ name: '  ' }, '/name'],
    [{ layout: 'map' }, '/layout'],
  ])('%j is told at %s', async (view, path) => {
    const answer = await ask('anna', 'POST', '', { module: 'accounts', name: 'A view', layout: 'list', ...view })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().errors[0].path).toContain(path)
  })

  it('a hidden field is refused word for word as one that isn’t there', async () => {
    const saying = async (field: string) => {
      const definition = { columns: [field], sort: field, groupBy: field, filter: { field, op: 'isEmpty' } }
      const answer = await ask('anna', 'POST', '', { module: 'accounts', name: 'A', layout: 'list', definition })
      return answer.payload.replaceAll(field, '…')
    }
    expect(await saying('taxNumber')).toBe(await saying('nothing'))
  })
})
