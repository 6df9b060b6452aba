import fc, { type Arbitrary } from 'fast-check'
import type { DescribedRoute } from './described-routes.ts'
import { hostileBody } from './hostile-bodies.ts'
import type { HostileBody } from './hostile-body.ts'
import { hostileCondition } from './hostile-conditions.ts'
import { nastyText, nastyValue } from './hostile-values.ts'
import { FIELDS, known, knownId, MODULES, PRINCIPALS } from './known-names.ts'
import { PERSONS, type Person } from './siege.ts'
import { IDS } from './siege-records.ts'

/** One request, as it is sent. */
export interface HostileRequest {
  readonly person: Person
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: HostileBody | undefined
}

/** What earlier answers gave, to be sent back as it is and with something changed. */
export interface Learned {
  /** For the next page of a list. */
  readonly cursors: readonly string[]
  /** Ids of jobs. */
  readonly jobs: readonly string[]
}

/** Requests to one route. */
export function hostileRequest(route: DescribedRoute, { cursors, jobs }: Learned): Arbitrary<HostileRequest> {
  return fc
    .record({
      person,
      url: fc.tuple(path(route, jobs), query(route, cursors)).map(([where, what]) => where + what),
      headers: hostileHeaders,
      body: route.method === 'GET' ? fc.constant(undefined) : hostileBody(route),
    })
    .map(withoutOthersNames)
}

/** Nobody of the other organization knows what things are called here. */
function withoutOthersNames(request: HostileRequest): HostileRequest {
  const { person, body } = request
  if (person !== 'stranger' || !body?.content.includes('cnry')) return request
  return { ...request, body: { ...body, content: Buffer.from(body.content.toString().replaceAll('cnry', 'own')) } }
}

const person = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<Person>('admin', 'anna') },
  { weight: 2, arbitrary: fc.constantFrom(...PERSONS) },
)

const PATH_NAMES: Readonly<Record<string, Arbitrary<string>>> = {
  module: fc.constantFrom(...MODULES),
  id: knownId,
  fileId: knownId,
  commentId: knownId,
  number: fc.constantFrom('1', '2', '3', '999999999', '0', '01', '1.0'),
  other: fc.constantFrom('1', '2', '9'),
}

/** What stands in a path as it is: escapes that are none, or of bytes that aren't UTF-8, or of what separates paths. */
const RAW_SEGMENTS = [
  '%',
  '%zz',
  '%00',
  '%c0%af',
  '%ed%a0%80',
  '%ff',
  '..',
  '%2e%2e',
  'a%2fb',
  'a//b',
  ';a=b',
  '.',
  '%0d%0a',
  '~',
  '*',
  '%25',
  '',
]

function path({ path: template }: DescribedRoute, jobs: readonly string[]): Arbitrary<string> {
  const isOfJob = /\/(?:jobs|imports|exports|plans)\//.test(template) && jobs.length > 0
  const named = isOfJob ? { ...PATH_NAMES, id: fc.constantFrom(...jobs) } : PATH_NAMES
  const segments = template.split('/').map((segment) => {
    const name = /^\{(.*)\}$/.exec(segment)?.[1]
    return name === undefined ? fc.constant(segment) : pathSegment(named[name] ?? known)
  })
  const anywhere = fc.tuple(...segments).map((parts) => parts.join('/'))
  if (!template.includes('{module}')) return anywhere
  return fc.oneof(anywhere, { weight: 2, arbitrary: placeOfRecord.map((place) => filled(template, place)) })
}

function pathSegment(sensible: Arbitrary<string>): Arbitrary<string> {
  return fc.oneof(
    { weight: 14, arbitrary: sensible },
    { weight: 2, arbitrary: nastyText.map(escaped) },
    { weight: 1, arbitrary: fc.constantFrom(...RAW_SEGMENTS) },
  )
}

/** Modules with records that are in them. */
const placeOfRecord = fc.constantFrom(
  { module: 'things', id: IDS.thing },
  { module: 'things', id: IDS.thing },
  { module: 'things', id: IDS.otherThing },
  { module: 'things', id: IDS.hiddenThing },
  { module: 'things', id: IDS.deletedOwnThing },
  { module: 'accounts', id: IDS.account },
)

function filled(template: string, { module, id }: { readonly module: string; readonly id: string }): string {
  return template.replace('{module}', module).replace('{id}', id)
}

/** Escaped as UTF-8, halves of surrogate pairs too (which no encoder does). */
function escaped(text: string): string {
  return [...text].map((one) => (one.isWellFormed() ? encodeURIComponent(one) : '%ed%a0%80')).join('')
}

function query(route: DescribedRoute, cursors: readonly string[]): Arbitrary<string> {
  const names = route.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  const stated = names.map((name) =>
    fc.option(
      queryValue(name, cursors).map((value) => `${name}=${escaped(value)}`),
      { nil: '', freq: 1 },
    ),
  )
  return fc
    .tuple(fc.tuple(...stated), fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: odd }))
    .map(([parts, extra]) => {
      const all = [...parts, extra].filter((part) => part !== '')
      return all.length > 0 ? `?${all.join('&')}` : ''
    })
}

const odd = fc.constantFrom(
  '__proto__=1',
  'constructor[prototype][a]=1',
  'limit=1&limit=2',
  'filter[a]=b',
  'q=%ff%fe',
  'q=%',
  '%00=1',
  '&&&==&',
  'q[]=1&q[]=2',
  `q=${'a'.repeat(9_000)}`,
  'module=things',
  '#',
)

