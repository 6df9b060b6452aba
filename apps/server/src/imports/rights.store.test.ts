import type { PolicyDocument } from '@bailiwick/access'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createImportsFixture } from './imports-fixture.ts'

const { database, createOrganization } = await testDatabase()
const FIELDS = { secret: 'hidden', rating: 'read', phone: 'masked' } as const
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  profiles: {
    importer: {
      modules: { accounts: { actions: ['read', 'import'], fields: FIELDS }, deals: { actions: ['read', 'import'] } },
    },
    overwriter: {
      modules: {
        accounts: { actions: ['read', 'import', 'overwrite', 'transfer'], fields: FIELDS },
        deals: { actions: ['read', 'import'] },
      },
    },
    reader: { modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    ines: { name: 'Ines Importer', email: 'ines@nordwind.example', profiles: ['importer'] },
    olli: { name: 'Olli Overwriter', profiles: ['overwriter'] },
    rita: { profiles: ['reader'] },
    max: { name: 'Max Mover', profiles: ['importer'], status: 'suspended' },
  },
  modules: { accounts: { fields: { secret: { type: 'text' } } } },
  sharingRules: {
    eu: { module: 'accounts', with: ['everyone'], when: { field: 'country', op: 'eq', value: 'FI' }, level: 'read' },
  },
}
const fixture = await createImportsFixture(database, await createOrganization(), DOCUMENT, Date.now())
afterAll(() => fixture.forget())
const [ada, ines, olli, rita] = [
  fixture.actor('ada'),
  fixture.actor('ines'),
  fixture.actor('olli'),
  fixture.actor('rita'),
] as const
const { gateway, importText } = fixture
const nameOf = async (module: string, id: string) => (await gateway.read(ada, module, id)).name
const problem = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as { status: number; message: string; errors?: { path: string; message: string }[] },
  )

