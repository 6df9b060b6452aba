import { describe, expect, test } from 'vitest'
import { checkDocument } from '../check-document.ts'
import type { Case } from './nordwind.test-data.ts'
import { catalogue, changed, outcomeOf } from './nordwind.test-data.ts'

const SITES = '/modules/sites'
const FIELDS = '/modules/sites/fields'

/** One more field for the customer's own module, and the problem that it has. */
function field(title: string, definition: object, path: string, message: string): Case {
  return [title, { [`${FIELDS}/extra`]: definition }, `${FIELDS}/extra${path}`, message]
}

const cases: Case[] = [
  field('without a type', {}, '', '`type` is missing'),
  field('of a type that there is not', { type: 'string' }, '/type', '`string` is not a value'),
  field('with a property that there is not', { type: 'text', requird: true }, '/requird', 'no property'),
  field('with a sensitivity that there is not', { type: 'text', sensitivity: 'high' }, '/sensitivity', '`high`'),
  field('with a mask that there is not', { type: 'text', mask: 'stars' }, '/mask', '`stars`'),
  field('a choice without options', { type: 'choice' }, '', 'needs `options`'),
  field('choices of nothing', { type: 'choices', options: [] }, '/options', 'nothing to choose from'),
  field(
    'a choice with an option twice',
    { type: 'choice', options: ['A', 'b', 'a'] },
    '/options/2',
    '`a` is the same as `A`',
  ),
  field(
    'a choice with an option without value',
    { type: 'choice', options: ['a', { name: 'B' }] },
    '/options/1',
    '`value` is missing',
  ),
  field('a text with options', { type: 'text', options: ['a'] }, '/options', 'has no options'),
  field('a lookup into nowhere', { type: 'lookup' }, '', 'needs `module`'),
  field(
    'a lookup into a module that is not there',
    { type: 'lookup', module: 'sitez' },
    '/module',
    'no module `sitez`',
  ),
  field('a text into a module', { type: 'text', module: 'sites' }, '/module', 'points into no module'),
  field('a masked date', { type: 'date', mask: 'full' }, '/mask', 'cannot be masked'),
  field('an encrypted number', { type: 'number', encrypted: true }, '/encrypted', 'cannot be encrypted'),
  field('a unique long text', { type: 'longText', unique: true }, '/unique', 'cannot be unique'),
  field('a unique truth', { type: 'boolean', unique: true }, '/unique', 'cannot be unique'),
  field('unique choices', { type: 'choices', options: ['a'], unique: true }, '/unique', 'cannot be unique'),
  field('a required file', { type: 'file', required: true }, '/required', 'never holds a value'),
  field('a second title', { type: 'text', title: true }, '/title', '`name` is the title already'),
  field('a default of another type', { type: 'integer', default: 1.5 }, '/default', 'not a value of an integer field'),
  field('a default that is no option', { type: 'choice', options: ['a'], default: 'b' }, '/default', 'no option `b`'),
  field(
    'a default among choices that is no option',
    { type: 'choices', options: ['a'], default: ['a', 'c'] },
    '/default/1',
    'no option `c`',
  ),
  field(
    'a default of choices that is no list',
    { type: 'choices', options: ['a'], default: 'a' },
    '/default',
    'not a list',
  ),
  field('a default on 30 February', { type: 'date', default: '2026-02-30' }, '/default', 'not a value of a date field'),
  field(
    'a default instant without offset',
    { type: 'dateTime', default: '2026-02-03T10:00:00' },
    '/default',
    'dateTime',
  ),
  field('a default of too much money', { type: 'money', default: 1e15 }, '/default', 'not a value of a money field'),
  field('a default of a fraction of a cent’s cent', { type: 'money', default: 0.00001 }, '/default', 'money'),
  field('a default user who is not there', { type: 'user', default: 'user:eva' }, '/default', 'no user `eva`'),
  field(
    'a default team for a user',
    { type: 'user', default: 'team:support' },
    '/default',
    'not a value of a user field',
  ),
  field(
    'a default of a record that is no id',
    { type: 'lookup', module: 'accounts', default: 'acme' },
    '/default',
    'lookup',
  ),
  field(
    'a default of a record',
    { type: 'lookup', module: 'accounts', default: '018f0000-0000-7000-8000-000000000000' },
    '/default',
    'has no default',
  ),
  field('a default without an @', { type: 'email', default: 'bad' }, '/default', 'not a value of an email field'),
  field(
    'a default that runs',
    { type: 'url', default: 'javascript:alert(1)' },
    '/default',
    'not a value of a url field',
  ),
  field('a default that is too long', { type: 'text', default: 'x'.repeat(501) }, '/default', 'of a text field'),
  field('a default of more money than is kept', { type: 'money', default: 1e14 }, '/default', 'of a money field'),
  field('a default number without bounds', { type: 'number', default: 1e101 }, '/default', 'of a number field'),
  field(
    'a default of too many choices',
    { type: 'choices', options: ['a'], default: Array(201).fill('a') },
    '/default',
    'not a value of a choices field',
  ),
  field(
    'a default for a unique field',
    { type: 'text', unique: true, default: 'x' },
    '/default',
    'unique field has no default',
  ),
  field('a default for a number that is given', { type: 'autoNumber', default: '1' }, '/default', 'has no default'),
  ['a title that cannot be one', { [`${FIELDS}/name/type`]: 'boolean' }, `${FIELDS}/name/title`, 'cannot be the title'],
  [
    'an encrypted title',
    { [`${FIELDS}/name/encrypted`]: true },
    `${FIELDS}/name/encrypted`,
    'title cannot be encrypted',
  ],
  ['no title', { [`${FIELDS}/name/title`]: undefined }, FIELDS, 'No field is the title'],
  ['a module without fields', { '/modules/empty': {} }, '/modules/empty/fields', 'No field is the title'],
  ['a reserved field', { [`${FIELDS}/access`]: { type: 'text' } }, `${FIELDS}/access`, 'is taken'],
  ['a system field', { [`${FIELDS}/owner`]: { type: 'user' } }, `${FIELDS}/owner`, 'is taken'],
  ['an externalId of one’s own', { [`${FIELDS}/externalId`]: { type: 'text' } }, `${FIELDS}/externalId`, 'is taken'],
  [
    'fields that differ by case',
    { [`${FIELDS}/Opened`]: { type: 'date' } },
    `${FIELDS}/Opened`,
    'differ by case alone',
  ],
  [
    'modules that differ by case',
    { '/modules/Sites': { fields: { name: { type: 'text', title: true } } } },
    '/modules/Sites',
    'differ by case alone',
  ],
  [
    'a built-in module’s name in another case',
    { '/modules/Deals': { fields: { name: { type: 'text', title: true } } } },
    '/modules/Deals',
    'built-in module by case alone',
  ],
  [
    'a module called module',
    { '/modules/module': { fields: { name: { type: 'text', title: true } } } },
    '/modules/module',
    'taken by the interface',
  ],
  [
    'a built-in field of another type',
    { '/modules/accounts/fields/taxNumber': { type: 'integer' } },
    '/modules/accounts/fields/taxNumber/type',
    'is of type text',
  ],
  [
    'a built-in field made less sensitive',
    { '/modules/accounts/fields/bankAccount/sensitivity': 'internal' },
    '/modules/accounts/fields/bankAccount/sensitivity',
    'cannot be less sensitive',
  ],
  [
    'a built-in field decrypted',
    { '/modules/accounts/fields/bankAccount/encrypted': false },
    '/modules/accounts/fields/bankAccount/encrypted',
    'cannot be taken from it',
  ],
  [
    'a built-in title taken away',
    { '/modules/accounts/fields/name': { type: 'text', title: false } },
    '/modules/accounts/fields/name/title',
    'cannot be taken from it',
  ],
  [
    'a built-in title doubled',
    { '/modules/accounts/fields/alias': { type: 'text', title: true } },
    '/modules/accounts/fields/alias/title',
    '`name` is the title already',
  ],
  [
    'a built-in lookup turned elsewhere',
    { '/modules/contacts/fields': { account: { type: 'lookup', module: 'deals' } } },
    '/modules/contacts/fields/account/module',
    'points into `accounts`',
  ],
  [
    'a built-in field that differs by case',
    { '/modules/accounts/fields/TaxNumber': { type: 'text' } },
    '/modules/accounts/fields/TaxNumber',
    'built-in field by case alone',
  ],
  ['a parent that is not there', { [`${SITES}/parent`]: 'acount' }, `${SITES}/parent`, 'no field of `sites` `acount`'],
  ['a parent that is no lookup', { [`${SITES}/parent`]: 'opened' }, `${SITES}/parent`, 'is not a lookup'],
  [
    'a parent in its own module',
    { '/modules/accounts/parent': 'parentAccount' },
    '/modules/accounts/parent',
    'accounts → accounts',
  ],
]

