import { describe, expect, test } from 'vitest'
import { findOrganization } from '../organizations/find-organization.ts'
import { asPage, cookieOf, freshKey, PASSWORD, testOffice } from '../testing/test-office.ts'
import { withNewPeople } from './invitations-fixture.ts'

const office = await testOffice()
const { network, parts } = office
const DAY = 24 * 3_600_000
const CHOSEN = 'a quiet blue lamp'

await office.apply('nordwind', withNewPeople())
const { key: hildasKey } = (
  await office.asOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user: 'hilda' })
).json()

const ask = (user: string, path: string, key = user === 'hilda' ? hildasKey : office.keyOf(user)) =>
  network.inject({ url: path, headers: { authorization: `Bearer ${key}` } })
const makeLink = (inviter: string, user: string, headers: Record<string, string> = {}) =>
  network.inject({
    method: 'POST',
    url: `/api/v1/people/${user}/invitation`,
    headers: { authorization: `Bearer ${inviter === 'hilda' ? hildasKey : office.keyOf(inviter)}`, ...headers },
    body: {},
  })
const tokenOf = async (user: string) => String((await makeLink('hilda', user)).json().link).split('token=')[1] ?? ''
const withdraw = (by: string, user: string, key = by === 'hilda' ? hildasKey : office.keyOf(by)) =>
  network.inject({
    method: 'DELETE',
    url: `/api/v1/people/${user}/invitation`,
    headers: { authorization: `Bearer ${key}` },
  })
const invitedUntil = async (user: string) =>
  (await ask('hilda', '/api/v1/people')).json().items.find((one: { key: string }) => one.key === user)?.invitedUntil
const look = (token: string) => network.inject(`/api/auth/invitation?token=${token}`)
const accept = (token: string, password = CHOSEN, headers: Record<string, string> = {}) =>
  network.inject({ method: 'POST', url: '/api/auth/invitation', headers, body: { token, password } })