function queryValue(name: string, cursors: readonly string[]): Arbitrary<string> {
  const meant = QUERY_NAMES[name]
  const sensible = name === 'cursor' ? cursor(cursors) : (meant ?? known)
  return fc.oneof({ weight: 6, arbitrary: sensible }, { weight: 1, arbitrary: nastyText })
}

const fieldList = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FIELDS) }, { weight: 1, arbitrary: nastyText }),
  { maxLength: 4 },
)
const sort = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '-', '--', ' '),
      fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...FIELDS) }, { weight: 1, arbitrary: nastyText }),
    ),
    { maxLength: 5 },
  )
  .map((keys) => keys.map((key) => key.join('')).join(','))

const QUERY_NAMES: Readonly<Record<string, Arbitrary<string>>> = {
  filter: fc.oneof(
    { weight: 8, arbitrary: hostileCondition.map((value) => JSON.stringify(value) ?? '') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{', '[]', '"a"', '{"__proto__":{}}', `${'{"not":'.repeat(70)}1${'}'.repeat(70)}`),
    },
  ),
  sort,
  fields: fieldList.map((fields) => fields.join(',')),
  limit: fc.constantFrom('1', '2', '200', '0', '201', '-1', '1e2', ' 1', '٣', '0x1'),
  count: fc.constantFrom('none', 'capped', 'exact', 'all'),
  deleted: fc.constantFrom('true', 'false', '1'),
  before: fc.constantFrom('1', '2', '999999999', '0'),
  action: fc.constantFrom('read', 'update', 'delete', 'mass', 'create', 'export', 'none'),
  field: fc.constantFrom(...FIELDS),
  with: fc.constantFrom(...PRINCIPALS),
  kinds: fc.constantFrom('comment', 'change,activity', 'file', 'comment,change,activity,file', 'all', ','),
  inline: fc.constantFrom('true', '', 'false', '1'),
  destroy: fc.constantFrom('things', 'things.secret', 'accounts', 'cnryVault'),
}

/** A cursor that was given out, sent back as it is, or with one of its members replaced. */
function cursor(cursors: readonly string[]): Arbitrary<string> {
  if (cursors.length === 0) return nastyText
  const whole = fc.constantFrom(...cursors)
  const tampered = fc.tuple(whole, fc.nat(5), fc.oneof(nastyValue, known)).map(([text, at, value]) => {
    const members: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Buffer.from(JSON.stringify(replaced(members, at, value)) ?? '').toString('base64url')
  })
  const cutOff = fc.tuple(whole, fc.nat()).map(([text, at]) => text.slice(0, at % text.length))
  return fc.oneof(whole, { weight: 4, arbitrary: tampered }, cutOff)
}

function replaced(members: unknown, at: number, value: unknown): unknown {
  if (!Array.isArray(members)) return value
  const [name, position, id] = members
  if (at === 0) return [value, position, id]
  if (at === 1) return [name, position, value]
  if (at === 2) return [name, value, id]
  if (at === 3) return value
  return [name, [value, ...(Array.isArray(position) ? position.slice(1) : [])], id]
}

/** One header or none, mostly: each alone shows best what it does. */
const hostileHeaders: Arbitrary<Readonly<Record<string, string>>> = fc.oneof(
  { weight: 9, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...Object.entries({
        'if-match': [
          '"1"',
          '1',
          'W/"1"',
          '*',
          '"999999999"',
          '"99999999999"',
          '"1", "2"',
          '',
          'x',
          '-1',
          '"1e3"',
          '\u00ff',
        ],
        'if-none-match': ['*', '"1"'],
        'idempotency-key': ['a', 'b', 'a b', '', 'k'.repeat(255), 'k'.repeat(256), '\u00e9', '"; drop table head; --'],
        accept: ['*/*', 'text/html', 'application/yaml', 'application/xml;q=0.9', ';;;', 'x'.repeat(4_000)],
        'accept-encoding': ['gzip', 'br', '*;q=0'],
        'content-encoding': ['gzip', 'br', 'x'],
        'transfer-encoding': ['identity'],
        authorization: [
          'Bearer',
          'Bearer ',
          'Bearer x',
          'bearer bw_x_y',
          'Basic YTpi',
          'Bearer a b',
          `Bearer ${'k'.repeat(7_000)}`,
          'Bearer \u00e9',
        ],
        cookie: [
          'a=b',
          'bailiwick.session_token=',
          'bailiwick.session_token=x.y',
          'bailiwick.session_token=%ff',
          ';;;=',
          '__Secure-bailiwick.session_token=a',
        ],
        host: ['', 'evil.example', '[::1', 'a b', 'localhost:99999', 'user@evil.example', '%'],
        'x-forwarded-for': ['127.0.0.1', '10.0.0.1, 10.0.0.2', "'; drop table head; --", '::1', 'x'],
        'x-forwarded-host': ['evil.example'],
        'x-forwarded-proto': ['https', 'javascript'],
        forwarded: ['for=127.0.0.1;host=evil.example'],
        origin: ['null', 'https://evil.example', 'x', 'http://localhost'],
        'sec-fetch-site': ['cross-site', 'same-origin', 'x'],
        'x-http-method-override': ['DELETE'],
        'bailiwick-act': ['nordwind/admin', 'nordwind/operator'],
        range: ['bytes=0-1'],
        'content-length': ['0', '999999', '-1', 'x'],
        expect: ['100-continue', 'x'],
        'user-agent': ['', 'x'.repeat(5_000)],
        'request-id': ["'; drop table head; --"],
        'accept-version': ['1.0.0', 'x'],
      }).flatMap(([name, values]) => values.map((value) => ({ [name]: value }))),
    ),
  },
)
