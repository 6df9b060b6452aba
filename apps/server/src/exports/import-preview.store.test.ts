import { readFile } from 'node:fs/promises'
import type { PolicyDocument } from '@bailiwick/access'
import ExcelJs from 'exceljs'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it, test } from 'vitest'
import { mavenFile, testFile } from '../imports/imports-fixture.ts'
import { testDatabase } from '../testing/index.ts'
import { createFileOffice } from './office-fixture.ts'

const { database, createOrganization } = await testDatabase()
const FIELDS = { secret: 'hidden', rating: 'read', phone: 'masked' } as const
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  profiles: {
    importer: {
      modules: { accounts: { actions: ['read', 'import'], fields: FIELDS }, deals: { actions: ['read', 'import'] } },
    },
    reader: { modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    ines: { name: 'Ines Importer', profiles: ['importer'] },
    lea: { name: 'Lea Importer', profiles: ['importer'] },
    moses: { name: 'Moses Frase', profiles: ['importer'] },
    rita: { profiles: ['reader'] },
  },
  modules: { accounts: { fields: { secret: { type: 'text' } } } },
}
const office = await createFileOffice(database, await createOrganization(), DOCUMENT)
afterAll(() => office.close())
const { ask, upload, settled, importText, actor, gateway } = office
const look = async (user: string, file: string | Buffer | undefined, fields: Record<string, string>) =>
  upload(user, file, fields, '/imports/preview')
const seen = async (user: string, file: string | Buffer, module: string, more: Record<string, string> = {}) => {
  const answer = await look(user, file, { module, ...more })
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.payload]).toEqual([200, ''])
  return answer.json()
}
const column = (told: { columns: { header: string }[] }, header: string) =>
  told.columns.find((one) => one.header === header)

const FINNISH = iconv.encode(
  'Nimi;Summa;Päättyy;Vaihe\r\nÄlykäs kauppa;1.234,50;31.12.2026;Voitettu\r\nToinen;12,5;1.2.2027;Hävitty\r\nHuono;paljon;32.1.2027;\r\n',
  'win1252',
)

