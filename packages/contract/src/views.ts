import Type from 'typebox'

const FieldKeySchema = Type.String({ minLength: 1, maxLength: 80 })
const IdSchema = Type.String({ maxLength: 60 })

const LayoutSchema = Type.Union([
  Type.Literal('list'),
  Type.Literal('board'),
  Type.Literal('calendar'),
  Type.Literal('queue'),
])

const GroupingSchema = Type.Union([
  FieldKeySchema,
  Type.Object(
    {
      field: FieldKeySchema,
      by: Type.Union([
        Type.Literal('day'),
        Type.Literal('week'),
        Type.Literal('month'),
        Type.Literal('quarter'),
        Type.Literal('year'),
      ]),
    },
    { additionalProperties: false },
  ),
])

const MeasureSchema = Type.Object(
  {
    op: Type.Union([
      Type.Literal('count'),
      Type.Literal('sum'),
      Type.Literal('avg'),
      Type.Literal('min'),
      Type.Literal('max'),
    ]),
    field: Type.Optional(FieldKeySchema),
  },
  { additionalProperties: false },
)

/**
 * What a view shows, and how. Every member that may name a field is known by name: of those that don't exist for a reader nothing is
 * told, so nothing else may stand here.
 */
export const ViewDefinitionSchema = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 200 })),
    filter: Type.Optional(Type.Unknown({ description: 'As a list takes it.' })),
    sort: Type.Optional(Type.String({ maxLength: 400, description: 'As a list takes it: -updatedAt,name' })),
    columns: Type.Optional(Type.Array(FieldKeySchema, { maxItems: 200 })),
    groupBy: Type.Optional(GroupingSchema),
    measures: Type.Optional(Type.Array(MeasureSchema, { maxItems: 20 })),
    start: Type.Optional(FieldKeySchema),
    end: Type.Optional(FieldKeySchema),
    span: Type.Optional(Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('month')])),
    health: Type.Optional(Type.Boolean({ description: 'Of accounts: whether it is shown how they are doing.' })),
    widths: Type.Optional(
      Type.Record(Type.String({ maxLength: 80 }), Type.Integer({ minimum: 20, maximum: 4_000 }), {
        description: 'Column → pixels.',
      }),
    ),
    folded: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), { maxItems: 200, description: 'Groups that are shown folded.' }),
    ),
  },
  { additionalProperties: false },
)

const SharedWithSchema = Type.Union([Type.String({ maxLength: 80 }), Type.Null()], {
  description: 'team:…, role:…, role+:…, group:… or everyone; null for nobody else.',
})
const NameSchema = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f]*[^\\s\\u0000-\\u001f][^\\u0000-\\u001f]*$',
})

export const ViewSchema = Type.Object({
  id: Type.String(),
  module: Type.String(),
  name: Type.String(),
  layout: LayoutSchema,
  definition: ViewDefinitionSchema,
  sharedWith: SharedWithSchema,
  mine: Type.Boolean(),
  owner: Type.String(),
  mayChange: Type.Boolean({ description: 'Whether whoever asks may change and delete it.' }),
})
export const ViewsSchema = Type.Object({ items: Type.Array(ViewSchema) })
export const ViewsQuerySchema = Type.Object(
  { module: Type.Optional(Type.String({ maxLength: 80 })) },
  { additionalProperties: false },
)
export const ViewParamsSchema = Type.Object({ id: IdSchema })
export const NewViewSchema = Type.Object(
  {
    module: Type.String({ maxLength: 80 }),
    name: NameSchema,
    layout: LayoutSchema,
    definition: Type.Optional(ViewDefinitionSchema),
    sharedWith: Type.Optional(SharedWithSchema),
  },
  { additionalProperties: false },
)
export const ViewChangeSchema = Type.Object(
  {
    name: Type.Optional(NameSchema),
    layout: Type.Optional(LayoutSchema),
    definition: Type.Optional(ViewDefinitionSchema),
    sharedWith: Type.Optional(SharedWithSchema),
  },
  { additionalProperties: false },
)
