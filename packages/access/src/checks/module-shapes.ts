import type { FieldOption } from '../document.ts'
import { CLEARANCES, FIELD_TYPES, MASKS } from '../document.ts'
import { level, name, reference, unread } from './common-shapes.ts'
import type { LooseField, LooseModule } from './loose.ts'
import type { Shape } from './shape.ts'
import { described, flag, isRecord, keyed, list, object, oneOf, text } from './shape.ts'

const optionValue = text({ longest: 255 })

const namedOption = object<FieldOption>(
  {
    value: described(optionValue, 'Value', 'What is stored.'),
    name: described(name, 'Name', 'The display name.'),
  },
  ['value'],
)

const option: Shape<string | Partial<FieldOption>> = {
  schema: { anyOf: [optionValue.schema, namedOption.schema] },
  read: (value, path, findings) => (isRecord(value) ? namedOption : optionValue).read(value, path, findings),
}

export const field = object<LooseField>(
  {
    type: described(oneOf(...FIELD_TYPES), 'Type', 'What the field holds.'),
    name: described(name, 'Name', 'The display name.'),
    required: described(flag(), 'Required', 'Whether every record must have a value.'),
    unique: described(flag(), 'Unique', 'Whether no two records may have the same value.'),
    title: described(flag(), 'Title', 'Whether the value is the record’s name. Exactly one field of a module is.'),
    sensitivity: described(
      oneOf(...CLEARANCES),
      'Sensitivity',
      'The clearance it takes to see the field. Internal where unstated.',
    ),
    mask: described(oneOf(...MASKS), 'Mask', 'What shows of the value to who sees it masked.'),
    encrypted: described(flag(), 'Encrypted', 'Whether the value is encrypted at rest.'),
    indexed: described(flag(), 'Indexed', 'Whether lists are often filtered or sorted by it.'),
    default: described(
      unread({ type: ['string', 'number', 'boolean', 'array'] }),
      'Default',
      'The value of a new record that states none.',
    ),
    options: described(list(option), 'Options', 'What a choice may be.'),
    module: described(reference, 'Module', 'Of a lookup: the module that it points into.'),
  },
  ['type'],
)

export const module = object<LooseModule>({
  name: described(name, 'Name', 'The display name of one record.'),
  plural: described(name, 'Plural', 'The display name of many.'),
  sharing: described(level, 'Sharing', 'What everyone reaches on every record. None where unstated.'),
  superiorsGet: described(level, 'Superiors get', 'What superiors of the owner reach. Full where unstated.'),
  parent: described(
    reference,
    'Parent',
    'A lookup field: who reaches the record that it points at reaches this one as far.',
  ),
  fields: described(
    keyed(field, { noun: 'field', caseless: true }),
    'Fields',
    'The fields beside those that every module has.',
  ),
})