async function workbook(): Promise<Buffer> {
  const book = new ExcelJs.Workbook()
  book.addWorksheet('Notes').addRow(['nothing here'])
  const sheet = book.addWorksheet('Deals')
  sheet.addRow(['Our deals'])
  sheet.addRow(['Deal Name', 'Amount', 'Close Date', 'Probability (%)', 'Twice'])
  const row = sheet.addRow([
    'Ilmarinen',
    1.234,
    new Date('2026-12-31T00:00:00Z'),
    0.25,
    { formula: 'B3*2', result: 2.468 },
  ])
  row.getCell(3).numFmt = 'dd/mm/yyyy'
  row.getCell(4).numFmt = '0%'
  sheet.addRow([{ richText: [{ text: 'Väinä' }, { text: 'möinen' }] }, 12])
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe('a file is looked at before it is imported', () => {
  it('a Finnish one in Windows’ code page, with decimal commas and days first', async () => {
    const told = await seen('ada', FINNISH, 'deals')
    expect(told).toMatchObject({
      kind: 'csv',
      encoding: 'windows-1252',
      separator: ';',
      headerRow: 1,
      rows: 3,
      complete: true,
    })
    expect(column(told, 'Summa')).toMatchObject({ suggested: 'amount', format: { decimal: ',' } })
    expect(column(told, 'Vaihe')).toMatchObject({ suggested: 'stage', samples: ['Voitettu', 'Hävitty'] })
    const mapping = JSON.stringify({ columns: { Nimi: 'name', Summa: 'amount', Päättyy: 'closeDate', Vaihe: 'stage' } })
    const mapped = await seen('ada', FINNISH, 'deals', { mapping })
    expect(mapped.preview[0].cells).toEqual([
      { value: 'Älykäs kauppa', read: 'Älykäs kauppa' },
      { value: '1.234,50', read: 1234.5 },
      { value: '31.12.2026', read: '2026-12-31' },
      { value: 'Voitettu', read: 'Won' },
    ])
    expect(mapped.preview[2].cells[1]).toEqual({ value: 'paljon', error: 'must be a number' })
    expect(mapped.counts).toEqual({ create: 2, update: 0, reject: 1 })
    expect(mapped.problems).toContainEqual({
      field: 'amount',
      message: expect.stringContaining('number'),
      count: 1,
      firstRow: 3,
    })
  })

  it('a workbook: its sheets, its days as days, what its formulas came to', async () => {
    const file = await workbook()
    expect(await seen('ada', file, 'deals')).toMatchObject({ kind: 'xlsx', sheets: ['Notes', 'Deals'], sheet: 'Notes' })
    const told = await seen('ada', file, 'deals', { options: '{"sheet":"Deals"}' })
    expect(told).toMatchObject({ headerRow: 2, rows: 2 })
    expect(told.preview[0].cells.map((cell: { value: string }) => cell.value)).toEqual([
      'Ilmarinen',
      '1.234',
      '2026-12-31',
      '25%',
      '2.468',
    ])
    expect(told.preview[0].cells[1].read).toBe(1.234)
    const fields = { module: 'deals', upload: told.upload, options: '{"sheet":"Deals"}' }
    const done = await settled('ada', await upload('ada', undefined, fields))
    expect(done).toMatchObject({ state: 'done', created: 2, rejected: 0 })
    const { items } = await gateway.list(actor('ada'), 'deals', {
      filter: { field: 'name', op: 'eq', value: 'Ilmarinen' },
    })
    expect(items[0]).toMatchObject({ amount: 1.234, closeDate: '2026-12-31', probability: 25 })
  })

  test.each(['Account', 'Contact', 'Lead', 'Opportunity', 'Case'])(
    'Salesforce’s %s.csv has no problem',
    async (name) => {
      const modules: Record<string, string> = {
        Account: 'accounts',
        Contact: 'contacts',
        Lead: 'leads',
        Opportunity: 'deals',
        Case: 'tickets',
      }
      const file = await readFile(testFile(`${name}.csv`))
      const module = modules[name] ?? ''
      const told = await seen('ada', file, module)
      expect(told.complete).toBe(true)
      const ownFile = told.problems.filter((one: { message: string }) => !one.message.includes('names no record'))
      expect(ownFile).toEqual([])
      expect(column(told, 'Id')).toMatchObject({ suggested: 'externalId' })
    },
  )

  it('Maven’s pipeline: owners that nobody is, with whom they may mean; lookups that nothing is', async () => {
    await office.importPath(actor('ada'), { module: 'products', path: mavenFile('products.csv') })
    const told = await seen('ada', await readFile(mavenFile('sales_pipeline.csv')), 'deals')
    expect([told.rows, told.owners.mayChoose, told.owners.column]).toEqual([8_800, true, 'sales_agent'])
    expect(told.owners.unmatched.some((one: { name: string }) => one.name === 'Moses Frase')).toBe(false)
    expect(told.lookups.find((one: { field: string }) => one.field === 'product')).toMatchObject({
      count: 1_480,
      unmatched: [{ text: 'GTXPro', count: 1_480, several: false }],
    })
    const near = await seen('ada', 'name,owner\nA,Mosess Frasee\n', 'deals')
    expect(near.owners.unmatched).toMatchObject([{ suggestions: [{ owner: 'user:moses' }] }])
    const asInes = await seen('ines', 'name,owner\nA,Mosess Frasee\n', 'deals')
    expect(asInes.owners).toMatchObject({ mayChoose: false, unmatched: [{ suggestions: [] }] })
  })

  it('rows that look each other up are no problem', async () => {
    const told = await seen('ada', 'externalId,name,parentAccount\nq1,One,q2\nq2,Two,\nq3,Three,nowhere\n', 'accounts')
    expect(told.problems).toMatchObject([{ field: 'parentAccount', count: 1 }])
  })
})

describe('what a look tells', () => {
  it('a hidden record is none, as one that isn’t there; a hidden field is nowhere', async () => {
    await importText(actor('ada'), 'accounts', 'externalId,name\nhid,Hidden GmbH\n')
    const told = await look('ines', 'name,account\nD,Hidden GmbH\nD,hid\nD,nowhere\n', { module: 'deals' })
    const { lookups } = told.json()
    expect(lookups[0].unmatched.map((one: { text: string }) => one.text).sort()).toEqual([
      'Hidden GmbH',
      'hid',
      'nowhere',
    ])
    const fields = await look('ines', 'externalId,name,secret,nowhere\nhid,x,y,z\n', { module: 'accounts' })
    expect(fields.json().counts).toEqual({ create: 1, update: 0, reject: 0 })
    expect(fields.json().fields.map((one: { field: string }) => one.field)).not.toContain('secret')
    expect(fields.json().fields.map((one: { field: string }) => one.field)).not.toContain('rating')
    expect(column(fields.json(), 'secret')).toEqual({
      ...column(fields.json(), 'nowhere'),
      header: 'secret',
      samples: ['y'],
    })
  })

  it('is kept by nobody, but for the file, which is its sender’s alone', async () => {
    const { upload: id } = await seen('ines', 'name\nKept once\n', 'accounts')
    for (const user of ['lea', 'ada']) {
      const stolen = await look(user, undefined, { module: 'accounts', upload: id })
      const missing = await look(user, undefined, { module: 'accounts', upload: office.parts.newId() })
      expect([stolen.statusCode, stolen.json().errors]).toEqual([422, missing.json().errors])
    }
    expect((await look('ines', undefined, { module: 'accounts', upload: id })).statusCode).toBe(200)
    expect(
      (await gateway.list(actor('ada'), 'accounts', { filter: { field: 'name', op: 'eq', value: 'Kept once' } })).items,
    ).toEqual([])
  })

  test.each([
    ['rita', 'name\nA', { module: 'accounts' }, 403],
    ['rita', 'name\nA', { module: 'deals' }, 404],
    ['ines', 'name\nA', { module: 'nowhere' }, 404],
    ['ines', 'name\nA', { module: 'accounts', mapping: '{"columns":{"name":"secret"}}' }, 422],
    ['ines', 'name\nA', { module: 'accounts', options: '{"match":"secret"}' }, 422],
    ['ines', 'name\nA', { module: 'accounts', options: '{"encoding":"klingon"}' }, 422],
    ['ines', 'name\nA', { module: 'accounts', options: '{"headerRow":9}' }, 422],
    ['ines', undefined, { module: 'accounts', upload: '../../etc/passwd' }, 422],
    ['ines', 'name\nA', { module: 'accounts', mapping: '{"owner":{"owner":"user:lea"}}' }, 403],
    ['ines', Buffer.from('PK\u0003\u0004rest'), { module: 'accounts' }, 422],
  ])('%s sends %j with %j: %i', async (user, file, fields, status) => {
    const more = { ...fields } as Record<string, string>
    expect((await look(user, file, more)).statusCode).toBe(status)
  })
})

describe('whoever imports says how', () => {
  it('existing records are recognized by the first of several fields that a row fills', async () => {
    const text = 'externalId,name,email\ne1,First,first@a.example\n,Second,second@a.example\n'
    await settled('ada', await upload('ada', text, { module: 'accounts' }))
    const again = 'externalId,name,email\ne1,First one,other@a.example\n,Second one,SECOND@a.example\n'
    const options = JSON.stringify({ match: ['externalId', 'email'] })
    const told = await seen('ada', again, 'accounts', { options, overwrite: 'true' })
    expect(told.counts).toEqual({ create: 0, update: 2, reject: 0 })
    const done = await settled('ada', await upload('ada', again, { module: 'accounts', options, overwrite: 'true' }))
    expect(done).toMatchObject({ created: 0, updated: 2, rejected: 0 })
  })

  it('all records become one owner’s, and day and decimal are as he says', async () => {
    const mapping = JSON.stringify({
      columns: { n: 'name', d: 'closeDate', a: 'amount' },
      owner: { owner: 'user:moses' },
    })
    const options = JSON.stringify({ dateOrder: 'mdy', decimal: ',', separator: '|', encoding: 'utf-8' })
    await settled('ada', await upload('ada', 'n|d|a\nSaid|02/03/2026|1,234\n', { module: 'deals', mapping, options }))
    const { items } = await gateway.list(actor('ada'), 'deals', { filter: { field: 'name', op: 'eq', value: 'Said' } })
    expect(items[0]).toMatchObject({ owner: 'user:moses', closeDate: '2026-02-03', amount: 1.234 })
  })
})

describe('what was mapped once is remembered', () => {
  it('for whoever did it, without what is hidden from him by now', async () => {
    const mapping = { columns: { a: 'name', b: 'website' } }
    await settled(
      'ines',
      await upload('ines', 'a,b\nX,x.example\n', { module: 'accounts', mapping: JSON.stringify(mapping) }),
    )
    const mine = async (user: string) => (await ask(user, 'GET', '/imports/mappings?module=accounts')).json().items
    const { signature } = await seen('ines', 'b,a\n1,2\n', 'accounts')
    expect((await mine('ines'))[0]).toMatchObject({ signature, columns: ['a', 'b'], mapping })
    expect(await mine('lea')).toEqual([])
    const { importer, ...profiles } = DOCUMENT.profiles ?? {}
    const accounts = { actions: ['read', 'import'] as const, fields: { ...FIELDS, website: 'hidden' as const } }
    await office.apply({
      ...DOCUMENT,
      profiles: { ...profiles, importer: { modules: { ...importer?.modules, accounts } } },
    })
    expect(JSON.stringify(await mine('ines'))).not.toContain('website')
    await office.apply(DOCUMENT)
    expect((await ask('rita', 'GET', '/imports/mappings?module=accounts')).statusCode).toBe(403)
    expect((await ask('rita', 'GET', '/imports/mappings?module=deals')).statusCode).toBe(404)
  })
})