describe('who may import, and what', () => {
  it('only whom a profile grants it; a module that one doesn’t read isn’t there', async () => {
    expect((await problem(importText(rita, 'accounts', 'name\nAcme')))?.status).toBe(403)
    expect((await problem(importText(rita, 'deals', 'name\nAcme')))?.status).toBe(404)
    expect((await problem(importText(rita, 'nowhere', 'name\nAcme')))?.status).toBe(404)
  })

  it('a row that matches an existing record is rejected, unless one may overwrite and asks for it', async () => {
    expect((await problem(gateway.create(ines, 'accounts', { name: 'By hand' })))?.status).toBe(403)
    await importText(ines, 'accounts', 'externalId,name,country\nx1,Acme,FI\n')
    const text = 'externalId,name\nx1,Acme Oy\nx2,Beta\n'
    const plain = await importText(ines, 'accounts', text)
    expect(plain).toMatchObject({ created: 1, updated: 0, rejected: 1, reasons: ['externalId: exists already'] })
    const mayNot = await importText(ines, 'accounts', 'externalId,name\nx1,Acme Oy\n', { overwrite: true })
    expect(mayNot.reasons).toEqual([expect.stringContaining('None of your profiles grants "overwrite" on accounts')])
    const own = await importText(olli, 'accounts', 'externalId,name\no1,Olli’s\n')
    expect(own.created).toBe(1)
    const over = await importText(olli, 'accounts', 'externalId,name\no1,Olli’s own\n', { overwrite: true })
    expect(over).toMatchObject({ created: 0, updated: 1, rejected: 0 })
  })

  it('overwriting with what is there already leaves the record as it is', async () => {
    const filter = { field: 'externalId', op: 'in', value: ['same', 'other'] } as const
    const versions = async () => {
      const { items } = await gateway.list(ada, 'accounts', { filter, sort: 'externalId' })
      return items.map(({ externalId, version }) => [externalId, version])
    }
    await importText(olli, 'accounts', 'externalId,name,country\nsame,Same,FI\nother,Other,\n')
    const again = 'externalId,name,country\nsame,Same,FI\nother,Other,SE\n'
    const over = await importText(olli, 'accounts', again, { overwrite: true })
    expect(over).toMatchObject({ updated: 2, rejected: 0 })
    expect(await versions()).toEqual([
      ['other', 2],
      ['same', 1],
    ])
  })

  it('overwriting needs the level, besides the action', async () => {
    const shared = await importText(olli, 'accounts', 'externalId,name\nx1,Taken over\n', { overwrite: true })
    expect(shared.reasons).toEqual([
      expect.stringContaining('externalId: exists already. You can read this record, but'),
    ])
  })

  it('an existing record that one can’t read answers as any that is there already', async () => {
    await importText(ada, 'accounts', 'externalId,name\nhid,Hidden GmbH\n')
    const hidden = await importText(ines, 'accounts', 'externalId,name\nhid,Mine\n')
    const seen = await importText(ines, 'accounts', 'externalId,name\nx1,Mine\n')
    expect(hidden.reasons).toEqual(seen.reasons)
    expect((await importText(olli, 'accounts', 'externalId,name\nhid,Mine\n', { overwrite: true })).updated).toBe(0)
  })

  it('a lookup finds only what one reads: a hidden record isn’t there', async () => {
    const text = 'name,account\nDeal,hid\nDeal,Hidden GmbH\nDeal,x1\nDeal,nowhere\n'
    const { created, reasons } = await importText(ines, 'deals', text)
    expect([created, reasons]).toEqual([1, Array(3).fill('account: names no record that is there')])
  })

  it('a value for all rows looks up only what one reads, too', async () => {
    const foreign = await gateway.create(ada, 'accounts', { name: 'Foreign GmbH', country: 'DE' })
    const known = await gateway.create(ada, 'accounts', { name: 'Known Oy', country: 'FI' })
    const withAccount = async (account: string) =>
      importText(ines, 'deals', 'name\nDeal\n', { mapping: { columns: { name: 'name' }, defaults: { account } } })
    const ids = [
      foreign.id,
      foreign.id.toUpperCase(),
      'Foreign GmbH',
      '019b0000-0000-7000-8000-00000000dead',
      'nowhere',
    ]
    for (const id of ids) {
      expect(await withAccount(id)).toMatchObject({ created: 0, reasons: ['account: names no record that is there'] })
    }
    for (const id of [known.id, known.id.toUpperCase(), 'known oy']) {
      expect(await withAccount(id)).toMatchObject({ created: 1, reasons: [] })
    }
    const { items } = await gateway.list(ada, 'deals', { filter: { field: 'account', op: 'eq', value: known.id } })
    expect(items).toHaveLength(3)
  })

  it('a hidden column is one that isn’t there, word for word', async () => {
    const mapped = async (field: string) =>
      problem(importText(ines, 'accounts', 'n,s\nAcme,x', { mapping: { columns: { n: 'name', s: field } } }))
    const [hidden, nowhere] = [await mapped('secret'), await mapped('nowhere')]
    expect(hidden?.status).toBe(422)
    expect(JSON.stringify(hidden?.errors).replaceAll('secret', 'nowhere')).toBe(JSON.stringify(nowhere?.errors))
    const guessed = await importText(ines, 'accounts', 'name,secret,nowhere\nAcme,x,y\n')
    expect(guessed).toMatchObject({ created: 1, unmapped: ['secret', 'nowhere'] })
  })

  it('a column that one sees but may not change is refused', async () => {
    const columns = { n: 'name', r: 'rating', p: 'phone' }
    const refused = await problem(importText(ines, 'accounts', 'n,r,p\nAcme,Hot,1', { mapping: { columns } }))
    expect([refused?.status, refused?.message]).toEqual([403, 'You can see but not change: rating, phone.'])
  })

  it('another owner needs transfer; one that nobody knows is refused where the mapping names the column', async () => {
    const mapping = { columns: { name: 'name' }, owner: 'who' }
    const text = 'name,who\nA,ines\nB,olli\nC,nobody\nD,\nE,Max Mover\n'
    const asInes = await importText(ines, 'accounts', text, { mapping })
    expect(asInes.created).toBe(2)
    expect(asInes.reasons).toEqual([
      expect.stringContaining('"transfer"'),
      expect.stringContaining('owner: must name an active user'),
      expect.stringContaining('owner: must name an active user'),
    ])
    const byName = await importText(olli, 'accounts', 'externalId,name,Owner\nby,B,INES@nordwind.example\n')
    expect(byName.created).toBe(1)
    const { items } = await gateway.list(ada, 'accounts', { filter: { field: 'externalId', op: 'eq', value: 'by' } })
    expect(items[0]?.owner).toBe('user:ines')
  })

  it('every row leaves its history', async () => {
    const { items } = await gateway.list(ada, 'accounts', { filter: { field: 'externalId', op: 'eq', value: 'o1' } })
    const history = await gateway.history(ada, 'accounts', items[0]!.id)
    expect(history).toMatchObject([
      {
        action: 'update',
        by: 'user:olli',
        version: 2,
        changes: [{ field: 'name', before: 'Olli’s', after: 'Olli’s own' }],
      },
      { action: 'create', by: 'user:olli', version: 1 },
    ])
    expect(await nameOf('accounts', items[0]!.id)).toBe('Olli’s own')
  })
})

describe('a bad row doesn’t hold up its neighbours', () => {
  it('with every reason at once', async () => {
    const text = 'externalId,name,employees,email\na,,many,no\nb,Fine,12,a@b.example\nb,Twice,1,\n'
    const { created, rows } = await importText(ada, 'accounts', text)
    expect(created).toBe(1)
    expect(rows).toMatchObject([
      {
        externalId: 'a',
        reason: 'employees: must be a number; email: must be an e-mail address; name: must be filled in',
      },
      { externalId: 'b', name: 'Twice', reason: 'externalId: exists already' },
    ])
  })

  it('a dry run keeps nothing, and says what would be', async () => {
    const text = 'externalId,name,parentAccount\nd1,One,d2\nd2,Two,\nd3,,\nd4,Four,nowhere\n'
    const dry = await importText(ada, 'accounts', text, { dryRun: true })
    const wet = await importText(ada, 'accounts', text)
    expect(dry).toMatchObject({ created: 2, rejected: 2, dryRun: true, tried: 4 })
    expect(wet).toMatchObject({ created: 2, rejected: 2 })
    expect(dry.reasons.sort()).toEqual(wet.reasons.sort())
  })

  it('rows that would run as formulas come back as text', async () => {
    const { rows } = await importText(ada, 'accounts', 'name,employees,phone\n=HYPERLINK("x"),many,-3\n')
    expect(rows).toMatchObject([{ name: `'=HYPERLINK("x")`, phone: '-3' }])
  })
})
