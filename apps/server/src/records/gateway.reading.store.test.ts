import { describe, expect, it } from 'vitest'
import { DOCUMENT, gatewayOffice, refusal } from './gateway-fixture.ts'

const { gateway, fixture, make, names, ada, mikko, pekka, anna, fia, rita } = await gatewayOffice()

describe('Reading', () => {
  it('lists what one owns, and what a subordinate owns', async () => {
    await make(mikko, 'accounts', { name: 'Own of Mikko' })
    await make(pekka, 'accounts', { name: 'Own of Pekka' })
    expect(await names(mikko, 'accounts', { filter: { field: 'name', op: 'startsWith', value: 'own of' } })).toEqual([
      'Own of Mikko',
    ])
    expect(
      await names(anna, 'accounts', { filter: { field: 'name', op: 'startsWith', value: 'OWN OF' }, sort: 'name' }),
    ).toEqual(['Own of Mikko', 'Own of Pekka'])
  })

  it('counts all pages together, on each of them, also where one holds everything', async () => {
    for (const at of [1, 2, 3]) await make(mikko, 'accounts', { name: `Counted ${at}` })
    for (const part of ['counted', 'counted 2', 'counted 4']) {
      const asked = { filter: { field: 'name', op: 'startsWith', value: part }, limit: 2 }
      for (const count of ['exact', 'capped'] as const) {
        const first = await gateway.list(mikko, 'accounts', { ...asked, count })
        const last = first.next && (await gateway.list(mikko, 'accounts', { ...asked, count, cursor: first.next }))
        const all = first.items.length + (last ? last.items.length : 0)
        expect(first.count).toEqual({ value: all, exact: true })
        if (last) expect(last.count).toEqual({ value: all, exact: true })
      }
    }
  })

  it('answers for a record of somebody else exactly as for none', async () => {
    const id = await make(mikko, 'accounts', { name: 'Hidden from Pekka' })
    const missing = await refusal(gateway.read(pekka, 'accounts', '018f0000-0000-7000-8000-000000000000'))
    expect(await refusal(gateway.read(pekka, 'accounts', id))).toEqual(missing)
    expect(await refusal(gateway.update(pekka, 'accounts', id, { name: 'x' }))).toEqual(missing)
    expect(await refusal(gateway.delete(pekka, 'accounts', id))).toEqual(missing)
    expect(await refusal(gateway.comments(pekka, 'accounts', id))).toEqual(missing)
    expect(await refusal(gateway.history(pekka, 'accounts', id))).toEqual(missing)
    expect(await refusal(gateway.explain(pekka, 'accounts', id, {}))).toEqual(missing)
    expect(missing.status).toBe(404)
  })

  it('answers for a module that one doesn’t read as for none', async () => {
    expect(await refusal(gateway.list(rita, 'deals', {}))).toEqual(await refusal(gateway.list(rita, 'nonsense', {})))
  })

  it('hides and masks fields, and never turns on them', async () => {
    const id = await make(fia, 'accounts', { name: 'Veiled', secret: 'x', iban: 'FI2112345600000785', token: 'abc' })
    await gateway.share(fia, 'accounts', id, { with: 'user:mikko', level: 'edit' })
    const seen = await gateway.read(mikko, 'accounts', id)
    expect(seen).toMatchObject({ name: 'Veiled', iban: { masked: '•••• 0785' }, access: 'edit' })
    expect(seen).not.toHaveProperty('secret')
    expect(seen).not.toHaveProperty('token')
    expect(await gateway.read(fia, 'accounts', id)).toMatchObject({
      iban: 'FI2112345600000785',
      token: 'abc',
      secret: 'x',
    })
    const hidden = { field: 'secret', op: 'eq', value: 'x' }
    const unknown = { field: 'zecret', op: 'eq', value: 'x' }
    const [ofHidden, ofUnknown] = [
      await refusal(gateway.list(mikko, 'accounts', { filter: hidden })),
      await refusal(gateway.list(mikko, 'accounts', { filter: unknown })),
    ]
    expect(JSON.stringify(ofHidden).replaceAll('secret', 'zecret')).toBe(JSON.stringify(ofUnknown))
    expect(await refusal(gateway.list(mikko, 'accounts', { sort: 'secret' }))).toMatchObject({
      status: 422,
      errors: [{ message: 'there is no field "secret"' }],
    })
    expect(await refusal(gateway.list(mikko, 'accounts', { sort: 'iban' }))).toMatchObject({
      status: 422,
      errors: [{ message: '"iban" is masked for you and can\'t be sorted by' }],
    })
    expect(
      await refusal(gateway.list(mikko, 'accounts', { filter: { field: 'iban', op: 'isNotEmpty' } })),
    ).toMatchObject({ status: 422 })
    expect(await names(mikko, 'accounts', { q: '0785' })).toEqual([])
    expect(await names(fia, 'accounts', { q: '0785' })).toEqual(['Veiled'])
  })

  it('shows the fields that are asked for, whichever were before, and refuses one that isn’t there each time', async () => {
    const id = await make(fia, 'accounts', { name: 'Of two lists', phone: '+358 40 1', iban: 'FI5112345600000786' })
    await gateway.share(fia, 'accounts', id, { with: 'user:mikko', level: 'edit' })
    const filter = { field: 'name', op: 'eq', value: 'Of two lists' }
    const shown = async (fields: string) => {
      const { items } = await gateway.list(mikko, 'accounts', { filter, fields })
      return items.map(({ id, version, ...rest }) => rest)
    }
    for (let time = 0; time < 3; time++) {
      expect(await shown('name,phone')).toEqual([{ access: 'edit', name: 'Of two lists', phone: '+358 40 1' }])
      expect(await shown('iban')).toEqual([{ access: 'edit', iban: { masked: '•••• 0786' } }])
      for (const fields of ['name,secret', 'name,nonsense']) {
        expect(await refusal(gateway.list(mikko, 'accounts', { filter, fields }))).toMatchObject({ status: 422 })
      }
    }
  })

  it('reads a part of one record, as it reads the whole, and refuses a field that isn’t there whatever the record', async () => {
    const id = await make(fia, 'accounts', { name: 'In part', secret: 'x', iban: 'FI1410093000123458', token: 'def' })
    await gateway.share(fia, 'accounts', id, { with: 'user:mikko', level: 'edit' })
    const whole = await gateway.read(fia, 'accounts', id)
    for (const fields of ['token,name', 'name, token,name', 'secret']) {
      const keys = `id,version,access,${fields}`.split(/,\s*/)
      const part = Object.entries(whole).filter(([key]) => keys.includes(key))
      expect(await gateway.read(fia, 'accounts', id, fields)).toEqual(Object.fromEntries(part))
    }
    expect(await gateway.read(mikko, 'accounts', id, 'iban')).toEqual({
      id,
      version: whole.version,
      access: 'edit',
      iban: { masked: '•••• 3458' },
    })
    const refused = await refusal(gateway.read(mikko, 'accounts', id, 'name,secret'))
    expect(refused).toMatchObject({ status: 422, errors: [{ path: '/fields' }] })
    const missing = '018f0000-0000-7000-8000-000000000000'
    expect(await refusal(gateway.read(mikko, 'accounts', missing, 'name,secret'))).toEqual(refused)
    expect((await refusal(gateway.read(mikko, 'accounts', missing, 'name'))).status).toBe(404)
    expect((await refusal(gateway.read(rita, 'deals', missing, 'name,secret'))).status).toBe(404)
  })

  it('pages by any order, empty values last, each record once', async () => {
    const { gateway: other, actor: as } = await fixture()
    const boss = as('ada')
    const sizes = [3, null, 1, 2, null, 2, 5]
    for (const [index, employees] of sizes.entries())
      await other.create(boss, 'accounts', { name: `a${index}`, employees })
    for (const sort of [
      'employees',
      '-employees',
      '-employees,name',
      'name',
      '-updatedAt',
      'id',
      'owner,-name',
      '-createdAt,employees',
    ]) {
      const whole = (await other.list(boss, 'accounts', { sort, limit: 200 })).items.map((item) => item.name)
      const paged: unknown[] = []
      let cursor: string | undefined
      do {
        const page = await other.list(boss, 'accounts', { sort, limit: 2, cursor })
        paged.push(...page.items.map((item) => item.name))
        cursor = page.next ?? undefined
      } while (cursor)
      expect(paged, sort).toEqual(whole)
      expect(paged).toHaveLength(sizes.length)
    }
  })

  it('counts exactly, and capped', async () => {
    expect((await gateway.list(rita, 'accounts', { count: 'exact' })).count).toEqual({ value: 0, exact: true })
    const { items, count } = await gateway.list(ada, 'accounts', { count: 'capped', limit: 200 })
    expect(count).toEqual({ value: items.length, exact: true })
  })
})

describe('A policy that changes', () => {
  it('is in force for the next request', async () => {
    const here = await fixture()
    const id = (await here.gateway.create(here.actor('mikko'), 'accounts', { name: 'Soon unreachable' })).id
    expect(await here.gateway.read(here.actor('anna'), 'accounts', id)).toMatchObject({ access: 'full' })
    await here.apply({
      bailiwick: 1,
      users: { ...DOCUMENT.users, anna: { ...DOCUMENT.users?.anna, status: 'suspended' } },
    })
    expect(await refusal(here.gateway.read(here.actor('anna'), 'accounts', id))).toMatchObject({ status: 401 })
    await here.apply({ bailiwick: 1, users: DOCUMENT.users })
    expect(await here.gateway.read(here.actor('anna'), 'accounts', id)).toMatchObject({ access: 'full' })
  })
})
