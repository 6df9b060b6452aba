import { readdir, truncate, utimes } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { PolicyDocument } from '@bailiwick/access'
import { parse } from 'csv-parse/sync'
import ExcelJs from 'exceljs'
import { afterAll, describe, expect, it, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { createFileOffice } from './office-fixture.ts'

const { database, createOrganization } = await testDatabase()
const ALL = ['create', 'read', 'update', 'import', 'export', 'mass'] as const
const DOCUMENT: PolicyDocument = {
  bailiwick: 1,
  organization: { name: 'Nordwind', timeZone: 'Europe/Helsinki' },
  profiles: {
    sales: { modules: { accounts: { actions: ALL, fields: { taxNumber: 'hidden', phone: 'masked' } } } },
    reader: { modules: { accounts: { actions: ['read'] } } },
  },
  users: {
    ada: { profiles: ['administrator'] },
    mikko: { profiles: ['sales'] },
    lea: { profiles: ['sales'] },
    rita: { profiles: ['reader'] },
  },
  sharingRules: {
    nordics: {
      module: 'accounts',
      with: ['everyone'],
      when: { field: 'country', op: 'eq', value: 'FI' },
      level: 'read',
    },
  },
}
const office = await createFileOffice(database, await createOrganization(), DOCUMENT)
afterAll(() => office.close())
const { ask, upload, settled, importText, actor } = office
const FILE = `externalId,name,country,phone,taxNumber,revenue
a1,"=cmd|' /C calc'!A0",FI,+358 40 1234567,FI123,-12.5
a2,Beta,FI,,FI456,
a3,Gamma,SE,,SE789,5
`
await importText(actor('ada'), 'accounts', FILE)
await importText(actor('mikko'), 'accounts', 'externalId,name,country\nm1,Mikko’s,SE\n')

async function take(user: string, body: object) {
  const begun = await ask(user, 'POST', '/exports', { module: 'accounts', format: 'csv', sort: 'externalId', ...body })
  expect(begun.statusCode).toBe(202)
  const done = await settled(user, begun)
  expect(done).toMatchObject({ state: 'done' })
  return ask(user, 'GET', done.file.replace('/api/v1', ''))
}

describe('what is taken out is what its taker may take', () => {
  it('records and fields as they exist for him: masked is masked, hidden isn’t there', async () => {
    const { payload, headers } = await take('mikko', {})
    expect(headers['content-type']).toContain('text/csv')
    expect(payload.startsWith('\uFEFF')).toBe(true)
    const rows = parse<Record<string, string>>(payload, { columns: true, bom: true })
    expect(rows.map((row) => row.externalId)).toEqual(['a1', 'a2', 'm1'])
    expect(rows[0]).toMatchObject({ phone: '••••', revenue: '-12.5', name: `'=cmd|' /C calc'!A0` })
    expect(payload).not.toMatch(/taxNumber|FI123|Gamma/)
  })

  it('filtered, sorted and narrowed to some fields', async () => {
    const filter = { field: 'country', op: 'eq', value: 'FI' }
    const { payload } = await take('ada', { filter, sort: '-name', fields: ['name', 'taxNumber'], format: 'jsonl' })
    expect(
      payload
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { name: 'Beta', taxNumber: 'FI456' },
      { name: "=cmd|' /C calc'!A0", taxNumber: 'FI123' },
    ])
  })

  it('as a workbook, whose texts are no formulas', async () => {
    const { rawPayload } = await take('mikko', { format: 'xlsx', fields: 'externalId,name,phone,revenue' })
    const book = new ExcelJs.Workbook()
    await book.xlsx.read(Readable.from([rawPayload]))
    const cells = book.worksheets[0]?.getRow(2).values
    expect(cells).toEqual([undefined, 'a1', "=cmd|' /C calc'!A0", '••••', -12.5])
    expect(book.worksheets[0]?.getCell('B2').type).toBe(ExcelJs.ValueType.String)
  })

  it('in pages, each row once', async () => {
    const rows = Array.from({ length: 2_500 }, (_, number) => `p${number},Page ${number % 7}`)
    await importText(actor('lea'), 'accounts', ['externalId,name', ...rows].join('\n'))
    const filter = { field: 'name', op: 'startsWith', value: 'page' }
    for (const sort of ['id', '-name', 'country,name']) {
      const { payload } = await take('lea', { format: 'jsonl', filter, sort, fields: 'externalId' })
      const ids = payload.trim().split('\n')
      expect([ids.length, new Set(ids).size]).toEqual([2_500, 2_500])
    }
  })
})

