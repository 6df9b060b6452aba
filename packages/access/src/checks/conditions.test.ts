import { describe, expect, test } from 'vitest'
import { checkDocument } from '../check-document.ts'
import type { Case } from './nordwind.test-data.ts'
import { catalogue, changed, outcomeOf } from './nordwind.test-data.ts'

const SHARING = '/sharingRules/big-deals'

/** A condition on deals, and the problem that it has. */
function when(title: string, condition: unknown, path: string, message: string): Case {
  return [`a condition ${title}`, { [`${SHARING}/when`]: condition }, `${SHARING}/when${path}`, message]
}

const conditions: Case[] = [
  when('that is a text', 'amount > 3', '', 'is not a condition'),
  when('that is nothing', null, '', '`null` is not a condition'),
  when('without field', { op: 'eq', value: 1 }, '', '`field` is missing'),
  when('without operator', { field: 'amount', value: 1 }, '', '`op` is missing'),
  when('without value', { field: 'amount', op: 'eq' }, '', 'has no `value`'),
  when('with two branches', { all: [], any: [] }, '/any', 'no property `any` beside `all`'),
  when('with a branch and a field', { not: { all: [] }, field: 'name' }, '/field', 'no property `field`'),
  when('whose branch is no list', { all: { field: 'amount', op: 'eq', value: 1 } }, '/all', 'is not a list'),
  when('whose not is a list', { not: [] }, '/not', 'is not a condition'),
  when('with one wrong part of three', { any: [{ all: [] }, 7, { all: [] }] }, '/any/1', '`7` is not a condition'),
  when('on a field that is not there', { field: 'amout', op: 'eq', value: 1 }, '/field', 'no field of `deals` `amout`'),
  when('on a field that every object has', { field: 'constructor', op: 'isEmpty' }, '/field', 'no field of `deals`'),
  when('on a field that is a number', { field: 5, op: 'isEmpty' }, '/field', 'not the key of a field'),
  when('by an operator that there is not', { field: 'amount', op: '=', value: 1 }, '/op', '`=` is not an operator'),
  when(
    'by an operator for text',
    { field: 'amount', op: 'contains', value: 1 },
    '/op',
    'does not go with a money field',
  ),
  when('by an order of options', { field: 'stage', op: 'gt', value: 'Open' }, '/op', 'does not go with a choice field'),
  when('by equality of choices', { field: 'tags', op: 'eq', value: 'new' }, '/op', 'does not go with a choices field'),
  when('by the order of truths', { field: 'signed', op: 'lt', value: true }, '/op', 'does not go with a boolean field'),
  when('on what a file holds', { field: 'contract', op: 'eq', value: 'x.pdf' }, '/op', 'does not go with a file field'),
  when('that compares emptiness', { field: 'amount', op: 'isEmpty', value: true }, '/value', 'compares with nothing'),
  when('that looks for one value in it', { field: 'stage', op: 'in', value: 'Won' }, '/value', 'compares with a list'),
  when(
    'that looks for an attribute in it',
    { field: 'stage', op: 'in', value: { user: 'region' } },
    '/value',
    'compares with a list',
  ),
  when('that equals a list', { field: 'stage', op: 'eq', value: ['Won'] }, '/value', 'not a value of a choice field'),
  when('on money as text', { field: 'amount', op: 'gte', value: '100' }, '/value', 'not a value of a money field'),
  when('on half an item', { field: 'items', op: 'eq', value: 1.5 }, '/value', 'not a value of an integer field'),
  when('on text as number', { field: 'name', op: 'eq', value: 5 }, '/value', 'not a value of a text field'),
  when('on text with NUL', { field: 'name', op: 'eq', value: 'a\u0000' }, '/value', 'not a value of a text field'),
  when('on truth as text', { field: 'signed', op: 'eq', value: 'true' }, '/value', 'not a value of a boolean field'),
  when(
    'on a day that there is not',
    { field: 'closesOn', op: 'lt', value: '2025-02-29' },
    '/value',
    'not a value of a date field',
  ),
  when(
    'on a day as an instant',
    { field: 'closesOn', op: 'lt', value: '2025-02-28T00:00:00Z' },
    '/value',
    'date field',
  ),
  when(
    'on an hour that there is not',
    { field: 'wonAt', op: 'lt', value: '2025-02-28T24:01:00Z' },
    '/value',
    'dateTime field',
  ),
  when(
    'on an option that there is not',
    { field: 'stage', op: 'in', value: ['Won', 'won'] },
    '/value/1',
    'no option `won`',
  ),
  when(
    'on a choice that there is not',
    { field: 'tags', op: 'contains', value: 'newer' },
    '/value',
    'no option `newer`',
  ),
  when(
    'on a record that is no id',
    { field: 'account', op: 'eq', value: "x'; drop table r_deals --" },
    '/value',
    'lookup field',
  ),
  when('on a user who is not there', { field: 'engineer', op: 'eq', value: 'user:eva' }, '/value', 'no user `eva`'),
  when('on a team as a user', { field: 'createdBy', op: 'eq', value: 'team:support' }, '/value', 'user field'),
  when(
    'on an owning team that is not there',
    { field: 'owner', op: 'ne', value: 'team:suport' },
    '/value',
    'no team `suport`',
  ),
  when(
    'on an amount from today',
    { field: 'amount', op: 'lt', value: { today: 1 } },
    '/value',
    'cannot be compared with today',
  ),
  when(
    'on half a day from today',
    { field: 'closesOn', op: 'lt', value: { today: 0.5 } },
    '/value/today',
    'not a number of days',
  ),
  when(
    'on a day too far',
    { field: 'closesOn', op: 'lt', value: { today: 1e9 } },
    '/value/today',
    'not a number of days',
  ),
  when('on neither attribute nor day', { field: 'closesOn', op: 'lt', value: { day: 1 } }, '/value', 'not a value'),
  when(
    'on attribute and day',
    { field: 'closesOn', op: 'lt', value: { today: 1, user: 'since' } },
    '/value',
    'not a value',
  ),
  when(
    'on an attribute that is no key',
    { field: 'name', op: 'eq', value: { user: 'a b' } },
    '/value/user',
    'not the key',
  ),
  when(
    'on money and a text attribute',
    { field: 'amount', op: 'lt', value: { user: 'region' } },
    '/value',
    'attribute `region` of the user `anna`',
  ),
  when(
    'on a day and a number attribute',
    { field: 'closesOn', op: 'lt', value: { user: 'limit' } },
    '/value',
    'attribute `limit`',
  ),
  when('on a number and the user', { field: 'items', op: 'eq', value: { user: 'id' } }, '/value', 'never a user’s id'),
  when(
    'on a user and the role',
    { field: 'engineer', op: 'eq', value: { user: 'role' } },
    '/value',
    'never a user’s role',
  ),
]

