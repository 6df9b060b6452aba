import { createHash } from 'node:crypto'
import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { filesOf } from '../files/stored-files.ts'
import { sweepFiles } from '../files/sweep-files.ts'
import { laySiege, type Person } from './siege.ts'
import { IDS } from './siege-records.ts'

const siege = await laySiege()
const THINGS = '/api/v1/records/things'
const PNG = Buffer.from('89504e470d0a1a0a', 'hex')

beforeEach(() => siege.restore())

function ask(person: Person, method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) {
  return siege.network.inject({ method, url, headers: siege.credentials(person), ...(body && { body }) })
}

interface Brought {
  readonly name?: string
  readonly type?: string
  readonly content?: Buffer
}

function bring(
  person: Person,
  id: string,
  { name = 'offer.pdf', type = 'application/pdf', content = PNG }: Brought = {},
) {
  const head = `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--b--\r\n')])
  const headers = { ...siege.credentials(person), 'content-type': 'multipart/form-data; boundary=b' }
  return siege.network.inject({ method: 'POST', url: `${THINGS}/${id}/files`, headers, payload })
}

const fileOf = (answer: Awaited<ReturnType<typeof bring>>) => answer.json<{ id: string }>().id
/** Where all files of the organization lie, whole or not. */
const folder = () => filesOf(siege.parts.filesFolder, siege.north)
function onDisk(): string[] {
  const names = readdirSync(folder(), { recursive: true }).map(String)
  return names.filter((name) => statSync(path.join(folder(), name)).isFile())
}

describe('A file on a record', () => {
  test('comes back as it was brought, to be saved and not run', async () => {
    const brought = await bring('anna', IDS.thing, { name: '../x/Tarjous “1”.html', type: 'text/html' })
    expect(brought.statusCode).toBe(201)
    const sha256 = createHash('sha256').update(PNG).digest('hex')
    expect(brought.json()).toMatchObject({
      name: 'Tarjous “1”.html',
      type: 'text/html',
      size: 8,
      sha256,
      by: 'user:anna',
    })
    expect((await ask('anna', 'GET', `${THINGS}/${IDS.thing}/files`)).json().items).toEqual([brought.json()])
    const got = await ask('anna', 'GET', `/api/v1/files/${fileOf(brought)}?inline=true`)
    expect(got.rawPayload).toEqual(PNG)
    expect(got.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="Tarjous _1_.html"; filename*=UTF-8''Tarjous%20%E2%80%9C1%E2%80%9D.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    })
  })

  test('is shown in a page where it is a picture, and asked for so', async () => {
    const id = fileOf(await bring('anna', IDS.thing, { name: 'a.png', type: 'image/png' }))
    const dispositionOf = async (query: string) => {
      const { headers } = await ask('anna', 'GET', `/api/v1/files/${id}${query}`)
      return [headers['content-type'], String(headers['content-disposition']).split(';')[0]]
    }
    expect(await dispositionOf('?inline')).toEqual(['image/png', 'inline'])
    expect(await dispositionOf('')).toEqual(['image/png', 'attachment'])
    const drawing = fileOf(await bring('anna', IDS.thing, { name: 'a.svg', type: 'image/svg+xml' }))
    const { headers } = await ask('anna', 'GET', `/api/v1/files/${drawing}?inline=true`)
    expect(headers['content-type']).toBe('application/octet-stream')
  })

  test('is whoever’s who reads its record, for as long as he does, and else as none', async () => {
    const hidden = fileOf(await bring('admin', IDS.hiddenThing))
    const own = fileOf(await bring('anna', IDS.thing))
    const none = await ask('anna', 'GET', `/api/v1/files/${IDS.missing}`)
    expect(none.statusCode).toBe(404)
    for (const [person, id] of [
      ['anna', hidden],
      ['page', hidden],
      ['nils', own],
      ['stranger', own],
    ] as const) {
      for (const method of ['GET', 'DELETE'] as const) {
        const answer = await ask(person, method, `/api/v1/files/${id}`)
        expect([answer.statusCode, answer.payload], person).toEqual([404, none.payload])
      }
    }
    // Omar reads every thing and changes none.
    expect((await ask('omar', 'GET', `/api/v1/files/${hidden}`)).statusCode).toBe(200)
    expect((await ask('omar', 'DELETE', `/api/v1/files/${hidden}`)).statusCode).toBe(403)
    expect((await ask('anna', 'DELETE', `${THINGS}/${IDS.thing}`)).statusCode).toBe(204)
    for (const person of ['anna', 'omar', 'admin'] as const)
      expect((await ask(person, 'GET', `/api/v1/files/${own}`)).statusCode, person).toBe(404)
    await ask('anna', 'POST', `${THINGS}/${IDS.thing}/restore`)
    expect((await ask('anna', 'GET', `/api/v1/files/${own}`)).statusCode).toBe(200)
  })

  test('is brought by who may change the record, and what is refused leaves nothing on disk', async () => {
    await bring('anna', IDS.thing)
    const before = onDisk()
    expect((await bring('omar', IDS.thing)).statusCode).toBe(403)
    expect((await bring('anna', IDS.hiddenThing)).statusCode).toBe(404)
    const large = await bring('anna', IDS.thing, { content: Buffer.alloc(siege.parts.largestFile + 1) })
    expect(large.statusCode).toBe(413)
    const empty = { 'content-type': 'multipart/form-data; boundary=b', ...siege.credentials('anna') }
    const without = await siege.network.inject({
      method: 'POST',
      url: `${THINGS}/${IDS.thing}/files`,
      headers: empty,
      payload: '--b--\r\n',
    })
    expect(without.statusCode).toBeGreaterThanOrEqual(400)
    expect(without.statusCode).toBeLessThan(500)
    expect((await ask('anna', 'POST', `${THINGS}/${IDS.thing}/files`, { file: 'a' })).statusCode).toBe(415)
    expect(onDisk()).toEqual(before)
  })

  test('is taken away by who brought it and may still change the record, or who has it in full', async () => {
    // The desk owns the other thing: Anna may edit it, and the administrator leads the desk.
    const admins = fileOf(await bring('admin', IDS.otherThing))
    const annas = fileOf(await bring('anna', IDS.otherThing))
    const before = onDisk().length
    expect((await ask('anna', 'DELETE', `/api/v1/files/${admins}`)).statusCode).toBe(403)
    expect((await ask('anna', 'DELETE', `/api/v1/files/${annas}`)).statusCode).toBe(204)
    expect((await ask('admin', 'DELETE', `/api/v1/files/${admins}`)).statusCode).toBe(204)
    expect((await ask('admin', 'DELETE', `/api/v1/files/${admins}`)).statusCode).toBe(404)
    expect(onDisk().length).toBe(before - 2)
  })
})

test('what a crash left of files is swept once it is a day old, and nothing that a record has', async () => {
  const kept = fileOf(await bring('anna', IDS.thing))
  for (const name of onDisk()) age(name)
  const orphan = 'ab'.repeat(24)
  const [shelf = ''] = onDisk().map((name) => path.dirname(name))
  for (const name of [path.join('incoming', orphan), path.join(shelf, orphan)]) {
    writeFileSync(path.join(folder(), name), 'cut off')
    age(name)
  }
  const young = path.join('incoming', 'cd'.repeat(24))
  writeFileSync(path.join(folder(), young), 'on its way')
  await sweepFiles(siege.parts)
  expect(onDisk()).toContain(young)
  expect(onDisk().filter((name) => name.includes(orphan))).toEqual([])
  expect((await ask('anna', 'GET', `/api/v1/files/${kept}`)).statusCode).toBe(200)

  function age(name: string): void {
    const before = new Date(Date.now() - 25 * 3_600_000)
    utimesSync(path.join(folder(), name), before, before)
  }
})
