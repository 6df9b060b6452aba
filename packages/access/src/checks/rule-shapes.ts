import type { InvariantDefinition } from '../document.ts'
import { ACTIONS, FIELD_ACCESS, OPERATORS } from '../document.ts'
import { level, name, owner, principal, principals, reference, unread } from './common-shapes.ts'
import type { LooseInvariant, LooseRestrictionRule, LooseSharingRule, LooseTest } from './loose.ts'
import { described, keyed, list, object, oneOf, text } from './shape.ts'

const condition = described(unread({ $ref: '#/$defs/condition' }), 'When', 'Which records. All where unstated.')

export const sharingRule = object<LooseSharingRule>(
  {
    name: described(name, 'Name', 'The display name.'),
    module: described(reference, 'Module', 'Whose records.'),
    ownedBy: described(
      principals({ least: 1, tooShort: 'The rule is for records that nobody owns.' }),
      'Owned by',
      'Only records of these. Of anyone where unstated.',
    ),
    when: condition,
    with: described(principals({ least: 1, tooShort: 'The rule shares with nobody.' }), 'With', 'Who gets the level.'),
    level: described(oneOf('read', 'edit', 'full'), 'Level', 'What they get.'),
  },
  ['module', 'with', 'level'],
)

export const restrictionRule = object<LooseRestrictionRule>(
  {
    name: described(name, 'Name', 'The display name.'),
    module: described(reference, 'Module', 'Whose records.'),
    for: described(principals({ least: 1, tooShort: 'The rule restricts nobody.' }), 'For', 'Who is restricted.'),
    except: described(principals(), 'Except', 'Who is not, though named by `for`.'),
    when: condition,
    level: described(oneOf('none', 'read', 'edit'), 'Level', 'The most that is left to them.'),
  },
  ['module', 'for', 'level'],
)

export const test = object<LooseTest>(
  {
    as: described(principal, 'As', 'The user who asks: user:<key>.'),
    module: described(reference, 'Module', 'Whose record.'),
    record: described(unread({ $ref: '#/$defs/testRecord' }), 'Record', 'A made-up record, or the id of a real one.'),
    can: described(list(oneOf(...ACTIONS)), 'Can', 'Actions that must be allowed.'),
    cannot: described(list(oneOf(...ACTIONS)), 'Cannot', 'Actions that must not be.'),
    fields: described(keyed(oneOf(...FIELD_ACCESS), { noun: 'field' }), 'Fields', 'The access that fields must have.'),
  },
  ['as', 'module'],
)

const nobody = object<InvariantDefinition['nobody']>({
  except: described(principals(), 'Except', 'Who may, all the same.'),
})

export const invariant = object<LooseInvariant>(
  {
    nobody: described(nobody, 'Nobody', 'No active user but the excepted.'),
    can: described(oneOf(...ACTIONS), 'Can', 'The action that none of them may be allowed.'),
    on: described(reference, 'On', 'The module.'),
    field: described(reference, 'Field', 'The field that the action is about, where it is about one.'),
  },
  ['nobody', 'can', 'on'],
)

const comparedValue = {
  anyOf: [
    { type: ['string', 'number', 'boolean'] },
    { type: 'array', items: { type: ['string', 'number', 'boolean'] } },
    {
      title: 'Attribute of who asks',
      type: 'object',
      properties: { user: { $ref: '#/$defs/key' } },
      required: ['user'],
      additionalProperties: false,
    },
    {
      title: 'Days from today',
      type: 'object',
      properties: { today: { type: 'integer' } },
      required: ['today'],
      additionalProperties: false,
    },
  ],
}

function branch(keyword: string, schema: object) {
  return { type: 'object', properties: { [keyword]: schema }, required: [keyword], additionalProperties: false }
}

const conditions = { type: 'array', items: { $ref: '#/$defs/condition' } }

/** What `$defs` of the schema holds besides the shared names. */
export const RULE_SCHEMAS = {
  condition: {
    title: 'Condition',
    description: 'A comparison of a field, or several joined by all, any and not.',
    anyOf: [
      branch('all', conditions),
      branch('any', conditions),
      branch('not', { $ref: '#/$defs/condition' }),
      {
        type: 'object',
        properties: { field: { $ref: '#/$defs/key' }, op: { enum: OPERATORS }, value: comparedValue },
        required: ['field', 'op'],
        additionalProperties: false,
      },
    ],
  },
  testRecord: {
    title: 'Record of a test',
    description:
      'Its owner, shares and values; a lookup may hold a made-up record in turn. Or just the id of a real record.',
    type: 'object',
    properties: {
      id: text().schema,
      owner: owner.schema,
      confidential: { type: 'boolean' },
      shares: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            with: principal.schema,
            level: level.schema,
            expiresAt: { type: 'string', format: 'date-time' },
          },
          required: ['with', 'level'],
          additionalProperties: false,
        },
      },
    },
  },
} as const