describe('what may not be taken out', () => {
  test.each([
    ['rita', {}, 403],
    ['mikko', { module: 'deals' }, 404],
    ['mikko', { module: 'nowhere' }, 404],
    ['mikko', { fields: 'taxNumber' }, 422],
    ['mikko', { filter: { field: 'taxNumber', op: 'eq', value: 'x' } }, 422],
    ['mikko', { sort: 'phone' }, 422],
    ['mikko', { format: 'pdf' }, 422],
  ])('%s asks for %j: %i', async (user, body, status) => {
    const answer = await ask(user, 'POST', '/exports', { module: 'accounts', format: 'csv', ...body })
    expect(answer.statusCode).toBe(status)
  })

  it('a file is its taker’s alone, and only for as long as he may take it', async () => {
    const begun = await ask('lea', 'POST', '/exports', {
      module: 'accounts',
      format: 'csv',
      filter: { field: 'externalId', op: 'eq', value: 'a1' },
    })
    const { id } = await settled('lea', begun)
    const get = (user: string) => ask(user, 'GET', `/exports/${id}/file`)
    expect((await get('lea')).statusCode).toBe(200)
    for (const user of ['mikko', 'ada']) expect((await get(user)).statusCode).toBe(404)
    expect((await ask('ada', 'GET', `/jobs/${id}`)).statusCode).toBe(404)
    const { sales, ...profiles } = DOCUMENT.profiles!
    const without = (fields: object, actions: readonly string[] = ALL) => ({
      ...DOCUMENT,
      profiles: { ...profiles, sales: { modules: { accounts: { actions, fields } } } },
    })
    await office.apply(without({ taxNumber: 'hidden', phone: 'masked', country: 'hidden' }))
    expect((await get('lea')).statusCode).toBe(404)
    await office.apply(without({ taxNumber: 'hidden', phone: 'masked' }, ['read']))
    expect((await get('lea')).statusCode).toBe(404)
    await office.apply({ ...DOCUMENT, profiles: { ...profiles, sales: sales! } })
    expect((await get('lea')).statusCode).toBe(200)
  })
})

describe('a file is gone with a record of it', () => {
  const { gateway } = office
  const admin = actor('ada')
  const idOf = async (externalId: string) => {
    const filter = { field: 'externalId', op: 'eq', value: externalId }
    const { items } = await gateway.list(admin, 'accounts', { filter })
    return items[0]!.id
  }
  const exported = async (filter: object, format = 'csv') => {
    const { id } = await settled(
      'mikko',
      await ask('mikko', 'POST', '/exports', { module: 'accounts', format, filter }),
    )
    return async () => {
      const { statusCode, payload } = await ask('mikko', 'GET', `/exports/${id}/file`)
      return { statusCode, payload }
    }
  }

  it('that is shared with its taker no more, and is there again with it', async () => {
    const id = await idOf('a3')
    const share = () => gateway.share(admin, 'accounts', id, { with: 'user:mikko', level: 'read' })
    await share()
    for (const format of ['csv', 'xlsx', 'jsonl']) {
      const get = await exported({ field: 'country', op: 'eq', value: 'SE' }, format)
      expect((await get()).statusCode).toBe(200)
      await gateway.unshare(admin, 'accounts', id, 'user:mikko')
      const refused = await get()
      expect([refused.statusCode, refused.payload]).toEqual([404, expect.stringContaining('export them anew')])
      expect(refused.payload).not.toContain('Gamma')
      await share()
      expect((await get()).statusCode).toBe(200)
    }
    await gateway.unshare(admin, 'accounts', id, 'user:mikko')
  })

  it('that is another’s, confidential or deleted by now', async () => {
    const made = [1, 2, 3].map((number) => gateway.create(actor('mikko'), 'accounts', { name: `Taken ${number}` }))
    const [first, , third] = await Promise.all(made)
    const get = await exported({ field: 'name', op: 'startsWith', value: 'Taken' })
    const one = await exported({ field: 'name', op: 'eq', value: 'Taken 2' })
    expect((await get()).statusCode).toBe(200)
    await gateway.transfer(admin, 'accounts', first!.id, { owner: 'user:ada' })
    expect((await get()).statusCode).toBe(404)
    await gateway.transfer(admin, 'accounts', first!.id, { owner: 'user:mikko' })
    expect((await get()).statusCode).toBe(200)
    await gateway.delete(admin, 'accounts', third!.id)
    expect([(await get()).statusCode, (await one()).statusCode]).toEqual([404, 200])
    const his = await exported({ field: 'externalId', op: 'eq', value: 'a1' })
    expect((await his()).statusCode).toBe(200)
    await gateway.confide(admin, 'accounts', await idOf('a1'), true)
    expect((await his()).statusCode).toBe(404)
    await gateway.confide(admin, 'accounts', await idOf('a1'), false)
    expect((await his()).statusCode).toBe(200)
  })

  it('wherever among thousands it is', async () => {
    const rows = Array.from({ length: 6_000 }, (_, number) => `t${number},Thousands`)
    await importText(actor('mikko'), 'accounts', ['externalId,name', ...rows].join('\n'))
    const get = await exported({ field: 'name', op: 'eq', value: 'Thousands' })
    expect((await get()).statusCode).toBe(200)
    await gateway.transfer(admin, 'accounts', await idOf('t5999'), { owner: 'user:ada' })
    expect((await get()).statusCode).toBe(404)
  })

  it('or where it isn’t known any more what it holds', async () => {
    const get = await exported({ field: 'externalId', op: 'eq', value: 'm1' })
    expect((await get()).statusCode).toBe(200)
    const folder = path.join(office.parts.filesFolder, 'exports')
    for (const name of await readdir(folder)) if (name.endsWith('.ids')) await truncate(path.join(folder, name))
    expect((await get()).statusCode).toBe(404)
  })
})