describe('modules and fields', () => {
  test.each(cases)('a field or module is refused: %s', (_title, changes, path, message) => {
    const oneProblem = { paths: [path], message: expect.stringContaining(message), isCured: true, document: undefined }
    expect(outcomeOf(changes)).toEqual(oneProblem)
  })

  test('a circle of parents is found through the built-in modules', () => {
    const parents: typeof catalogue = { ...catalogue, deals: { ...catalogue.deals, parent: 'account' } }
    const changes = {
      '/modules/accounts/parent': 'mainDeal',
      '/modules/accounts/fields/mainDeal': { type: 'lookup', module: 'deals' },
      '/modules/contacts': undefined,
    }
    const { problems } = checkDocument(changed(changes), { catalogue: parents })
    expect(problems).toMatchObject([
      { path: '/modules/accounts/parent', message: expect.stringContaining('accounts → deals → accounts') },
    ])
  })

  test('a built-in field may be named, tightened, and given other options', () => {
    const { problems } = checkDocument(
      changed({
        '/modules/deals/fields/stage': {
          type: 'choice',
          name: 'Phase',
          options: ['Open', 'Won', 'Lost', 'Parked'],
          required: true,
        },
        '/modules/deals/fields/amount': { type: 'money', indexed: true, sensitivity: 'confidential' },
        '/modules/deals/fields/account': { type: 'lookup', name: 'Customer' },
      }),
      { catalogue },
    )
    expect(problems).toEqual([])
  })

  test('a module has at most so many fields', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, { type: 'text' }]))
    const { problems } = checkDocument(changed({ [FIELDS]: { name: { type: 'text', title: true }, ...many } }), {
      catalogue,
    })
    expect(problems.map((problem) => problem.path)).toEqual([FIELDS])
  })
})
