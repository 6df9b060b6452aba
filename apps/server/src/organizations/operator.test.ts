import { describe, expect, test } from 'vitest'
import { testOffice } from '../testing/test-office.ts'

const office = await testOffice()
const create = (body: object) => office.asOperator('POST', '/operator/v1/organizations', body)
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const ADMIN = { adminEmail: 'otto@example.org' }

describe('org create', () => {
  test('makes an organization whose administrator may do everything, with a password and a key', async () => {
    const answer = await create({ slug: 'westwind', name: 'Westwind', ...ADMIN })
    expect(answer.statusCode).toBe(201)
    const { organization, user, password, key } = answer.json()
    expect({ organization, user }).toEqual({ organization: 'westwind', user: 'admin' })
    expect(await office.signIn(ADMIN.adminEmail, password)).not.toBe('')
    const me = await office.network.inject({ url: '/api/v1/me', headers: bearer(key) })
    expect(me.json().system).toContain('manageAccess')
    expect(me.json().modules).toHaveLength(11)
  })

  test('leaves a person who is there his own password', async () => {
    const answer = await create({ slug: 'eastwind', adminEmail: 'ANNA@nordwind.example' })
    expect(answer.json()).not.toHaveProperty('password')
    expect(await office.signIn('anna@nordwind.example')).not.toBe('')
  })

  test.each([
    ['a slug that is taken', { slug: 'nordwind', ...ADMIN }, 409],
    ['a slug that would be another’s schema', { slug: 'Nord_Wind', ...ADMIN }, 422],
    ['an injected slug', { slug: 'x"; drop schema control cascade; --', ...ADMIN }, 422],
    ['no address', { slug: 'calm' }, 422],
    ['an address that is none', { slug: 'calm', adminEmail: 'calm' }, 422],
    ['a short password', { slug: 'calm', ...ADMIN, adminPassword: 'short' }, 422],
    ['more than it takes', { slug: 'calm', ...ADMIN, schema: 'control' }, 422],
  ])('refuses %s, and makes nothing', async (_what, body, status) => {
    const answer = await create(body)
    expect(answer.statusCode).toBe(status)
    const { items } = (await office.asOperator('GET', '/operator/v1/organizations')).json()
    expect(items.map(({ slug }: { slug: string }) => slug)).not.toContain('calm')
  })

  test('of one slug at once succeeds once', async () => {
    const attempts = await Promise.all([1, 2, 3].map(() => create({ slug: 'race', adminEmail: 'race@example.org' })))
    expect(attempts.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409])
  })
})

describe('key create', () => {
  test.each(['anna', 'ANNA@nordwind.example'])('for %s', async (user) => {
    const answer = await office.asOperator('POST', '/operator/v1/keys', {
      organization: 'nordwind',
      user,
      name: 'laptop',
    })
    const me = await office.network.inject({ url: '/api/v1/me', headers: bearer(answer.json().key) })
    expect(me.json().user.key).toBe('anna')
  })

  test.each([
    ['an unknown user', { organization: 'nordwind', user: 'eve' }],
    ['an unknown organization', { organization: 'nowhere', user: 'anna' }],
    ['a user of another organization', { organization: 'sudwind', user: 'anna' }],
  ])('refuses %s', async (_what, body) => {
    expect((await office.asOperator('POST', '/operator/v1/keys', body)).statusCode).toBe(404)
  })
})

describe('on the socket', () => {
  const act = (header: string, url = '/api/v1/me') =>
    office.operator.inject({ url, headers: { 'bailiwick-act': header } })

  test('the operator acts as a person, with that person’s rights', async () => {
    const answer = await act('nordwind/anna')
    expect(answer.json().user.key).toBe('anna')
    expect(answer.payload).not.toContain('manageAccess')
  })

  test('the operator himself is nobody: he reaches no module', async () => {
    const answer = await act('nordwind/operator', '/api/v1/modules')
    expect(answer.json()).toEqual({ items: [] })
    expect((await act('nordwind/operator', '/api/v1/records/accounts')).statusCode).toBe(404)
  })

  test.each([
    ['nordwind/sam', 401],
    ['nordwind/eve', 404],
    ['nowhere/anna', 404],
    ['nordwind', 422],
    ['', 422],
  ])('acting as %j answers %i', async (header, status) => {
    expect((await act(header)).statusCode).toBe(status)
  })

  test('keys don’t count', async () => {
    const headers = bearer(office.keyOf('admin'))
    expect((await office.operator.inject({ url: '/api/v1/me', headers })).statusCode).toBe(422)
  })
})

describe('over the network', () => {
  test.each([
    ['nobody', {}, 401],
    ['anna', { authorization: 'Bearer of anna' }, 200],
  ])('the header that says whom to act for counts for nothing: %s', async (who, _headers, status) => {
    const headers = { 'bailiwick-act': 'nordwind/admin', ...(who === 'anna' && bearer(office.keyOf('anna'))) }
    const answer = await office.network.inject({ url: '/api/v1/me', headers })
    expect(answer.statusCode).toBe(status)
    expect(answer.payload).not.toContain('manageAccess')
  })

  test.each([
    ['POST', '/operator/v1/organizations'],
    ['GET', '/operator/v1/organizations'],
    ['POST', '/operator/v1/keys'],
    ['POST', '/operator/v1/sign-ins'],
  ] as const)('%s %s isn’t there', async (method, url) => {
    const headers = { ...bearer(office.keyOf('admin')), 'bailiwick-act': 'nordwind/operator' }
    const answer = await office.network.inject({ method, url, headers, ...(method === 'POST' && { body: {} }) })
    expect(answer.statusCode).toBe(404)
  })
})
