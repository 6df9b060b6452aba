import { describe, expect, test } from 'vitest'
import { asPage, nordwindPolicy, PASSWORD, testOffice } from '../testing/test-office.ts'

const office = await testOffice()
const { network } = office

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const me = (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
  network.inject({ url: '/api/v1/me', headers, remoteAddress })

describe('a key', () => {
  test('speaks for its user, in its organization', async () => {
    const answer = await me(bearer(office.keyOf('anna')))
    expect(answer.json()).toMatchObject({
      user: { key: 'anna', name: 'Anna' },
      organization: { slug: 'nordwind' },
      organizations: [{ slug: 'nordwind' }],
      system: ['useApi'],
    })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('of a person in two organizations shows one', async () => {
    const answer = await me(bearer(office.keyOf('sudwind/admin')))
    expect(answer.json().organizations).toEqual([{ slug: 'sudwind', name: 'sudwind' }])
  })

  test.each([
    ['not a key', 'nonsense', 401],
    ['a made-up key', `bw_${'0'.repeat(32)}_${'a'.repeat(43)}`, 401],
    ['of a suspended user', 'sam', 401],
    ['outside of the sign-in window', 'wendy', 401],
    ['outside of the network', 'nora', 401],
    ['without useApi', 'olli', 403],
  ])('%s is refused', async (_what, holder, status) => {
    const key = holder.length < 8 && holder !== 'nonsense' ? office.keyOf(holder) : holder
    const answer = await me(bearer(key))
    expect(answer.statusCode).toBe(status)
    expect(answer.payload).not.toContain('nordwind')
    if (status === 403) expect(answer.json().detail).toContain('useApi')
  })

  test('with one character changed is refused', async () => {
    const key = office.keyOf('anna')
    const changed = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A')
    expect((await me(bearer(changed))).statusCode).toBe(401)
  })

  test('works inside the network', async () => {
    expect((await me(bearer(office.keyOf('nora')), '10.1.2.3')).statusCode).toBe(200)
  })

  test('does not take the caller’s word for where he is', async () => {
    const headers = { ...bearer(office.keyOf('nora')), 'x-forwarded-for': '10.1.2.3' }
    expect((await me(headers)).statusCode).toBe(401)
  })

  test('is refused along with a session', async () => {
    const cookie = await office.signIn('anna@nordwind.example')
    expect((await me({ cookie, ...bearer(office.keyOf('anna')) })).statusCode).toBe(401)
  })

  test('ends with its revocation, and the organization’s stamp grows', async () => {
    const created = await office.asOperator('POST', '/operator/v1/keys', { organization: 'nordwind', user: 'anna' })
    const { key } = created.json()
    const id = key.slice(3, 35).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
    const before = await stampOf('nordwind')
    expect((await me(bearer(key))).statusCode).toBe(200)
    const revoked = await office.asOperator('DELETE', `/operator/v1/organizations/nordwind/keys/${id}`)
    expect(revoked.statusCode).toBe(200)
    expect((await me(bearer(key))).statusCode).toBe(401)
    expect(await stampOf('nordwind')).toBe(before + 1)
  })

  test('is stored as a hash alone', async () => {
    const rows = await office.parts.database.control.selectFrom('api_keys').selectAll().execute()
    const secret = office.keyOf('anna').slice(36)
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(rows.every((row) => row.hash.length === 32)).toBe(true)
  })
})

async function stampOf(slug: string): Promise<number> {
  const { database } = office.parts
  const organization = await database.control
    .selectFrom('organizations')
    .selectAll()
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow()
  const head = await database.organization(organization).selectFrom('head').select('stamp').executeTakeFirstOrThrow()
  return head.stamp
}

describe('a session', () => {
  test('opens with the e-mail address in any case, and says who is signed in', async () => {
    const cookie = await office.signIn('ANNA@Nordwind.Example')
    const answer = await network.inject({ url: '/api/auth/session', headers: { cookie } })
    expect(answer.json()).toEqual({
      user: { name: 'Anna', email: 'anna@nordwind.example' },
      organization: { slug: 'nordwind', name: 'nordwind' },
    })
    expect((await me({ cookie })).json().user.key).toBe('anna')
  })

  test('without a cookie nobody is signed in', async () => {
    expect((await network.inject('/api/auth/session')).json()).toBe(null)
  })

  test('its cookie is kept from scripts and other sites, and tells the token to nobody else', async () => {
    const body = { email: 'anna@nordwind.example', password: PASSWORD }
    const answer = await network.inject({ method: 'POST', url: '/api/auth/sign-in/email', body })
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/)
    expect(Object.keys(answer.json())).toEqual(['user', 'organization'])
  })

  test('needs no useApi', async () => {
    const cookie = await office.signIn('olli@nordwind.example')
    expect((await me({ cookie })).statusCode).toBe(200)
  })

  test('of a forged cookie is none', async () => {
    const cookie = await office.signIn('anna@nordwind.example')
    expect((await me({ cookie: cookie.replace(/=(.)/, (_, first) => (first === 'x' ? '=y' : '=x')) })).statusCode).toBe(
      401,
    )
  })

  test('is over once signed out', async () => {
    const cookie = await office.signIn('anna@nordwind.example')
    const out = await network.inject({ method: 'POST', url: '/api/auth/sign-out', headers: asPage(cookie) })
    expect(out.statusCode).toBe(200)
    expect((await me({ cookie })).statusCode).toBe(401)
  })

  test.each([
    ['a wrong password', 'anna@nordwind.example', 'wrong'],
    ['an unknown address', 'nobody@nordwind.example', PASSWORD],
  ])('does not open with %s, and the answer does not tell which it was', async (_what, email, password) => {
    const body = { email, password }
    const answer = await network.inject({ method: 'POST', url: '/api/auth/sign-in/email', body })
    expect(answer.statusCode).toBe(401)
    expect(answer.json().detail).toBe('The e-mail address or the password is wrong.')
  })

  test.each([
    ['a suspended user', 'sam@nordwind.example', '127.0.0.1'],
    ['outside of the window', 'wendy@nordwind.example', '127.0.0.1'],
    ['outside of the network', 'nora@nordwind.example', '127.0.0.1'],
  ])('does not open for %s', async (_who, email, address) => {
    expect(await office.signIn(email, PASSWORD, address)).toBe('')
  })

  test('stops answering from another network', async () => {
    const cookie = await office.signIn('nora@nordwind.example', PASSWORD, '10.1.2.3')
    expect((await me({ cookie }, '10.1.2.3')).statusCode).toBe(200)
    expect((await me({ cookie }, '192.0.2.1')).statusCode).toBe(401)
  })

  test('stops answering when the window closes', async () => {
    office.lead = 2 * 24 * 3_600_000
    const cookie = await office.signIn('wendy@nordwind.example')
    expect((await me({ cookie })).statusCode).toBe(200)
    office.lead = 0
    expect((await me({ cookie })).statusCode).toBe(401)
  })

  test('stops answering with the very request after the user is suspended, and a key with it', async () => {
    const cookie = await office.signIn('anna@nordwind.example')
    const policy = nordwindPolicy()
    const anna = { ...policy.users?.anna, status: 'suspended' as const }
    await office.apply('nordwind', { ...policy, users: { ...policy.users, anna } })
    expect((await me({ cookie })).statusCode).toBe(401)
    expect((await me(bearer(office.keyOf('anna')))).statusCode).toBe(401)
    await office.apply('nordwind', policy)
    expect((await me({ cookie })).statusCode).toBe(200)
  })

  test('changes its organization to one of the person’s own', async () => {
    const cookie = await office.signIn('ada@nordwind.example')
    const switchTo = (organization: string) =>
      network.inject({
        method: 'POST',
        url: '/api/v1/me/organization',
        headers: asPage(cookie),
        body: { organization },
      })
    expect((await me({ cookie })).json().organizations).toHaveLength(2)
    expect((await switchTo('sudwind')).statusCode).toBe(200)
    expect((await me({ cookie })).json().organization.slug).toBe('sudwind')
    const elsewhere = await switchTo('westwind')
    expect(elsewhere.statusCode).toBe(404)
  })

  test('does not reach an organization that the person is no user of', async () => {
    const cookie = await office.signIn('anna@nordwind.example')
    const headers = asPage(cookie)
    const to = (organization: string) =>
      network.inject({ method: 'POST', url: '/api/v1/me/organization', headers, body: { organization } })
    expect((await to('sudwind')).payload).toBe((await to('nowhere')).payload)
    expect((await me({ cookie })).json().organization.slug).toBe('nordwind')
  })

  test('others of the person end when he changes his password', async () => {
    const [one, other] = [await office.signIn('olli@nordwind.example'), await office.signIn('olli@nordwind.example')]
    const change = (currentPassword: string) =>
      network.inject({
        method: 'POST',
        url: '/api/auth/change-password',
        headers: asPage(one),
        body: { currentPassword, newPassword: 'another good one' },
      })
    expect((await change('wrong')).statusCode).toBe(422)
    expect((await change(PASSWORD)).statusCode).toBe(200)
    expect((await me({ cookie: one })).statusCode).toBe(200)
    expect((await me({ cookie: other })).statusCode).toBe(401)
    expect(await office.signIn('olli@nordwind.example')).toBe('')
    expect(await office.signIn('olli@nordwind.example', 'another good one')).not.toBe('')
  })
})

describe('nobody', () => {
  test.each(['/api/auth/sign-up/email', '/api/auth/get-session', '/api/auth/update-user', '/api/auth/list-sessions'])(
    'reaches %s',
    async (url) => {
      const body = { email: 'eve@nordwind.example', password: PASSWORD, name: 'Eve' }
      expect((await network.inject({ method: 'POST', url, body })).statusCode).toBe(404)
    },
  )
})

describe('the anti-forgery check', () => {
  const attempts: [string, Record<string, string>, number][] = [
    [
      'from our page',
      { 'x-bailiwick-request': '1', origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' },
      200,
    ],
    ['from a program', { 'x-bailiwick-request': '1' }, 200],
    ['without the header', {}, 403],
    ['from another origin', { 'x-bailiwick-request': '1', origin: 'http://evil.example' }, 403],
    ['from a sandboxed page', { 'x-bailiwick-request': '1', origin: 'null' }, 403],
    ['from another site', { 'x-bailiwick-request': '1', 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sister site', { 'x-bailiwick-request': '1', 'sec-fetch-site': 'same-site' }, 403],
  ]
  test.each(attempts)('an unsafe request with a cookie %s', async (_from, headers, status) => {
    const cookie = await office.signIn('anna@nordwind.example')
    const request = { method: 'POST', headers: { cookie, host: 'localhost:80', ...headers } } as const
    const body = { organization: 'nordwind' }
    const answer = await network.inject({ ...request, url: '/api/v1/me/organization', body })
    expect(answer.statusCode).toBe(status)
    const records = await network.inject({ ...request, url: '/api/v1/records/accounts', body: { name: 'Acme' } })
    expect(records.statusCode).toBe(status === 200 ? 201 : 403)
  })

  test('keeps other sites from signing somebody in as another', async () => {
    const body = { email: 'anna@nordwind.example', password: PASSWORD }
    const headers = { origin: 'http://evil.example', host: 'localhost:80' }
    const answer = await network.inject({ method: 'POST', url: '/api/auth/sign-in/email', body, headers })
    expect(answer.statusCode).toBe(403)
  })
})

test('guessing at a password ends with 429 for that name from that address alone', async () => {
  const guess = (remoteAddress: string) =>
    network.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      body: { email: 'guessed@nordwind.example', password: 'wrong' },
      remoteAddress,
    })
  for (let tries = 0; tries < 10; tries++) expect((await guess('192.0.2.9')).statusCode).toBe(401)
  const refused = await guess('192.0.2.9')
  expect(refused.statusCode).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await guess('192.0.2.10')).statusCode).toBe(401)
})
