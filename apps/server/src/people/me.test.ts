import { expect, test } from 'vitest'
import { testOffice } from '../testing/test-office.ts'

const office = await testOffice()

const ask = (user: string, url: string) =>
  office.network.inject({ url, headers: { authorization: `Bearer ${office.keyOf(user)}` } })

interface Case {
  readonly who: string
  readonly url: string
  readonly status: number
  readonly contains?: readonly string[]
  readonly absent?: readonly string[]
}

const CASES: readonly Case[] = [
  {
    who: 'anna',
    url: '/api/v1/me',
    status: 200,
    contains: ['"phone":"masked"', '"name":"edit"', '"actions":["create","read","update"]'],
    absent: ['taxNumber', 'contacts', 'manageAccess', 'sudwind'],
  },
  {
    who: 'admin',
    url: '/api/v1/me',
    status: 200,
    contains: ['manageAccess', '"taxNumber":"edit"', '"module":"tickets"'],
  },
  {
    who: 'anna',
    url: '/api/v1/modules',
    status: 200,
    contains: ['"module":"accounts"', '"field":"industry"', '"options":['],
    absent: ['taxNumber', '"module":"contacts"', 'tickets'],
  },
  {
    who: 'anna',
    url: '/api/v1/modules/accounts',
    status: 200,
    contains: ['"field":"phone"', '"access":"masked"'],
    absent: ['taxNumber', 'contacts'],
  },
  { who: 'anna', url: '/api/v1/modules/contacts', status: 404, absent: ['contacts'] },
  { who: 'anna', url: '/api/v1/modules/nowhere', status: 404, absent: ['nowhere'] },
  { who: 'anna', url: '/api/v1/modules/__proto__', status: 404 },
  { who: 'anna', url: '/api/v1/modules/no%20name', status: 404 },
  { who: 'admin', url: '/api/v1/modules/contacts', status: 200, contains: ['"module":"accounts"'] },
  { who: 'nobody', url: '/api/v1/modules', status: 401 },
]

test.each(CASES)('$who asks $url → $status', async ({ who, url, status, contains = [], absent = [] }) => {
  const answer = await ask(who, url)
  expect(answer.statusCode).toBe(status)
  for (const text of contains) expect(answer.payload).toContain(text)
  for (const text of absent) expect(answer.payload).not.toContain(text)
})

test('one is told the teams that one works in, and no others', async () => {
  const before = await currentDocument()
  const teams = {
    desk: { name: 'Desk', leaders: ['anna'], members: [] },
    north: { name: 'North', leaders: ['admin'], members: ['anna'] },
    south: { name: 'South', leaders: ['admin'], members: [] },
  }
  await office.apply('nordwind', { ...before, teams: { ...before.teams, ...teams } })
  const { user } = (await ask('anna', '/api/v1/me')).json()
  expect(user.teams.filter((team: string) => team in teams)).toEqual(['desk', 'north'])
  await office.apply('nordwind', { ...before, teams: before.teams ?? {} })
})

test('a module that one can’t read answers word for word as one that isn’t there', async () => {
  const hidden = await ask('anna', '/api/v1/modules/contacts')
  const nowhere = await ask('anna', '/api/v1/modules/nowhere')
  expect(hidden.payload).toBe(nowhere.payload)
})

test('a lookup into a module that one can’t read doesn’t name it', async () => {
  const { fields } = (await ask('admin', '/api/v1/modules/contacts')).json()
  expect(fields.find((field: { field: string }) => field.field === 'account')).toMatchObject({ module: 'accounts' })
  await office.apply('nordwind', {
    ...(await currentDocument()),
    profiles: { sales: { system: ['useApi'], modules: { contacts: { actions: ['read'] } } } },
    users: { admin: { name: 'Ada', profiles: ['administrator'] }, anna: { name: 'Anna', profiles: ['sales'] } },
  })
  const seen = await ask('anna', '/api/v1/modules/contacts')
  expect(seen.statusCode).toBe(200)
  expect(seen.payload).toContain('"field":"account"')
  expect(seen.payload).not.toContain('"accounts"')
})

async function currentDocument() {
  const organization = await office.parts.database.control
    .selectFrom('organizations')
    .selectAll()
    .where('slug', '=', 'nordwind')
    .executeTakeFirstOrThrow()
  return (await office.parts.policies.confirm(organization)).document
}
