import Type from 'typebox'
import { afterAll, describe, expect, test } from 'vitest'
import { build, echo, expectProblem, troubles } from './rooms-fixture.ts'

interface Case {
  readonly title: string
  readonly method?: 'GET' | 'POST' | 'OPTIONS' | 'HEAD' | 'DELETE'
  readonly url: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly status: number
  readonly contains?: readonly string[]
  readonly absent?: readonly string[]
}

const JSON_TYPE = { 'content-type': 'application/json' }
const DEEP = '['.repeat(10_000) + ']'.repeat(10_000)

const CASES: readonly Case[] = [
  {
    title: 'good input',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":"Acme"}',
    status: 200,
    contains: ['Acme'],
  },
  {
    title: 'a missing member',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{}',
    status: 422,
    contains: ['"path":"/name"', 'required'],
  },
  {
    title: 'a member too many',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":"a","owner~/":1}',
    status: 422,
    contains: ['"path":"/owner~0~1"'],
  },
  {
    title: 'a member too long',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: `{"name":"${'a'.repeat(30)}"}`,
    status: 422,
    contains: ['"path":"/name"'],
    absent: ['aaaa'],
  },
  { title: 'no body', method: 'POST', url: '/echo', headers: JSON_TYPE, body: '', status: 422 },
  {
    title: 'broken JSON',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":',
    status: 400,
    absent: ['position', 'stack'],
  },
  {
    title: 'JSON that sets a prototype',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":"a","__proto__":{"admin":true}}',
    status: 400,
  },
  {
    title: 'JSON that sets a prototype through the constructor',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":"a","constructor":{"prototype":{"admin":true}}}',
    status: 400,
  },
  {
    title: 'JSON nested beyond reason',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: DEEP,
    status: 400,
    contains: ['deeper'],
  },
  {
    title: 'the NUL character in a body',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":"a\\u0000"}',
    status: 422,
    contains: ['"path":"/name"'],
  },
  {
    title: 'half a character in a body',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":"\\ud83d"}',
    status: 422,
    contains: ['"path":"/name"'],
  },
  {
    title: 'a whole character beyond the basic plane',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: '{"name":"\\ud83d\\ude00"}',
    status: 200,
    contains: ['😀'],
  },
  {
    title: 'a body too large',
    method: 'POST',
    url: '/echo',
    headers: JSON_TYPE,
    body: `{"name":"${'a'.repeat(1_100_000)}"}`,
    status: 413,
  },
  {
    title: 'another content type',
    method: 'POST',
    url: '/echo',
    headers: { 'content-type': 'text/xml' },
    body: '<a/>',
    status: 415,
  },
  {
    title: 'another content type where 400 is asked for',
    method: 'POST',
    url: '/strict',
    headers: { 'content-type': 'text/xml' },
    body: '<a/>',
    status: 400,
  },
  {
    title: 'a query out of bounds',
    method: 'POST',
    url: '/echo?limit=0',
    headers: JSON_TYPE,
    body: '{"name":"a"}',
    status: 422,
    contains: ['"path":"/limit"'],
  },
  {
    title: 'a query given twice',
    method: 'POST',
    url: '/echo?limit=1&limit=2',
    headers: JSON_TYPE,
    body: '{"name":"a"}',
    status: 422,
  },
  {
    title: 'the NUL character in a query',
    method: 'POST',
    url: '/echo?limit=%00',
    headers: JSON_TYPE,
    body: '{"name":"a"}',
    status: 422,
  },
  { title: 'the NUL character in an address', url: '/hidden/a%00b', status: 404 },
  { title: 'an address that cannot be decoded', url: '/hidden/%zz', status: 404 },
  { title: 'an address beyond the limit', url: `/hidden/${'a'.repeat(400)}`, status: 404 },
  { title: 'an address that is not there', url: '/nowhere?secret=yes', status: 404, absent: ['nowhere', 'secret'] },
  { title: 'a method that is not there', method: 'DELETE', url: '/echo', status: 404 },
  { title: 'OPTIONS', method: 'OPTIONS', url: '/echo', status: 404 },
  { title: 'a fault of ours', url: '/fault', status: 500, absent: ['hunter2', 'at '] },
  { title: 'a fault in the database', url: '/database-fault', status: 500, absent: ['Acme', 'duplicate'] },
  { title: 'a database that is away', url: '/database-away', status: 503, absent: ['ECONNREFUSED'] },
  { title: 'a database whose connections are all in use', url: '/database-busy', status: 503 },
  { title: 'nobody let in', url: '/mine', status: 401 },
  {
    title: 'more than the schema says',
    url: '/more-than-declared',
    status: 200,
    contains: ['yes'],
    absent: ['secret', 'Salary'],
  },
  {
    title: 'the description',
    url: '/api/openapi.json',
    status: 200,
    contains: ['"openapi":"3.1.0"', '"/echo"', 'application/problem+json'],
  },
  { title: 'the page', url: '/api/docs/', status: 200, contains: ['/api/openapi.json'] },
  { title: 'the page without its slash', url: '/api/docs', status: 301 },
  { title: 'the page’s script', url: '/api/docs/js/scalar.js', status: 200, contains: ['function'] },
  { title: 'nothing beneath the page', url: '/api/docs/nowhere', status: 404 },
  { title: 'nothing beside the page', url: '/api/docsnowhere', status: 404 },
]

