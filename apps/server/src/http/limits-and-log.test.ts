import { expect, test } from 'vitest'
import { DEFAULT_RATE_LIMITS } from './protection.ts'
import { build, echo, expectProblem, troubles } from './rooms-fixture.ts'

test('too many requests from one address: 429 with the time to come back, for that address only', async () => {
  const app = build([troubles], { ...DEFAULT_RATE_LIMITS, perAddress: 3 })
  const ask = (remoteAddress: string) => app.inject({ url: '/more-than-declared', remoteAddress })
  const first = [await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.1')]
  expect(first.map((answer) => answer.statusCode)).toEqual([200, 200, 200])
  const refused = await ask('192.0.2.1')
  expectProblem(refused, 429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('192.0.2.2')).statusCode).toBe(200)
  await app.close()
})

test('neither secrets nor values reach the log', async () => {
  const lines: string[] = []
  const app = build([echo, troubles], DEFAULT_RATE_LIMITS, lines)
  const headers = { authorization: 'Bearer bw_secret', cookie: 'session=secret' }
  await app.inject({ url: '/database-fault?filter=Acme', headers })
  await app.inject({ url: '/more-than-declared?q=Acme', headers })
  app.log.info({ password: 'hunter2', headers }, 'careless')
  await app.close()
  const written = lines.join('')
  expect(written).toContain('/database-fault')
  expect(written).toContain('23505')
  for (const secret of ['Acme', 'bw_secret', 'session=secret', 'hunter2', 'Salary'])
    expect(written).not.toContain(secret)
})
