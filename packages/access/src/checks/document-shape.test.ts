import { describe, expect, test } from 'vitest'
import { checkDocument } from '../check-document.ts'
import type { Case } from './nordwind.test-data.ts'
import { catalogue, changed, nordwind, outcomeOf } from './nordwind.test-data.ts'

const cases: Case[] = [
  ['no format version', { '/bailiwick': undefined }, '', '`bailiwick` is missing'],
  ['another format version', { '/bailiwick': 2 }, '/bailiwick', '`2` is not a value'],
  ['a format version in quotes', { '/bailiwick': '1' }, '/bailiwick', '`1` is not a value'],
  ['a section that there is not', { '/rules': {} }, '/rules', 'no property `rules`'],
  ['a setting that there is not', { '/organization/hierachy': 'roles' }, '/organization/hierachy', 'no property'],
  ['a section left empty', { '/tests': null }, '/tests', '`null` is not an object'],
  ['a list instead of an object', { '/organization': [] }, '/organization', 'list is not an object'],
  ['a text instead of an object', { '/users/anna': 'Anna' }, '/users/anna', '`Anna` is not an object'],
  ['a text instead of a list', { '/users/anna/profiles': 'sales' }, '/users/anna/profiles', 'is not a list'],
  ['a number in a list of keys', { '/users/anna/profiles': [7] }, '/users/anna/profiles/0', 'not a text'],
  ['a wrong enum', { '/users/anna/status': 'retired' }, '/users/anna/status', '`retired` is not a value'],
  [
    'an unknown action',
    { '/profiles/loader/modules/accounts/actions': ['imprt'] },
    '/profiles/loader/modules/accounts/actions/0',
    'imprt',
  ],
  ['an unknown system permission', { '/profiles/sales/system': ['fly'] }, '/profiles/sales/system/0', '`fly`'],
  ['an unknown clearance', { '/profiles/sales/clearance': 'secret' }, '/profiles/sales/clearance', '`secret`'],
  [
    'an unknown field access',
    { '/profiles/sales/modules/accounts/fields/default': 'write' },
    '/profiles/sales/modules/accounts/fields/default',
    '`write`',
  ],
  ['an unknown level', { '/roles/ceo/peersGet': 'all' }, '/roles/ceo/peersGet', '`all`'],
  [
    'yes instead of true',
    { '/organization/confidentialSuperiors': 'yes' },
    '/organization/confidentialSuperiors',
    'neither true nor false',
  ],
  ['half an approval', { '/organization/approvals': 0.5 }, '/organization/approvals', 'not a whole number'],
  ['fewer approvals than none', { '/organization/approvals': -1 }, '/organization/approvals', 'not a whole number'],
  ['a key with a space', { '/roles/the boss': {} }, '/roles/the boss', 'cannot be the key of a role'],
  ['a key that begins with a digit', { '/teams/1st': {} }, '/teams/1st', 'cannot be the key of a team'],
  [
    'a key too long',
    { [`/groups/${'g'.repeat(64)}`]: {} },
    `/groups/${'g'.repeat(64)}`,
    'cannot be the key of a group',
  ],
  ['__proto__ as a key', { '/roles/__proto__': {} }, '/roles/__proto__', 'cannot be the key of a role'],
  ['constructor as a key', { '/users/constructor': {} }, '/users/constructor', 'cannot be the key of a user'],
  [
    'toString as a key of an attribute',
    { '/users/anna/attributes/toString': 1 },
    '/users/anna/attributes/toString',
    'user attribute',
  ],
  ['__proto__ as a property', { '/users/anna/__proto__': { admin: true } }, '/users/anna/__proto__', 'no property'],
  ['a reference that is no key', { '/users/anna/role': 'sales rep' }, '/users/anna/role', 'is not a key'],
  ['an empty name', { '/users/anna/name': '' }, '/users/anna/name', 'empty'],
  ['a name with NUL', { '/users/anna/name': 'An\u0000na' }, '/users/anna/name', 'cannot be kept'],
  ['a name with half a pair', { '/roles/ceo/name': '\ud83d' }, '/roles/ceo/name', 'cannot be kept'],
  ['a name too long', { '/roles/ceo/name': 'x'.repeat(501) }, '/roles/ceo/name', 'too long'],
  [
    'a name in a language that there is not',
    { '/roles/ceo/name': { english: 'Chief' } },
    '/roles/ceo/name/english',
    'not a language tag',
  ],
  ['a name in no language', { '/roles/ceo/name': {} }, '/roles/ceo/name', 'in no language'],
  [
    'an attribute that is a list',
    { '/users/anna/attributes/skills': ['a'] },
    '/users/anna/attributes/skills',
    'not a single value',
  ],
  [
    'an attribute that is not a number',
    { '/users/anna/attributes/size': Number.NaN },
    '/users/anna/attributes/size',
    '`NaN`',
  ],
  ['an e-mail without domain', { '/users/anna/email': 'anna' }, '/users/anna/email', 'not an e-mail address'],
  ['an e-mail with a space', { '/users/anna/email': 'an na@x.example' }, '/users/anna/email', 'not an e-mail address'],
  [
    'a place that is no time zone',
    { '/organization/timeZone': 'Europe/Helsingfors' },
    '/organization/timeZone',
    'not a time zone',
  ],
  ['an offset for a time zone', { '/organization/timeZone': '+02:00' }, '/organization/timeZone', 'not a time zone'],
  [
    'a window on no day',
    { '/profiles/sales/signIn/0/days': [] },
    '/profiles/sales/signIn/0/days',
    'nobody could use it',
  ],
  [
    'a window on a day that there is not',
    { '/profiles/sales/signIn/0/days': ['maandag'] },
    '/profiles/sales/signIn/0/days/0',
    'maandag',
  ],
  ['a window without end', { '/profiles/sales/signIn/0/to': undefined }, '/profiles/sales/signIn/0', '`to` is missing'],
  [
    'a window from 24:00',
    { '/profiles/sales/signIn/0/from': '24:00' },
    '/profiles/sales/signIn/0/from',
    'not a time of day',
  ],
  ['a window to 25:00', { '/profiles/sales/signIn/0/to': '25:00' }, '/profiles/sales/signIn/0/to', 'not a time of day'],
  [
    'a window at 7:00',
    { '/profiles/sales/signIn/0/from': '7:00' },
    '/profiles/sales/signIn/0/from',
    'not a time of day',
  ],
  ['no sign-in window', { '/profiles/sales/signIn': [] }, '/profiles/sales/signIn', 'nobody could use this profile'],
  ['no network', { '/profiles/sales/networks': [] }, '/profiles/sales/networks', 'nobody could use this profile'],
  [
    'an address for a network',
    { '/profiles/sales/networks': ['10.0.0.1'] },
    '/profiles/sales/networks/0',
    'not a network',
  ],
  [
    'a prefix too long for IPv4',
    { '/profiles/sales/networks': ['10.0.0.0/33'] },
    '/profiles/sales/networks/0',
    'not a network',
  ],
  [
    'a prefix too long for IPv6',
    { '/profiles/sales/networks': ['2001:db8::/129'] },
    '/profiles/sales/networks/0',
    'not a network',
  ],
  [
    'an octet too large',
    { '/profiles/sales/networks': ['10.256.0.0/16'] },
    '/profiles/sales/networks/0',
    'not a network',
  ],
  [
    'a network on an interface',
    { '/profiles/sales/networks': ['fe80::1%eth0/64'] },
    '/profiles/sales/networks/0',
    'not a network',
  ],
]

