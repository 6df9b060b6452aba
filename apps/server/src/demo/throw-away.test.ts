import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { filesOf } from '../files/stored-files.ts'
import { sweepFiles } from '../files/sweep-files.ts'
import { findOrganization } from '../organizations/find-organization.ts'
import { asPage, PASSWORD, testOffice } from '../testing/test-office.ts'
import { DEMO_SLUG } from './create-demo.ts'
import { prepareDemo } from './prepare-demo.ts'

/** Südwind is a demonstration: Ada administers it beside Nordwind, Carla works in it and nowhere else. */
const office = await testOffice()
const { network, parts } = office
const { owner, control } = parts.database
await office.apply('sudwind', {
  bailiwick: 1,
  organization: { name: 'Südwind' },
  profiles: { selling: { system: ['useApi'], modules: { accounts: { actions: ['create', 'read'] } } } },
  users: {
    admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
    carla: { name: 'Carla', email: 'carla@sudwind.example', profiles: ['selling'] },
  },
})
const of = { organization: 'sudwind', user: 'carla' }
const carla = (await office.asOperator('POST', '/operator/v1/keys', of)).json<{ key: string }>().key
await office.asOperator('POST', '/operator/v1/sign-ins', { ...of, password: PASSWORD })
const ada = office.keyOf('sudwind/admin')

const ask = (key: string, method: 'GET' | 'DELETE', path: string, body?: object) =>
  network.inject({ method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${key}` }, ...(body && { body }) })
const throwAway = (key: string, name = 'Südwind') => ask(key, 'DELETE', '/demonstration', { name })
const canThrowAway = async (key: string) => (await ask(key, 'GET', '/demonstration')).json().canThrowAway
const find = async (slug: string) => findOrganization(control, slug)
async function requireSudwind() {
  const found = await find('sudwind')
  if (!found) throw new Error('There is no sudwind.')
  return found
}

describe('an organization that is somebody’s', () => {
  test('can’t be thrown away, whatever is confirmed', async () => {
    expect(await canThrowAway(ada)).toBe(false)
    expect((await throwAway(ada)).statusCode).toBe(409)
    expect((await throwAway(office.keyOf('admin'), 'Nordwind')).statusCode).toBe(409)
    expect((await throwAway(carla)).statusCode).toBe(403)
  })
})

describe('a demonstration', () => {
  test('that isn’t finished is nobody’s to throw away', async () => {
    const { id } = await requireSudwind()
    await owner.insertInto('demonstrations').values({ organization_id: id }).execute()
    expect(await canThrowAway(ada)).toBe(false)
    expect((await throwAway(ada)).statusCode).toBe(409)
    await owner.updateTable('demonstrations').set({ complete: true }).where('organization_id', '=', id).execute()
  })

  test('is thrown away by who manages access alone, who says its name', async () => {
    expect([await canThrowAway(ada), await canThrowAway(carla)]).toEqual([true, false])
    expect((await throwAway(carla)).statusCode).toBe(403)
    const wrong = await throwAway(ada, 'Nordwind')
    expect([wrong.statusCode, wrong.json().errors]).toEqual([
      422,
      [{ path: '/name', message: 'is not the name of the organization' }],
    ])
    expect((await network.inject({ method: 'DELETE', url: '/api/v1/demonstration', body: {} })).statusCode).toBe(401)
    expect((await ask(carla, 'GET', '/records/accounts')).statusCode).toBe(200)
  })

  test('is gone then with all in it: its people come in no more, others stay as they are', async () => {
    const { id, schema, role } = await requireSudwind()
    const folder = filesOf(parts.filesFolder, { id })
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await mkdir(path.join(folder, 'ab'), { recursive: true })
    await writeFile(path.join(folder, 'ab', 'offer'), 'x')
    const cookie = await office.signIn('carla@sudwind.example')
    const adasCookie = await office.signIn('ada@nordwind.example')
    const switchTo = { method: 'POST', url: '/api/v1/me/organization' } as const
    await network.inject({ ...switchTo, headers: asPage(adasCookie), body: { organization: 'sudwind' } })
    const me = (headers: Record<string, string>) => network.inject({ url: '/api/v1/me', headers })
    expect((await me({ cookie: adasCookie })).json().organization.slug).toBe('sudwind')
    expect((await me({ cookie })).statusCode).toBe(200)

    const answer = await network.inject({
      method: 'DELETE',
      url: '/api/v1/demonstration',
      headers: asPage(adasCookie),
      body: { name: 'Südwind' },
    })
    expect([answer.statusCode, answer.payload]).toEqual([204, ''])
    expect(await find('sudwind')).toBeUndefined()
    for (const session of [cookie, adasCookie]) expect((await me({ cookie: session })).statusCode).toBe(401)
    expect((await me({ authorization: `Bearer ${carla}` })).statusCode).toBe(401)
    expect((await ask(carla, 'GET', '/records/accounts')).statusCode).toBe(401)
    expect((await throwAway(ada)).statusCode).toBe(401)
    expect(await office.signIn('carla@sudwind.example')).toBe('')
    expect(await office.signIn('ada@nordwind.example')).not.toBe('')
    expect((await ask(office.keyOf('anna'), 'GET', '/records/accounts')).statusCode).toBe(200)
    const { rows } = await sql`
      select from pg_namespace where nspname = ${schema} union all select from pg_roles where rolname = ${role}`.execute(
      owner,
    )
    expect(rows).toEqual([])
    expect(existsSync(folder)).toBe(false)

    // A crash just before its files went leaves them to the next start.
    await mkdir(path.join(folder, 'ab'), { recursive: true })
    await sweepFiles(parts)
    expect(existsSync(folder)).toBe(false)
  })

  test('that was thrown away doesn’t come again with the next start', async () => {
    await owner.insertInto('thrown_away').values({ slug: DEMO_SLUG, at: new Date(), organization_id: null }).execute()
    const said: string[] = []
    await prepareDemo(parts, { password: PASSWORD, again: false }, (line) => said.push(line))
    expect(said).toEqual(['The demonstration company was thrown away. BAILIWICK_DEMO=again makes it anew.'])
    expect(await find(DEMO_SLUG)).toBeUndefined()
    expect(await control.selectFrom('thrown_away').select('slug').orderBy('slug').execute()).toEqual([
      { slug: DEMO_SLUG },
      { slug: 'sudwind' },
    ])
  })
})
