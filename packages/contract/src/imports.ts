import Type from 'typebox'
import { CountSchema, InstantSchema, JobProperties, NextSchema } from './job-parts.ts'
import { FieldSchema } from './me.ts'

/** By names that other programs know them by. */
export const FILE_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'macintosh',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
] as const

export const ImportSchema = Type.Object({
  ...JobProperties,
  created: CountSchema,
  updated: CountSchema,
  rejected: CountSchema,
  dryRun: Type.Boolean({ description: 'Nothing was kept; the figures say what would have been.' }),
  columns: Type.Record(Type.String(), Type.String(), { description: 'Column of the file → field.' }),
  unmapped: Type.Immutable(Type.Array(Type.String(), { description: 'Columns that were left out.' })),
  tried: Type.Optional(Type.Integer({ description: 'Of a dry run: how many rows of the file were tried.' })),
})

const DecimalSchema = Type.Union([Type.Literal('.'), Type.Literal(',')])
const FieldKeySchema = Type.String({ maxLength: 80 })
/** What whoever imports says of his file; what he doesn't say is found out. */
export const ImportOptionsSchema = Type.Object(
  {
    encoding: Type.Optional(Type.Enum(FILE_ENCODINGS)),
    separator: Type.Optional(Type.Enum([',', ';', '\t', '|'])),
    quote: Type.Optional(Type.Enum(['"', "'"])),
    headerRow: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 20, description: 'Which of the rows that are not empty names the columns.' }),
    ),
    sheet: Type.Optional(Type.String({ maxLength: 100, description: 'Of a workbook; unstated, the first.' })),
    dateOrder: Type.Optional(Type.Enum(['dmy', 'mdy', 'iso'])),
    decimal: Type.Optional(DecimalSchema),
    match: Type.Optional(
      Type.Union([FieldKeySchema, Type.Immutable(Type.Array(FieldKeySchema, { minItems: 1, maxItems: 5 }))], {
        description: 'By which field existing records are recognized; of several, by the first that a row fills.',
      }),
    ),
  },
  { additionalProperties: false },
)

const ColumnMappingSchema = Type.Object(
  {
    field: Type.String({ maxLength: 80 }),
    values: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'What is in the file → value.' })),
    lookup: Type.Optional(Type.String({ maxLength: 80, description: 'The field by which records are looked up.' })),
    dateFormat: Type.Optional(Type.String({ maxLength: 20, description: 'Such as DD/MM/YYYY.' })),
    decimal: Type.Optional(DecimalSchema),
  },
  { additionalProperties: false },
)
export const ImportMappingSchema = Type.Object(
  {
    columns: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 80 }), ColumnMappingSchema]), {
        description: 'Column of the file → field. Unstated: columns are matched by their names.',
      }),
    ),
    owner: Type.Optional(
      Type.Union([
        Type.String(),
        Type.Object(
          { column: Type.String(), values: Type.Optional(Type.Record(Type.String(), Type.String())) },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            owner: Type.String({ maxLength: 100, description: 'Whose all of them become: user:anna or team:support.' }),
          },
          { additionalProperties: false },
        ),
      ]),
    ),
    defaults: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Field → value where empty.' })),
    key: Type.Optional(
      Type.String({ maxLength: 80, description: 'The field by which existing records are recognized.' }),
    ),
  },
  { additionalProperties: false },
)

const ReadSchema = Type.Unknown({ description: 'What the cell is read as.' })
export const ImportPreviewSchema = Type.Object({
  upload: Type.Optional(Type.String({ description: 'Send it instead of the file, within an hour.' })),
  kind: Type.Enum(['csv', 'tsv', 'xlsx']),
  encoding: Type.Optional(Type.String()),
  separator: Type.Optional(Type.String()),
  quote: Type.Optional(Type.String()),
  sheets: Type.Optional(Type.Immutable(Type.Array(Type.String()))),
  sheet: Type.Optional(Type.String()),
  headerRow: Type.Integer(),
  signature: Type.String({ description: 'The same for every file with these columns.' }),
  columns: Type.Array(
    Type.Object({
      header: Type.String(),
      samples: Type.Immutable(Type.Array(Type.String())),
      suggested: Type.Optional(Type.String({ description: 'A field, or owner.' })),
      confidence: Type.Number(),
      format: Type.Optional(
        Type.Object({
          decimal: Type.Optional(DecimalSchema),
          dateOrder: Type.Optional(Type.Enum(['dmy', 'mdy', 'iso'])),
        }),
      ),
    }),
  ),
  rows: CountSchema,
  looked: Type.Integer({ description: 'How many of them were looked at.' }),
  complete: Type.Boolean({
    description: 'False where time ran out before the last row: then counts are of those looked at.',
  }),
  counts: Type.Object({ create: CountSchema, update: CountSchema, reject: CountSchema }),
  preview: Type.Array(
    Type.Object({
      row: Type.Integer(),
      cells: Type.Array(
        Type.Object({ value: Type.String(), read: Type.Optional(ReadSchema), error: Type.Optional(Type.String()) }),
      ),
      errors: Type.Array(Type.String(), { description: 'About the row, and no cell of it.' }),
    }),
  ),
  problems: Type.Array(
    Type.Object({
      field: Type.Optional(Type.String()),
      message: Type.String(),
      count: CountSchema,
      firstRow: Type.Integer(),
    }),
  ),
  fields: Type.Array(FieldSchema, { description: 'Those that whoever asks may fill.' }),
  owners: Type.Object({
    column: Type.Optional(Type.String()),
    mayChoose: Type.Boolean({ description: 'Whether records may be given to others than oneself.' }),
    unmatched: Type.Array(
      Type.Object({
        name: Type.String(),
        count: CountSchema,
        suggestions: Type.Array(Type.Object({ owner: Type.String(), name: Type.String() })),
      }),
    ),
  }),
  lookups: Type.Array(
    Type.Object({
      field: Type.String(),
      column: Type.String(),
      count: CountSchema,
      unmatched: Type.Array(Type.Object({ text: Type.String(), count: CountSchema, several: Type.Boolean() })),
    }),
  ),
})

export const ImportListSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      ...JobProperties,
      module: Type.String(),
      fileName: Type.Optional(Type.String()),
      dryRun: Type.Boolean(),
      created: CountSchema,
      updated: CountSchema,
      rejected: CountSchema,
      createdAt: InstantSchema,
      finishedAt: Type.Union([InstantSchema, Type.Null()]),
      undo: Type.Object({ possible: Type.Boolean() }),
    }),
  ),
  next: NextSchema,
})

export const MappingsQuerySchema = Type.Object(
  { module: Type.String({ maxLength: 80 }) },
  { additionalProperties: false },
)
export const MappingListSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      signature: Type.String(),
      columns: Type.Immutable(Type.Array(Type.String())),
      mapping: ImportMappingSchema,
      options: ImportOptionsSchema,
      usedAt: InstantSchema,
    }),
  ),
})

export const UndoImportSchema = Type.Object(
  {
    force: Type.Optional(
      Type.Boolean({ description: 'Also bin what the import made and somebody has changed since.' }),
    ),
  },
  { additionalProperties: false },
)
