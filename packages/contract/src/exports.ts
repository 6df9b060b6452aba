import Type from 'typebox'
import { TextSchema } from './common.ts'
import { CountSchema, InstantSchema, JobProperties, NextSchema } from './job-parts.ts'

export const ExportRequestSchema = Type.Object(
  {
    module: Type.String({ maxLength: 80 }),
    format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx'), Type.Literal('jsonl')]),
    filter: Type.Optional(Type.Unknown()),
    sort: Type.Optional(Type.String({ maxLength: 400 })),
    fields: Type.Optional(
      Type.Union([Type.String({ maxLength: 20_000 }), Type.Immutable(Type.Array(Type.String({ maxLength: 80 })))]),
    ),
  },
  { additionalProperties: false },
)

export const ExportPreviewRequestSchema = Type.Object(
  {
    module: Type.String({ maxLength: 80 }),
    filter: Type.Optional(Type.Unknown()),
    fields: Type.Optional(Type.Immutable(Type.Array(Type.String({ maxLength: 80 }), { maxItems: 1_000 }))),
  },
  { additionalProperties: false },
)
const ExportedFieldSchema = Type.Object({
  field: Type.String(),
  name: TextSchema,
  masked: Type.Boolean({ description: 'Comes out through its mask only.' }),
})
export const ExportPreviewSchema = Type.Object({
  count: Type.Object(
    { value: CountSchema, exact: Type.Boolean() },
    { description: 'Of the records that would be in.' },
  ),
  fields: Type.Array(ExportedFieldSchema, { description: 'What the file would hold, in this order.' }),
  leftOut: Type.Array(Type.Object({ field: Type.String(), name: TextSchema, reason: Type.Literal('masked') }), {
    description: 'Whose values would not come out in clear.',
  }),
})

const ExportFileProperties = {
  file: Type.Optional(
    Type.String({
      description:
        'The address of the file, once it is made; it is kept for a day, and for as long as one may take all of it out.',
    }),
  ),
  withheld: Type.Optional(
    Type.Literal('records', {
      description: 'Why there is no file: it holds records that one can’t take out any more.',
    }),
  ),
}

export const ExportSchema = Type.Object({ ...JobProperties, ...ExportFileProperties })

export const ExportListSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      ...JobProperties,
      module: Type.String(),
      format: Type.String(),
      createdAt: InstantSchema,
      finishedAt: Type.Union([InstantSchema, Type.Null()]),
      records: Type.Optional(CountSchema),
      ...ExportFileProperties,
    }),
  ),
  next: NextSchema,
})