describe('every answer has one of two shapes: what the route declares, or a problem', () => {
  const app = build([echo, troubles])
  afterAll(() => app.close())

  test.each(CASES)('$title → $status', async (the) => {
    const answer = await app.inject({
      method: the.method ?? 'GET',
      url: the.url,
      ...(the.headers && { headers: the.headers }),
      ...(the.body !== undefined && { payload: the.body }),
    })
    expect(answer.statusCode).toBe(the.status)
    for (const text of the.contains ?? []) expect(answer.payload).toContain(text)
    for (const text of the.absent ?? []) expect(answer.payload).not.toContain(text)
    if (the.status >= 400) expectProblem(answer, the.status)
  })

  test('what is hidden and what is nowhere answer alike', async () => {
    const hidden = await app.inject('/hidden/1')
    const nowhere = await app.inject('/hidden')
    expect(hidden.payload).toBe(nowhere.payload)
  })

  test('401 says how to sign in, 503 when to come back', async () => {
    expect((await app.inject('/mine')).headers['www-authenticate']).toContain('Bearer')
    expect((await app.inject('/database-away')).headers['retry-after']).toMatch(/^\d+$/)
  })

  test('HEAD answers as GET without a body', async () => {
    const answer = await app.inject({ method: 'HEAD', url: '/more-than-declared' })
    expect([answer.statusCode, answer.payload]).toEqual([200, ''])
  })

  test('a strict content security policy goes with every answer', async () => {
    const { headers } = await app.inject('/more-than-declared')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('what tells a browser how to treat a page goes with what may be one alone', async () => {
    const [data, other] = [await app.inject('/more-than-declared'), await app.inject('/no-such-page')]
    const told = [data, other].map(({ headers }) => [headers['cross-origin-opener-policy'], headers['x-frame-options']])
    expect(told).toEqual([
      [undefined, 'DENY'],
      ['same-origin', 'DENY'],
    ])
  })
})

test('a route that does not declare what leaves it cannot be registered', async () => {
  const app = build([(inner) => void inner.get('/open', () => ({ anything: true }))])
  await expect(app.ready()).rejects.toThrow('GET /open does not declare what leaves it')
})

test('a route that declares its failures alone cannot be registered either', async () => {
  const response = { 404: Type.Object({}) }
  const app = build([(inner) => void inner.get('/open', { schema: { response } }, () => ({}))])
  await expect(app.ready()).rejects.toThrow('does not declare what leaves it')
})