describe('the shape of a document', () => {
  test.each(cases)('refuses %s', (_title, changes, path, message) => {
    const oneProblem = { paths: [path], message: expect.stringContaining(message), isCured: true, document: undefined }
    expect(outcomeOf(changes)).toEqual(oneProblem)
  })
})

test('a number in quotes is to be written without them', () => {
  const { problems } = checkDocument(changed({ '/bailiwick': '1' }), { catalogue })
  expect(problems.map(({ cure }) => cure)).toEqual(['Write 1 without quotes.'])
})

describe('what is no document at all', () => {
  test.each([undefined, null, 1, 'bailiwick: 1', [], new Date(0), new Map(), 10n, Symbol('x')])(
    'refuses %s',
    (input) => {
      const { problems } = checkDocument(input, { catalogue })
      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatchObject({ path: '', message: expect.stringContaining('is not an object') })
    },
  )
})

test('__proto__ in a document changes no object', () => {
  const input: unknown = JSON.parse('{"bailiwick":1,"roles":{"__proto__":{"name":"x"}},"__proto__":{"polluted":true}}')
  const paths = checkDocument(input, { catalogue, base: nordwind }).problems.map((problem) => problem.path)
  expect(paths).toEqual(expect.arrayContaining(['/__proto__', '/roles/__proto__']))
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  expect(Object.hasOwn(Object.prototype, 'name')).toBe(false)
})