describe('an invitation', () => {
  test('lets a new person choose a password, and signs him in', async () => {
    const made = await makeLink('hilda', 'nils')
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({ mailed: false, link: expect.stringMatching(/^\/invitation\?token=[\w-]{43}$/) })
    const token = made.json().link.split('token=')[1]
    expect((await look(token)).json()).toMatchObject({
      name: 'Nils',
      email: 'nils@nordwind.example',
      organization: { slug: 'nordwind', name: 'Nordwind' },
      hasPassword: false,
    })
    const accepted = await accept(token)
    expect(accepted.statusCode).toBe(200)
    expect(accepted.json().organization.slug).toBe('nordwind')
    const me = await network.inject({ url: '/api/v1/me', headers: { cookie: cookieOf(accepted) } })
    expect(me.json().user.key).toBe('nils')
    expect(await office.signIn('nils@nordwind.example', CHOSEN)).not.toBe('')
  })

  test('of a wrong, a used, a replaced and an old token answers alike', async () => {
    const replaced = await tokenOf('lea')
    const used = await tokenOf('lea')
    expect((await accept(used)).statusCode).toBe(200)
    const old = await tokenOf('rolf')
    office.lead = 7 * DAY + 1000
    const answers = await Promise.all([replaced, used, old, 'made-up'].map(look))
    const acceptances = await Promise.all([replaced, used, old, 'made-up'].map((token) => accept(token)))
    office.lead = 0
    expect([...answers, ...acceptances].map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(404))
    expect(new Set([...answers, ...acceptances].map(({ payload }) => payload)).size).toBe(1)
  })

  test('is followed once, also by two at once', async () => {
    const token = await tokenOf('rolf')
    const answers = await Promise.all([accept(token, CHOSEN), accept(token, 'another quiet lamp')])
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  test('leaves who signs in already his password, which it takes', async () => {
    const slug = 'sudwind'
    await office.apply(slug, {
      bailiwick: 1,
      users: {
        admin: { name: 'Ada', email: 'ada@nordwind.example', profiles: ['administrator'] },
        guest: { name: 'Anna', email: 'ANNA@nordwind.example', profiles: ['administrator'] },
      },
    })
    const key = office.keyOf('sudwind/admin')
    const made = await network.inject({
      method: 'POST',
      url: '/api/v1/people/guest/invitation',
      headers: { authorization: `Bearer ${key}` },
      body: {},
    })
    const token = made.json().link.split('token=')[1]
    expect((await look(token)).json().hasPassword).toBe(true)
    expect((await accept(token, CHOSEN)).statusCode).toBe(401)
    expect(await office.signIn('anna@nordwind.example', CHOSEN)).toBe('')
    expect(await office.signIn('anna@nordwind.example')).not.toBe('')
    const accepted = await accept(token, PASSWORD)
    expect(accepted.json().organization.slug).toBe('sudwind')
    expect(await office.signIn('anna@nordwind.example')).not.toBe('')
  })

  test('gives whoever guesses at such a password no more tries by new links', async () => {
    const create = { slug: 'westwind', adminEmail: 'walter@westwind.example', adminPassword: PASSWORD }
    await office.asOperator('POST', '/operator/v1/organizations', create)
    const policy = withNewPeople()
    const walter = { name: 'Walter', email: 'walter@westwind.example', profiles: ['sales'] }
    await office.apply('nordwind', { ...policy, users: { ...policy.users, walter } })
    for (let guess = 0; guess < 10; guess++) {
      expect((await accept(await tokenOf('walter'), `guess number ${guess}`)).statusCode).toBe(401)
    }
    const answer = await accept(await tokenOf('walter'), PASSWORD)
    expect(answer.statusCode).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('ends when the policy gives the user another address, or suspends him', async () => {
    const policy = withNewPeople()
    const vera = { name: 'Vera', email: 'vera@nordwind.example', profiles: ['sales'] }
    await office.apply('nordwind', { ...policy, users: { ...policy.users, vera } })
    const token = await tokenOf('vera')
    expect((await look(token)).statusCode).toBe(200)
    await office.apply('nordwind', {
      ...policy,
      users: { ...policy.users, vera: { ...vera, email: 'vv@nordwind.example' } },
    })
    expect((await look(token)).statusCode).toBe(404)
    await office.apply('nordwind', { ...policy, users: { ...policy.users, vera: { ...vera, status: 'suspended' } } })
    expect((await accept(token)).statusCode).toBe(404)
    await office.apply('nordwind', policy)
  })

  test('is not used up outside of the person’s sign-in window', async () => {
    const token = await tokenOf('vera')
    expect((await accept(token)).statusCode).toBe(401)
    expect((await look(token)).statusCode).toBe(200)
  })

  test('is not followed for another site’s page', async () => {
    const token = await tokenOf('vera')
    expect((await accept(token, CHOSEN, { origin: 'https://evil.example' })).statusCode).toBe(403)
  })

  test('is kept as a hash alone, also where the request said Idempotency-Key', async () => {
    const headers = { 'idempotency-key': freshKey() }
    const token = (await makeLink('hilda', 'vera', headers)).json().link.split('token=')[1]
    const organization = await getNordwind()
    const kept = await parts.database.organization(organization).selectFrom('idempotency').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(token)
    const again = await makeLink('hilda', 'vera', headers)
    expect(again.statusCode).toBe(201)
    expect((await look(token)).statusCode).toBe(404)
  })
})

async function getNordwind() {
  const organization = await findOrganization(parts.database.control, 'nordwind')
  if (!organization) throw new Error('There is no nordwind')
  return organization
}

describe('inviting', () => {
  test.each([
    ['anna', 'nils', 403],
    ['anna', 'nobody', 403],
    ['hilda', 'nobody', 404],
    ['hilda', 'otto', 403],
    ['hilda', 'anna', 409],
    ['hilda', 'gone', 409],
    ['hilda', 'ina', 422],
    ['admin', 'otto', 201],
  ])('%s invites %s: %i', async (inviter, user, status) => {
    expect((await makeLink(inviter, user)).statusCode).toBe(status)
  })

  test('tells whom one may not invite the same of who is there and who isn’t', async () => {
    const [there, missing] = await Promise.all([makeLink('anna', 'otto'), makeLink('anna', 'nobody')])
    expect(there.payload).toBe(missing.payload)
  })

  test('without manageAccess gives nobody what the inviter lacks, and says what that is', async () => {
    expect((await makeLink('hilda', 'otto')).json().detail).toContain('"manageAccess"')
  })
})

describe('withdrawing', () => {
  test('ends the link, and then there is none to withdraw', async () => {
    const token = await tokenOf('vera')
    expect((await withdraw('hilda', 'vera')).statusCode).toBe(204)
    expect((await look(token)).statusCode).toBe(404)
    expect((await accept(token)).statusCode).toBe(404)
    expect((await invitedUntil('vera')) ?? null).toBeNull()
    expect((await withdraw('hilda', 'vera')).statusCode).toBe(404)
    expect((await look(await tokenOf('vera'))).statusCode).toBe(200)
  })

  test('is for whoever looks after users, who is told nothing of others', async () => {
    const token = await tokenOf('vera')
    const [there, missing] = await Promise.all([withdraw('anna', 'vera'), withdraw('anna', 'nobody')])
    expect([there.statusCode, missing.statusCode]).toEqual([403, 403])
    expect(there.payload).toBe(missing.payload)
    expect((await withdraw('', 'vera', office.keyOf('sudwind/admin'))).statusCode).toBe(404)
    expect((await withdraw('hilda', 'nobody')).statusCode).toBe(404)
    expect((await look(token)).statusCode).toBe(200)
  })
})

describe('the people', () => {
  test('are listed with whether they can sign in, to who looks after users', async () => {
    const { items } = (await ask('hilda', '/api/v1/people')).json()
    const of = (key: string) => items.find((one: { key: string }) => one.key === key)
    expect(of('anna')).toMatchObject({ email: 'anna@nordwind.example', status: 'active', hasSignIn: true })
    expect(of('vera')).toMatchObject({ hasSignIn: false, invitedUntil: expect.any(String) })
    expect(of('ina')).toMatchObject({ hasSignIn: false, invitedUntil: null })
    expect((await ask('anna', '/api/v1/people')).statusCode).toBe(403)
  })

  test('are this organization’s alone', async () => {
    const answer = await ask('', '/api/v1/people', office.keyOf('sudwind/admin'))
    expect(answer.payload).not.toContain('hilda')
  })
})

test('a session needs the anti-forgery header to invite', async () => {
  const cookie = await office.signIn('ada@nordwind.example')
  const request = { method: 'POST', url: '/api/v1/people/vera/invitation', body: {} } as const
  expect((await network.inject({ ...request, headers: { cookie } })).statusCode).toBe(403)
})

test('a signed-in page invites by its session', async () => {
  const cookie = await office.signIn('ada@nordwind.example')
  await network.inject({
    method: 'POST',
    url: '/api/v1/me/organization',
    headers: asPage(cookie),
    body: { organization: 'nordwind' },
  })
  const request = { method: 'POST', url: '/api/v1/people/vera/invitation', body: {} } as const
  expect((await network.inject({ ...request, headers: asPage(cookie) })).statusCode).toBe(201)
})
