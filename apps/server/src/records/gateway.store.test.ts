import type { PolicyDocument } from '@bailiwick/access'
import { describe, expect, it } from 'vitest'
import { Problem } from '../problem.ts'
import { testDatabase } from '../testing/index.ts'
import { createRecordsFixture } from './records-fixture.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const { database, createOrganization } = await testDatabase()

const ALL = ['create', 'read', 'update', 'delete', 'comment', 'share', 'transfer', 'confide', 'mass', 'export'] as const

const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  roles: { head: {}, rep: { parent: 'head' } },
  profiles: {
    sales: {
      modules: {
        accounts: { actions: ALL, fields: { default: 'edit', secret: 'hidden', iban: 'masked', rating: 'read' } },
        deals: { actions: ALL },
        contacts: { actions: ['read'] },
      },
    },
    finance: { clearance: 'restricted', modules: { accounts: { actions: ALL } } },
    reader: { modules: { accounts: { actions: ['read'] } } },
    figures: { system: ['viewReports'], modules: { deals: { actions: ['read'], aggregate: 'all' } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { role: 'rep', profiles: ['sales'] },
    pekka: { role: 'rep', profiles: ['sales'] },
    anna: { email: 'anna@nordwind.example', role: 'head', profiles: ['sales'] },
    fia: { profiles: ['finance'] },
    rita: { profiles: ['reader'] },
    stina: { profiles: ['figures'] },
  },
  teams: { desk: { leaders: ['anna'], members: ['pekka'] } },
  modules: {
    accounts: {
      fields: {
        secret: { type: 'text' },
        iban: { type: 'text', mask: 'last4', unique: true },
        token: { type: 'text', encrypted: true, unique: true, sensitivity: 'restricted' },
      },
    },
    deals: { parent: 'account' },
  },
  restrictionRules: {
    won: { module: 'deals', for: ['role:rep'], when: { field: 'stage', op: 'eq', value: 'Won' }, level: 'read' },
  },
}

const fixture = async () => createRecordsFixture(database, await createOrganization(), DOCUMENT, NOW)
const { gateway, actor } = await fixture()
const [ada, mikko, pekka, anna, fia, rita, stina] = ['ada', 'mikko', 'pekka', 'anna', 'fia', 'rita', 'stina'].map(
  (key) => actor(key),
) as [
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
  ReturnType<typeof actor>,
]

async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Problem)) throw new Error('A refusal was expected.', { cause: error })
  return { status: error.status, detail: error.message, errors: error.errors }
}

const make = async (who: typeof ada, module: string, body: Record<string, unknown>) =>
  (await gateway.create(who, module, body)).id
const names = async (who: typeof ada, module: string, query = {}) =>
  (await gateway.list(who, module, query)).items.map((item) => item.name)

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

