import type { PolicyDocument } from '@bailiwick/access'
import { expect, test } from 'vitest'
import { asPage, cookieOf, nordwindPolicy, PASSWORD, testOffice } from '../testing/test-office.ts'

const office = await testOffice()

const { anna: ANNA, ...OTHERS } = nordwindPolicy().users ?? {}
type User = NonNullable<PolicyDocument['users']>[string]

/** The company without Anna, or with somebody else by her key. */
async function withAnna(anna?: User): Promise<void> {
  await office.apply('nordwind', { ...nordwindPolicy(), users: { ...OTHERS, ...(anna && { anna }) } })
}

function signIn() {
  const body = { email: 'anna@nordwind.example', password: PASSWORD }
  return office.network.inject({ method: 'POST', url: '/api/auth/sign-in/email', body })
}

async function statuses(cookie: string): Promise<number[]> {
  const byKey = { authorization: `Bearer ${office.keyOf('anna')}` }
  const headers = [byKey, asPage(cookie)]
  const answers = await Promise.all(headers.map((one) => office.network.inject({ url: '/api/v1/me', headers: one })))
  return [...answers.map(({ statusCode }) => statusCode), (await signIn()).statusCode]
}

test('a key that comes back for the same person finds its sign-ins; for another person it finds none', async () => {
  const cookie = cookieOf(await signIn())
  expect(await statuses(cookie)).toEqual([200, 200, 200])
  await withAnna()
  expect((await statuses(cookie)).map((status) => status >= 400)).toEqual([true, true, true])
  await withAnna(ANNA)
  expect(await statuses(cookie)).toEqual([200, 200, 200])
  await withAnna()
  await withAnna({ ...ANNA, name: 'Anneli', email: 'anneli@nordwind.example', profiles: ['administrator'] })
  expect((await statuses(cookie)).map((status) => status >= 400)).toEqual([true, true, true])
  const people = await office.network.inject({
    url: '/api/v1/people',
    headers: { authorization: `Bearer ${office.keyOf('admin')}` },
  })
  expect(people.json().items).toContainEqual(expect.objectContaining({ key: 'anna', name: 'Anneli', hasSignIn: false }))
  // Nor does the first one come back to them, once they were ended.
  await withAnna()
  await withAnna(ANNA)
  expect((await statuses(cookie)).map((status) => status >= 400)).toEqual([true, true, true])
})
