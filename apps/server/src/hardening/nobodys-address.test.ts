import { expect, test } from 'vitest'
import { entriesWritten } from '../identity/note-entries.ts'
import { laySiege } from './siege.ts'

const siege = await laySiege()

/** What the log says of an attempt to sign in, line by line. */
async function loggedOf(email: string): Promise<readonly Record<string, unknown>[]> {
  siege.takeLog()
  const body = { email, password: 'wrong horse battery' }
  const request = { method: 'POST', url: '/api/auth/sign-in/email', body, remoteAddress: '192.0.2.7' } as const
  expect((await siege.network.inject(request)).statusCode).toBe(401)
  await entriesWritten()
  const log = siege.takeLog()
  expect(log).not.toMatch(/elsewhere|horse/)
  return log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

test('a failed sign-in with an address that is nobody’s is in the log, with where it came from and without the address', async () => {
  const lines = await loggedOf('somebody@elsewhere.example')
  expect(lines).toMatchObject([{ msg: 'a sign-in failed with an address that is nobody’s', req: { ip: '192.0.2.7' } }])
})

test('one with the address of somebody is in the audit of his organization, and not there', async () => {
  expect(await loggedOf('anna@nordwind.example')).toEqual([])
})