describe('conditions', () => {
  test.each(conditions)('%s is refused', (_title, changes, path, message) => {
    const oneProblem = { paths: [path], message: expect.stringContaining(message), isCured: true, document: undefined }
    expect(outcomeOf(changes)).toEqual(oneProblem)
  })

  test.each([
    { field: 'id', op: 'startsWith', value: '0' },
    { field: 'owner', op: 'eq', value: 'anna' },
    { field: 'owner', op: 'in', value: ['user:anna', 'team:support'] },
    { field: 'owner', op: 'eq', value: { user: 'id' } },
    { field: 'createdBy', op: 'ne', value: { user: 'id' } },
    { field: 'confidential', op: 'eq', value: true },
    { field: 'version', op: 'gt', value: 1 },
    { field: 'externalId', op: 'contains', value: 'X-' },
    { field: 'createdAt', op: 'gte', value: '2026-01-01' },
    { field: 'wonAt', op: 'gte', value: '2026-01-01T08:00+02:00' },
    { field: 'wonAt', op: 'lt', value: { today: 0 } },
    { field: 'closesOn', op: 'gte', value: { user: 'since' } },
    { field: 'amount', op: 'gt', value: -0.5 },
    { field: 'account', op: 'notIn', value: ['0193e2a4-7c11-7000-8000-00000000000a'] },
    { field: 'tags', op: 'contains', value: { user: 'region' } },
    { field: 'name', op: 'eq', value: { user: 'role' } },
    { field: 'name', op: 'eq', value: { user: 'nickname' } },
    { field: 'contract', op: 'isNotEmpty' },
    { all: [] },
  ])('%j is a condition on deals', (condition) => {
    expect(checkDocument(changed({ [`${SHARING}/when`]: condition }), { catalogue }).problems).toEqual([])
  })

  test.each([
    [{ all: [], any: [] }, /list: \{ all:/],
    [{ all: [], al: [] }, /Did you mean `all`\?/],
    [{ feild: 'name', op: 'isEmpty' }, /Did you mean `field`\?/],
  ])('%j is told what would be right', (condition, cure) => {
    const { problems } = checkDocument(changed({ [`${SHARING}/when`]: condition }), { catalogue })
    expect(problems[0]?.cure).toMatch(cure)
  })

  test('are judged by their shape alone where the module is not there', () => {
    const rule = {
      module: 'dels',
      with: ['everyone'],
      level: 'read',
      when: {
        all: [
          { field: 'x', op: 'eq', value: {} },
          { field: 'y', op: 'lt', value: 1 },
        ],
      },
    }
    const paths = checkDocument(changed({ [SHARING]: rule }), { catalogue }).problems.map((problem) => problem.path)
    expect(paths).toEqual([`${SHARING}/module`, `${SHARING}/when/all/0/value`])
  })
})