describe('Writing', () => {
  it('checks every field and says everything that is wrong', async () => {
    const refused = await refusal(
      gateway.create(mikko, 'accounts', {
        employees: 'many',
        secret: 1,
        nonsense: 2,
        website: 'javascript:alert(1)',
      }),
    )
    expect(refused.status).toBe(422)
    expect(refused.errors?.map(({ path }) => path).sort()).toEqual([
      '/employees',
      '/name',
      '/nonsense',
      '/secret',
      '/website',
    ])
  })

  it('refuses a field that one sees but may not change, and changes nothing', async () => {
    const id = await make(mikko, 'accounts', { name: 'Rated' })
    expect(await refusal(gateway.update(mikko, 'accounts', id, { name: 'Other', iban: 'x' }))).toMatchObject({
      status: 403,
    })
    expect(await gateway.read(mikko, 'accounts', id)).toMatchObject({ name: 'Rated', version: 1 })
  })

  it('says that an action is missing only of a record that one reads', async () => {
    const id = await make(anna, 'accounts', { name: 'Shown later' })
    const attempts = [
      () => gateway.update(rita, 'accounts', id, { name: 'Other' }),
      () => gateway.delete(rita, 'accounts', id),
      () => gateway.transfer(rita, 'accounts', id, { owner: 'user:rita' }),
      () => gateway.comment(rita, 'accounts', id, { text: 'Hello' }),
      () => gateway.share(rita, 'accounts', id, { with: 'user:rita', level: 'full' }),
    ]
    for (const attempt of attempts) expect(await refusal(attempt())).toMatchObject({ status: 404 })
    await gateway.share(anna, 'accounts', id, { with: 'user:rita', level: 'full' })
    for (const attempt of attempts) expect(await refusal(attempt())).toMatchObject({ status: 403 })
    expect(await gateway.read(anna, 'accounts', id)).toMatchObject({ name: 'Shown later', owner: 'user:anna' })
  })

  it('keeps versions apart', async () => {
    const id = await make(mikko, 'accounts', { name: 'V1' })
    expect(await gateway.update(mikko, 'accounts', id, { name: 'V2' }, 1)).toMatchObject({ version: 2 })
    expect(await refusal(gateway.update(mikko, 'accounts', id, { name: 'V3' }, 1))).toMatchObject({ status: 412 })
  })

  it('lets a deal be reached through its account, and a restriction cut it', async () => {
    const account = await make(mikko, 'accounts', { name: 'Parent' })
    const deal = await make(fia, 'accounts', { name: 'none' }).then(() =>
      make(ada, 'deals', { name: 'Under it', account, amount: 12.5 }),
    )
    expect(await gateway.read(mikko, 'deals', deal)).toMatchObject({ access: 'full', amount: 12.5, account })
    await gateway.update(mikko, 'deals', deal, { stage: 'won' })
    expect(await gateway.read(mikko, 'deals', deal)).toMatchObject({ access: 'read', stage: 'Won' })
    expect(await refusal(gateway.update(mikko, 'deals', deal, { stage: 'Lost' }))).toMatchObject({ status: 403 })
    expect(await refusal(gateway.read(pekka, 'deals', deal))).toMatchObject({ status: 404 })
  })

  it('points a lookup only at what is there for its author', async () => {
    const account = await make(mikko, 'accounts', { name: 'Not for Pekka' })
    const hidden = await refusal(gateway.create(pekka, 'deals', { name: 'd', account }))
    const missing = await refusal(
      gateway.create(pekka, 'deals', { name: 'd', account: '018f0000-0000-7000-8000-000000000000' }),
    )
    expect(hidden).toEqual(missing)
    expect(hidden.errors).toEqual([{ path: '/account', message: 'names no record that is there' }])
  })

  it('says that a unique value is taken, and no more', async () => {
    await make(fia, 'accounts', { name: 'First', iban: 'DE00 1', token: 'tok' })
    expect(await refusal(gateway.create(fia, 'accounts', { name: 'Second', iban: 'de00 1' }))).toMatchObject({
      status: 409,
      errors: [{ path: '/iban', message: 'is taken already' }],
    })
    expect(await refusal(gateway.create(fia, 'accounts', { name: 'Second', token: 'TOK' }))).toMatchObject({
      status: 409,
      errors: [{ path: '/token', message: 'is taken already' }],
    })
  })

  it('gives to another owner only with transfer, and drops the shares', async () => {
    const id = await make(mikko, 'accounts', { name: 'Handed on' })
    await gateway.share(mikko, 'accounts', id, { with: 'user:rita', level: 'read' })
    await gateway.transfer(mikko, 'accounts', id, { owner: 'user:pekka' })
    expect(await refusal(gateway.read(mikko, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.read(rita, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await gateway.shares(pekka, 'accounts', id)).toEqual([])
    await gateway.share(pekka, 'accounts', id, { with: 'user:rita', level: 'read' })
    await gateway.transfer(pekka, 'accounts', id, { owner: 'team:desk', keepShares: true })
    expect(await gateway.read(rita, 'accounts', id)).toMatchObject({ owner: 'team:desk', access: 'read' })
    expect(await gateway.read(pekka, 'accounts', id)).toMatchObject({ access: 'edit' })
  })

  it('hides a confidential record from superiors, not from whom it is shared with', async () => {
    const id = await make(mikko, 'accounts', { name: 'Quiet' })
    expect(await gateway.read(anna, 'accounts', id)).toMatchObject({ access: 'full' })
    await gateway.confide(mikko, 'accounts', id, true)
    expect(await refusal(gateway.read(anna, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.read(ada, 'accounts', id))).toMatchObject({ status: 404 })
    await gateway.share(mikko, 'accounts', id, { with: 'role:head', level: 'read' })
    expect(await gateway.read(anna, 'accounts', id)).toMatchObject({ access: 'full', confidential: true })
  })

  it('deletes into the bin, shows it to who could delete it, and brings it back', async () => {
    const id = await make(mikko, 'accounts', { name: 'Binned' })
    await gateway.share(mikko, 'accounts', id, { with: 'user:rita', level: 'read' })
    await gateway.delete(mikko, 'accounts', id)
    expect(await refusal(gateway.read(mikko, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await names(mikko, 'accounts', { deleted: true })).toEqual(['Binned'])
    expect(await names(rita, 'accounts', { deleted: true })).toEqual([])
    expect(await refusal(gateway.restore(rita, 'accounts', id))).toMatchObject({ status: 404 })
    expect(await gateway.restore(mikko, 'accounts', id)).toMatchObject({ item: { name: 'Binned' } })
  })

  it('ends a share when its time comes', async () => {
    const id = await make(mikko, 'accounts', { name: 'For a while' })
    const expiresAt = new Date(NOW + 60_000).toISOString()
    await gateway.share(mikko, 'accounts', id, { with: 'user:rita', level: 'read', expiresAt })
    expect(await gateway.read(rita, 'accounts', id)).toMatchObject({ name: 'For a while' })
    const later = { ...rita, asking: { now: NOW + 60_000 } }
    expect(await refusal(gateway.read(later, 'accounts', id))).toMatchObject({ status: 404 })
  })
})

describe('What is told around a record', () => {
  it('keeps who changed what, without what is hidden', async () => {
    const id = await make(fia, 'accounts', { name: 'Told', iban: 'AA11 22334455' })
    await gateway.share(fia, 'accounts', id, { with: 'user:mikko', level: 'read' })
    await gateway.update(fia, 'accounts', id, {
      secret: 'plan',
      iban: 'AA11 99887766',
      name: 'Told again',
      token: 'zzz',
    })
    const [entry] = (await gateway.history(mikko, 'accounts', id)).filter(({ action }) => action === 'update')
    expect(entry).toMatchObject({
      by: 'user:fia',
      changes: [
        { field: 'name', before: 'Told', after: 'Told again' },
        { field: 'iban', before: { masked: '•••• 4455' }, after: { masked: '•••• 7766' } },
      ],
    })
    const [full] = (await gateway.history(fia, 'accounts', id)).filter(({ action }) => action === 'update')
    expect(full?.changes.map(({ field }) => field)).toEqual(['name', 'secret', 'iban', 'token'])
    expect(full?.changes.at(-1)).toEqual({ field: 'token', before: null, after: 'zzz' })
  })

  it('keeps comments with whom they mention', async () => {
    const id = await make(mikko, 'accounts', { name: 'Talked about' })
    await gateway.comment(mikko, 'accounts', id, { text: 'Ask @anna, or anna@pekka.example' })
    expect(await gateway.comments(anna, 'accounts', id)).toMatchObject([{ by: 'user:mikko', mentions: ['user:anna'] }])
  })

  it('lists what refers to it, each under its own rights', async () => {
    const account = await make(mikko, 'accounts', { name: 'Referred to' })
    await gateway.share(mikko, 'accounts', account, { with: 'user:rita', level: 'read' })
    await make(mikko, 'deals', { name: 'Referring', account })
    const listsOf = async (who: typeof ada) =>
      (await gateway.related(who, 'accounts', account)).filter(({ items }) => items.length > 0)
    expect(await listsOf(mikko)).toMatchObject([
      { module: 'deals', field: 'account', items: [{ name: 'Referring' }], more: false },
    ])
    expect((await gateway.related(rita, 'accounts', account)).map(({ module }) => module)).toEqual(['accounts'])
  })

  it('explains to who manages access, and to oneself', async () => {
    const id = await make(mikko, 'accounts', { name: 'Explained' })
    expect(await gateway.explain(ada, 'accounts', id, { user: 'anna', action: 'update' })).toMatchObject({
      allowed: true,
      grants: [{ kind: 'superior', level: 'full', path: ['role:head', 'role:rep'] }],
    })
    expect(await gateway.explain(ada, 'accounts', id, { user: 'pekka' })).toMatchObject({
      allowed: false,
      missing: [{ kind: 'level', has: 'none', needs: 'read' }],
    })
    expect(await gateway.explain(mikko, 'accounts', id, {})).toMatchObject({
      allowed: true,
      grants: [{ kind: 'owner' }],
    })
    expect(await refusal(gateway.explain(mikko, 'accounts', id, { user: 'anna' }))).toMatchObject({ status: 403 })
    expect((await gateway.audience(ada, 'accounts', id)).map(({ user }) => user)).toEqual(['ada', 'mikko', 'anna'])
    expect((await gateway.audience(ada, 'accounts', id, 'overwrite')).map(({ user }) => user)).toEqual(['ada'])
    expect(await refusal(gateway.audience(ada, 'accounts', id, 'see'))).toMatchObject({ status: 422 })
  })

  it('explains a record by its external id, a person by his address, and neither to whom they do not exist', async () => {
    const id = await make(mikko, 'accounts', { name: 'From elsewhere', externalId: 'old/4711' })
    const email = 'Anna@nordwind.example'
    expect(await gateway.explain(ada, 'accounts', 'old/4711', { user: email })).toMatchObject({ user: 'anna', id })
    expect(await gateway.explain(mikko, 'accounts', 'old/4711', {})).toMatchObject({ id, allowed: true })
    expect(await refusal(gateway.explain(pekka, 'accounts', 'old/4711', {}))).toMatchObject({ status: 404 })
    expect(await refusal(gateway.explain(ada, 'accounts', 'old/4712', { user: 'anna' }))).toMatchObject({ status: 404 })
  })
})

describe('Figures', () => {
  it('covers what one reads', async () => {
    await make(mikko, 'deals', { name: 'm1', amount: 10, stage: 'Lost' })
    await make(mikko, 'deals', { name: 'm2', amount: 20, stage: 'Lost' })
    const lost = { field: 'stage', op: 'eq', value: 'Lost' }
    expect(
      await gateway.aggregate(mikko, 'deals', {
        filter: lost,
        measures: [{ op: 'sum', field: 'amount' }, { op: 'count' }],
      }),
    ).toMatchObject({
      over: 'visible',
      groups: [{ by: [], measures: [30, 2] }],
    })
    expect(await gateway.aggregate(pekka, 'deals', { filter: lost })).toMatchObject({ groups: [{ count: 0 }] })
  })

  it('covers all records for who may see figures alone, never a small group', async () => {
    const { gateway: other, actor: as } = await fixture()
    const owner = as('mikko')
    for (let index = 0; index < 7; index++)
      await other.create(owner, 'deals', { name: `p${index}`, stage: 'Proposal', amount: 1 })
    for (let index = 0; index < 2; index++)
      await other.create(owner, 'deals', { name: `n${index}`, stage: 'Negotiation', amount: 100 })
    const viewer = as(stina.user)
    expect((await other.list(viewer, 'deals', {})).items).toEqual([])
    const question = { groupBy: ['stage'], measures: [{ op: 'sum' as const, field: 'amount' }] }
    expect(await other.aggregate(viewer, 'deals', question)).toEqual({
      over: 'all',
      groups: [{ by: ['Proposal'], count: 7, measures: [7] }],
      more: false,
    })
    for (let index = 0; index < 3; index++)
      await other.create(owner, 'deals', { name: `l${index}`, stage: 'Lost', amount: 10 })
    expect(await other.aggregate(viewer, 'deals', question)).toEqual({
      over: 'all',
      groups: [
        { by: ['Proposal'], count: 7, measures: [7] },
        { other: true, count: 5, measures: [230] },
      ],
      more: false,
    })
    expect(
      await refusal(other.aggregate(viewer, 'deals', { measures: [{ op: 'max', field: 'amount' }] })),
    ).toMatchObject({ status: 422 })
    expect(
      (await other.aggregate(viewer, 'deals', { filter: { field: 'amount', op: 'eq', value: 100 } })).groups,
    ).toEqual([])
  })
})

describe('Many at once', () => {
  it('shares and changes many, refusing what isn’t one’s own', async () => {
    const own = [await make(mikko, 'accounts', { name: 'Many 1' }), await make(mikko, 'accounts', { name: 'Many 2' })]
    const other = await make(fia, 'accounts', { name: 'Not his' })
    expect(
      await gateway.shareMany(mikko, 'accounts', { ids: [...own, other] }, [{ with: 'user:rita', level: 'read' }]),
    ).toEqual({
      changed: 2,
      refused: [{ id: other, reason: 'There is nothing here that you can see.' }],
    })
    expect(await gateway.changeMany(mikko, 'accounts', [...own, other], { phone: '1' })).toMatchObject({
      changed: 2,
      refused: [{ id: other }],
    })
    const filter = { field: 'name', op: 'startsWith', value: 'many ' }
    expect((await gateway.select(mikko, 'accounts', { filter })).sort()).toEqual(own.sort())
    expect(await refusal(gateway.select(rita, 'accounts', { filter }))).toMatchObject({ status: 403 })
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
