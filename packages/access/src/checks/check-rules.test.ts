import { describe, expect, test } from 'vitest'
import { checkDocument } from '../check-document.ts'
import type { Case } from './nordwind.test-data.ts'
import { catalogue, changed, outcomeOf } from './nordwind.test-data.ts'

const SHARING = '/sharingRules/big-deals'
const RESTRICTION = '/restrictionRules/closed'
const TEST = '/tests/anna-reads-her-own'
const INVARIANT = '/invariants/bank-accounts-stay'

const rules: Case[] = [
  ['a sharing rule without module', { [`${SHARING}/module`]: undefined }, SHARING, '`module` is missing'],
  [
    'a sharing rule for a module that is not there',
    { [`${SHARING}/module`]: 'dels' },
    `${SHARING}/module`,
    'no module `dels`',
  ],
  ['a sharing rule with nobody', { [`${SHARING}/with`]: [] }, `${SHARING}/with`, 'shares with nobody'],
  ['a sharing rule that gives nothing', { [`${SHARING}/level`]: 'none' }, `${SHARING}/level`, '`none` is not a value'],
  [
    'a sharing rule with who is not there',
    { [`${SHARING}/with/1`]: 'group:desks' },
    `${SHARING}/with/1`,
    'no group `desks`',
  ],
  [
    'a sharing rule owned by who is not there',
    { [`${SHARING}/ownedBy/0`]: 'role+:rep' },
    `${SHARING}/ownedBy/0`,
    'no role `rep`',
  ],
  ['a sharing rule owned by nobody', { [`${SHARING}/ownedBy`]: [] }, `${SHARING}/ownedBy`, 'nobody owns'],
  ['a restriction for nobody', { [`${RESTRICTION}/for`]: [] }, `${RESTRICTION}/for`, 'restricts nobody'],
  [
    'a restriction to everything',
    { [`${RESTRICTION}/level`]: 'full' },
    `${RESTRICTION}/level`,
    '`full` is not a value',
  ],
  [
    'a restriction for who is not there',
    { [`${RESTRICTION}/for/0`]: 'user:eve' },
    `${RESTRICTION}/for/0`,
    'no user `eve`',
  ],
  [
    'a restriction except who is not there',
    { [`${RESTRICTION}/except/0`]: 'role:cto' },
    `${RESTRICTION}/except/0`,
    'no role `cto`',
  ],
  [
    'an encrypted field compared',
    { [`${RESTRICTION}/module`]: 'accounts', [`${RESTRICTION}/when`]: { field: 'bankAccount', op: 'isEmpty' } },
    `${RESTRICTION}/when/field`,
    'is encrypted',
  ],
  ['a test as a role', { [`${TEST}/as`]: 'role:ceo' }, `${TEST}/as`, 'not a single user'],
  ['a test as who is not there', { [`${TEST}/as`]: 'user:ana' }, `${TEST}/as`, 'no user `ana`'],
  [
    'a test of a module that is not there',
    { [`${TEST}/module`]: 'contact', [`${TEST}/fields`]: {} },
    `${TEST}/module`,
    'no module `contact`',
  ],
  ['a test for and against', { [`${TEST}/cannot/1`]: 'read' }, `${TEST}/cannot/1`, 'asks for read and against it'],
  [
    'a test of nothing',
    { [`${TEST}/can`]: undefined, [`${TEST}/cannot`]: [], [`${TEST}/fields`]: {} },
    TEST,
    'could never fail',
  ],
  [
    'a test of a field that is not there',
    { [`${TEST}/fields/mail`]: 'edit' },
    `${TEST}/fields/mail`,
    'no field of `contacts` `mail`',
  ],
  [
    'a record with a field that is not there',
    { [`${TEST}/record/nam`]: 'Pat' },
    `${TEST}/record/nam`,
    'no field of `contacts` `nam`',
  ],
  ['a record that is a text', { [`${TEST}/record`]: 'Pat' }, `${TEST}/record`, 'is not a record'],
  ['a record owned by a role', { [`${TEST}/record/owner`]: 'role:ceo' }, `${TEST}/record/owner`, 'cannot own a record'],
  [
    'a record owned by who is not there',
    { [`${TEST}/record/owner`]: 'user:pat' },
    `${TEST}/record/owner`,
    'no user `pat`',
  ],
  [
    'a looked-up record with a wrong field',
    { [`${TEST}/record/account/nme`]: 'A' },
    `${TEST}/record/account/nme`,
    'no field of `accounts`',
  ],
  [
    'a looked-up record with a wrong value',
    { [`${TEST}/record/account/name`]: 7 },
    `${TEST}/record/account/name`,
    'not a value of a text field',
  ],
  ['a stored record that has no such id', { [`${TEST}/record`]: { id: 'x' } }, `${TEST}/record/id`, 'not the id of'],
  [
    'a stored parent that has no such id',
    { [`${TEST}/record/account`]: 'x' },
    `${TEST}/record/account`,
    'not the id of',
  ],
  [
    'a parent read by no such id',
    { [`${TEST}/record/account`]: { id: 'x' } },
    `${TEST}/record/account/id`,
    'not the id of',
  ],
  [
    'a share with nobody there',
    { [`${TEST}/record/shares`]: [{ with: 'user:eve', level: 'read' }] },
    `${TEST}/record/shares/0/with`,
    'no user `eve`',
  ],
  [
    'a share that ends some day',
    { [`${TEST}/record/shares`]: [{ with: 'everyone', level: 'read', expiresAt: 'soon' }] },
    `${TEST}/record/shares/0/expiresAt`,
    'not an instant',
  ],
  ['an invariant without action', { [`${INVARIANT}/can`]: undefined }, INVARIANT, '`can` is missing'],
  [
    'an invariant on a module that is not there',
    { [`${INVARIANT}/on`]: 'account' },
    `${INVARIANT}/on`,
    'no module `account`',
  ],
  [
    'an invariant on a field that is not there',
    { [`${INVARIANT}/field`]: 'iban' },
    `${INVARIANT}/field`,
    'no field of `accounts` `iban`',
  ],
  [
    'an invariant except who is not there',
    { [`${INVARIANT}/nobody/except/0`]: 'group:bord' },
    `${INVARIANT}/nobody/except/0`,
    'no group `bord`',
  ],
]

describe('rules, tests and invariants', () => {
  test.each(rules)('%s is refused', (_title, changes, path, message) => {
    const oneProblem = { paths: [path], message: expect.stringContaining(message), isCured: true, document: undefined }
    expect(outcomeOf(changes)).toEqual(oneProblem)
  })

  test('records that a test makes up have what ids it likes, where none is looked for', () => {
    const account = { id: 'acme', owner: 'user:anna', parentAccount: { id: 'holding' } }
    const { problems } = checkDocument(changed({ [`${TEST}/record`]: { id: 'pat', owner: 'user:anna', account } }), {
      catalogue,
    })
    expect(problems).toEqual([])
  })
})
