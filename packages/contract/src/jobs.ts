import Type from 'typebox'
import { TextSchema } from './common.ts'
import { PlanSchema } from './policy.ts'

const CountSchema = Type.Integer({ minimum: 0 })
const ReasonSchema = Type.String({ maxLength: 20_000 })

const JobStateSchema = Type.Union([
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
])

export const JobParamsSchema = Type.Object({ id: Type.String() })

/** How a job is doing. */
const JobProperties = {
  id: Type.String(),
  kind: Type.String(),
  state: JobStateSchema,
  done: CountSchema,
  total: Type.Union([CountSchema, Type.Null()], { description: 'Null until it is known.' }),
  error: Type.Optional(ReasonSchema),
}
export const JobSchema = Type.Object({
  ...JobProperties,
  result: Type.Optional(Type.Unknown({ description: 'What it came to, once it is done.' })),
})

/** A plan that nobody waits for. */
export const PlanJobSchema = Type.Object({
  ...JobProperties,
  plan: Type.Optional(PlanSchema),
})

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

const ColumnMappingSchema = Type.Object(
  {
    field: Type.String({ maxLength: 80 }),
    values: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'What is in the file → value.' })),
    lookup: Type.Optional(Type.String({ maxLength: 80, description: 'The field by which records are looked up.' })),
    dateFormat: Type.Optional(Type.String({ maxLength: 20, description: 'Such as DD/MM/YYYY.' })),
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
      ]),
    ),
    defaults: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Field → value where empty.' })),
    key: Type.Optional(
      Type.String({ maxLength: 80, description: 'The field by which existing records are recognized.' }),
    ),
  },
  { additionalProperties: false },
)

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
/** A page of one's own jobs. */
export const JobListQuerySchema = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 80, description: 'What `next` of the page before said.' })),
  },
  { additionalProperties: false },
)
const NextSchema = Type.Union([Type.String(), Type.Null()])
const InstantSchema = Type.String({ description: 'ISO 8601' })

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

export const ExportSchema = Type.Object({
  ...JobProperties,
  file: Type.Optional(Type.String({ description: 'The address of the file, once it is made; it is kept for a day.' })),
})

export const ExportListSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      ...JobProperties,
      module: Type.String(),
      format: Type.String(),
      createdAt: InstantSchema,
      finishedAt: Type.Union([InstantSchema, Type.Null()]),
      records: Type.Optional(CountSchema),
      file: Type.Optional(Type.String({ description: 'The address of the file, while it is kept.' })),
    }),
  ),
  next: NextSchema,
})
