import { describe, expect, it } from 'vitest'
import { nordwindPolicy, testOffice } from '../testing/test-office.ts'

const office = await testOffice()
const POLICY = '/api/v1/policy'
const DOCUMENT = nordwindPolicy()

type Method = 'GET' | 'PUT' | 'POST'
interface Sent {
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly yaml?: string | Buffer
  readonly json?: unknown
}

/** As Ada, who manages access, unless another of Nordwind's people asks. */
async function ask(method: Method, url: string, { as = 'admin', headers = {}, yaml, json }: Sent = {}) {
  const type = yaml === undefined ? 'application/json' : 'application/yaml'
  const body = yaml ?? (json === undefined ? undefined : JSON.stringify(json))
  return office.network.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${office.keyOf(as)}`,
      ...(body !== undefined && { 'content-type': type }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  })
}

async function currentVersion(): Promise<number> {
  return Number((await ask('GET', POLICY)).headers.etag?.toString().replaceAll('"', ''))
}

const withUser = (key: string) => ({ ...DOCUMENT, users: { ...DOCUMENT.users, [key]: { profiles: ['sales'] } } })

describe('The policy over HTTP', () => {
  it.each([
    ['GET', POLICY],
    ['PUT', POLICY],
    ['POST', `${POLICY}/plan`],
    ['POST', `${POLICY}/test`],
    ['GET', `${POLICY}/versions`],
    ['GET', `${POLICY}/versions/1`],
    ['GET', `${POLICY}/versions/1/diff/2`],
    ['POST', `${POLICY}/versions/1/restore`],
    ['GET', `${POLICY}/schema.json`],
  ] as const)('%s %s is for who manages access alone', async (method, url) => {
    const body = method === 'GET' ? {} : { json: DOCUMENT }
    const refused = await ask(method, url, { ...body, as: 'anna' })
    expect(refused.statusCode).toBe(403)
    expect(refused.payload).not.toContain('nordwind.example')
    expect((await office.network.inject({ method, url })).statusCode).toBe(401)
  })

  it('comes as JSON or as YAML, with its version', async () => {
    const json = await ask('GET', POLICY)
    expect(json.headers['content-type']).toContain('application/json')
    expect(json.json()).toMatchObject({ bailiwick: 1, users: { anna: { name: 'Anna' } } })
    const yaml = await ask('GET', POLICY, { headers: { accept: 'application/yaml' } })
    expect(yaml.headers['content-type']).toContain('application/yaml')
    expect(yaml.payload).toMatch(/^bailiwick: 1$/m)
    expect(yaml.headers.etag).toMatch(/^"\d+"$/)
  })

  it('applied as it was exported, changes nothing', async () => {
    const { payload: yaml, headers } = await ask('GET', POLICY, { headers: { accept: 'application/yaml' } })
    const applied = await ask('PUT', POLICY, { yaml, headers: { 'if-match': String(headers.etag) } })
    expect(applied.json()).toEqual({ version: await currentVersion(), changes: [] })
  })

  it('is changed, with a reason, and says what changed', async () => {
    const before = await currentVersion()
    const applied = await ask('PUT', `${POLICY}?reason=Vera%20joins`, { json: withUser('vera') })
    expect(applied.json()).toMatchObject({ version: before + 1, changes: [{ path: '/users/vera', kind: 'added' }] })
    expect(applied.headers.etag).toBe(`"${before + 1}"`)
    const { items } = (await ask('GET', `${POLICY}/versions?limit=1`)).json()
    expect(items).toMatchObject([{ number: before + 1, author: 'user:admin', reason: 'Vera joins', changes: 1 }])
  })

  it('tells the second of two who edit that the base moved, and how', async () => {
    const base = await currentVersion()
    await ask('PUT', POLICY, { json: withUser('first') })
    const second = await ask('PUT', POLICY, { json: withUser('second'), headers: { 'if-match': `"${base}"` } })
    expect(second.statusCode).toBe(412)
    expect(second.json().errors).toContainEqual({ path: '/users/first', message: 'was added since your base' })
    expect((await ask('GET', POLICY)).json().users).not.toHaveProperty('second')
  })

  it.each(['"999"', 'soon', '"0"'])('refuses If-Match: %s, which is no version', async (base) => {
    expect((await ask('PUT', POLICY, { json: DOCUMENT, headers: { 'if-match': base } })).statusCode).toBe(412)
  })

  it('tells everything that is wrong with a document, with its place', async () => {
    const json = { bailiwick: 1, users: { ...DOCUMENT.users, vera: { role: 'nothing', profiles: ['none'] } } }
    const refused = await ask('PUT', POLICY, { json })
    expect(refused.statusCode).toBe(422)
    const paths = refused.json().errors.map(({ path }: { path: string }) => path)
    expect(paths).toEqual(expect.arrayContaining(['/users/vera/role', '/users/vera/profiles/0']))
    const plan = (await ask('POST', `${POLICY}/plan`, { json })).json()
    expect(plan).toMatchObject({ applies: false, upToDate: false })
    expect(plan.errors.map(({ path }: { path: string }) => path)).toEqual(paths)
  })

  it('plans a change without making it', async () => {
    const version = await currentVersion()
    const plan = (await ask('POST', `${POLICY}/plan`, { json: withUser('planned') })).json()
    expect(plan).toMatchObject({ version, applies: true, upToDate: false, errors: [] })
    expect(plan.changes).toContainEqual(expect.objectContaining({ path: '/users/planned' }))
    expect(await currentVersion()).toBe(version)
  })

  it('runs the examples of a document, or of the policy that stands', async () => {
    const test = { as: 'user:anna', module: 'accounts', can: ['delete'] }
    const tested = (await ask('POST', `${POLICY}/test`, { json: { bailiwick: 1, tests: { deletes: test } } })).json()
    expect(tested).toMatchObject({ passed: false, tests: [{ test: 'deletes', passed: false }] })
    expect(tested.errors).toMatchObject([{ path: '/tests/deletes' }])
    expect((await ask('POST', `${POLICY}/test`)).json()).toEqual({
      passed: true,
      tests: [],
      invariants: [],
      warnings: [],
      errors: [],
    })
  })

  it('compares versions either way, and brings one back', async () => {
    const before = await currentVersion()
    await ask('PUT', POLICY, { json: withUser('passing') })
    const [there, back] = await Promise.all([
      ask('GET', `${POLICY}/versions/${before}/diff/${before + 1}`),
      ask('GET', `${POLICY}/versions/${before + 1}/diff/${before}`),
    ])
    expect(there.json().changes).toContainEqual(expect.objectContaining({ path: '/users/passing', kind: 'added' }))
    expect(back.json().changes).toContainEqual(expect.objectContaining({ path: '/users/passing', kind: 'removed' }))
    const restored = await ask('POST', `${POLICY}/versions/${before}/restore`)
    expect(restored.json().version).toBe(before + 2)
    expect((await ask('GET', POLICY)).json().users).not.toHaveProperty('passing')
    const { document, reason } = (await ask('GET', `${POLICY}/versions/${before + 2}`)).json()
    expect({ users: document.users, reason }).toMatchObject({ users: {}, reason: `Back to version ${before}` })
  })

  it.each(['999', '0', 'x', '1.5'])('knows no version %s', async (number) => {
    expect((await ask('GET', `${POLICY}/versions/${number}`)).statusCode).toBe(404)
    expect((await ask('GET', `${POLICY}/versions/1/diff/${number}`)).statusCode).toBe(404)
    expect((await ask('POST', `${POLICY}/versions/${number}/restore`)).statusCode).toBe(404)
  })

  it('pages through versions', async () => {
    const first = (await ask('GET', `${POLICY}/versions?limit=2`)).json()
    const second = (await ask('GET', `${POLICY}/versions?limit=2&before=${first.next}`)).json()
    expect(second.items[0].number).toBe(first.items[1].number - 1)
    expect((await ask('GET', `${POLICY}/versions?limit=0`)).statusCode).toBe(422)
  })

  it('publishes the schema of documents', async () => {
    expect((await ask('GET', `${POLICY}/schema.json`)).json()).toHaveProperty(['properties', 'restrictionRules'])
  })

  it('is the operator’s to change on his socket', async () => {
    const body = withUser('operated')
    const headers = { 'bailiwick-act': 'nordwind/operator' }
    const applied = await office.operator.inject({ method: 'PUT', url: POLICY, headers, body })
    expect(applied.statusCode).toBe(200)
    const { items } = (await ask('GET', `${POLICY}/versions?limit=1`)).json()
    expect(items[0].author).toBe('operator')
  })
})

describe('Hostile documents', () => {
  it.each([
    ['nests endlessly', '['.repeat(5_000)],
    ['nests deep and is whole', `a: ${'['.repeat(100)}${']'.repeat(100)}`],
    ['multiplies by anchors', anchors()],
    ['holds itself', 'a: &a [*a, *a]\nb: *a'],
    ['holds itself as a whole', '&all\nbailiwick: 1\nusers: *all'],
    ['holds a NUL', 'bailiwick: 1\norganization: { name: "a\\0b" }'],
    ['holds half a character', 'bailiwick: 1\norganization: { name: "\\uD800" }'],
    ['sets a prototype', 'bailiwick: 1\n__proto__: { users: {} }'],
    ['has a key twice', 'users: {}\nusers: {}'],
    ['is no UTF-8', Buffer.from([0x61, 0x3a, 0xff, 0xfe])],
    ['is a number', '17'],
    ['is empty', '# nothing'],
    ['is code', 'bailiwick: !!js/function "function () {}"'],
  ])('YAML that %s is refused', async (_what, yaml) => {
    const version = await currentVersion()
    const refused = await ask('PUT', POLICY, { yaml })
    expect([400, 422]).toContain(refused.statusCode)
    const planned = await ask('POST', `${POLICY}/plan`, { yaml })
    expect(planned.statusCode === 200 ? planned.json().applies : false).toBe(false)
    expect(await currentVersion()).toBe(version)
  })

  it('tells where YAML goes wrong', async () => {
    const refused = await ask('PUT', POLICY, { yaml: 'bailiwick: 1\nusers:\n  anna: {name: x\n' })
    expect(refused.json().errors[0].message).toMatch(/line \d/)
  })

  it('may be some megabytes long where its author manages access, and is not even read otherwise', async () => {
    const json = { ...DOCUMENT, organization: { ...DOCUMENT.organization, name: 'x'.repeat(2 * 1024 * 1024) } }
    expect((await ask('PUT', POLICY, { json })).statusCode).toBe(422)
    expect((await ask('PUT', POLICY, { json, as: 'anna' })).statusCode).toBe(403)
  })
})

function anchors(): string {
  const levels = 'bcdefghij'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]`)
  return ['a: &a [x]', ...levels].join('\n')
}