describe('files in, over the network', () => {
  it('an upload is a job, its figures follow, and its rejected rows come back', async () => {
    const begun = await upload('mikko', 'externalId,name,taxNumber\nu1,Uno,x\nu2,,y\n', { module: 'accounts' })
    expect(begun.statusCode).toBe(202)
    expect(begun.json()).toMatchObject({ kind: 'import', dryRun: false })
    const done = await settled('mikko', begun)
    expect(done).toMatchObject({
      state: 'done',
      created: 1,
      updated: 0,
      rejected: 1,
      total: 2,
      unmapped: ['taxNumber'],
    })
    const rejected = await ask('mikko', 'GET', `/imports/${done.id}/rejected.csv`)
    expect(rejected.payload).toBe('\uFEFFexternalId,name,taxNumber,reason\r\nu2,,y,name: must be filled in\r\n')
    expect((await ask('ada', 'GET', `/imports/${done.id}/rejected.csv`)).statusCode).toBe(404)
    expect((await ask('ada', 'GET', `/imports/${done.id}`)).statusCode).toBe(404)
    expect((await ask('mikko', 'GET', `/exports/${done.id}`)).statusCode).toBe(404)
  })

  test.each([
    ['rita', 'name\nA', { module: 'accounts' }, 403, ''],
    ['mikko', 'name\nA', { module: 'deals' }, 404, ''],
    ['mikko', undefined, { module: 'accounts' }, 422, '/file'],
    ['mikko', 'name\nA', {}, 422, '/module'],
    ['mikko', '', { module: 'accounts' }, 422, '/file'],
    ['mikko', 'name\nA', { module: 'accounts', overwrite: 'perhaps' }, 422, '/overwrite'],
    ['mikko', 'name\nA', { module: 'accounts', sql: 'drop' }, 422, '/sql'],
    ['mikko', 'name\nA', { module: 'accounts', mapping: '{"columns":{"name":7}}' }, 422, '/mapping'],
    ['mikko', 'name\nA', { module: 'accounts', mapping: '{"columns":{"name":"taxNumber"}}' }, 422, 'there is no field'],
    ['mikko', 'name\nA', { module: 'accounts', mapping: '{"__proto__":{}}' }, 422, '"/mapping"'],
    ['mikko', 'name\nA', { module: 'accounts', mapping: '{' }, 422, '"/mapping"'],
    ['mikko', 'name\nA', { module: 'accounts', options: '{"key":"\\u0000"}' }, 422, '"/options/key"'],
    ['mikko', 'name\nA', { module: 'accounts', options: '[' }, 422, '"/options"'],
    ['mikko', 'x\nA', { module: 'accounts' }, 422, '/file'],
  ])('%s sends %j with %j: %i', async (user, file, fields, status, contains) => {
    const answer = await upload(user, file, fields)
    expect(answer.statusCode).toBe(status)
    expect(answer.payload).toContain(contains)
  })

  it('what is no multipart is refused', async () => {
    expect((await ask('mikko', 'POST', '/imports', { module: 'accounts' })).statusCode).toBe(415)
  })
})

describe('many records are changed as a job', () => {
  it('each under its own check, with what was refused', async () => {
    const filter = { field: 'country', op: 'in', value: ['FI', 'SE'] }
    const begun = await ask('mikko', 'POST', '/records/accounts/mass', { filter, set: { industry: 'Trade' } })
    expect(begun.statusCode).toBe(202)
    const { state, result, total } = await settled('mikko', begun)
    expect([state, total, result.changed, result.refused.length]).toEqual(['done', 3, 1, 2])
    expect(result.refused[0].reason).toContain('"update"')
  })

  it('what can’t be done to any is refused at once', async () => {
    const set = (user: string, body: object) => ask(user, 'POST', '/records/accounts/mass', { ids: [], ...body })
    expect((await set('rita', { set: { industry: 'x' } })).statusCode).toBe(403)
    expect((await set('mikko', { set: { taxNumber: 'x' } })).statusCode).toBe(422)
    expect((await set('mikko', { set: { phone: 'x' } })).statusCode).toBe(403)
    expect((await ask('mikko', 'POST', '/records/nowhere/mass', { ids: [], set: {} })).statusCode).toBe(404)
  })
})

it('files older than a day are gone', async () => {
  const begun = await ask('ada', 'POST', '/exports', { module: 'accounts', format: 'csv' })
  const { id } = await settled('ada', begun)
  const file = path.join(office.parts.filesFolder, 'exports', `${id}.csv`)
  await utimes(file, new Date(), new Date(office.parts.now() - 25 * 3_600_000))
  expect((await ask('ada', 'GET', `/exports/${id}/file`)).statusCode).toBe(404)
})
