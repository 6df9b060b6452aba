import Type, { type TSchema } from 'typebox'

/** An array that is only read. */
export function list<Item extends TSchema>(
  item: Item,
  options: { readonly minItems?: number; readonly maxItems?: number; readonly description?: string } = {},
) {
  return Type.Immutable(Type.Array(item, options))
}

/**
 * The level is the record's; what one may do follows from it and from the module's actions. Which further members there are follows
 * from the person's field access, so they can't be listed here: the gateway selects nothing that is hidden from whoever asks.
 */
export const RecordSchema = Type.Object(
  {
    id: Type.String(),
    version: Type.Integer(),
    access: Type.Union([Type.Literal('read'), Type.Literal('edit'), Type.Literal('full')]),
  },
  {
    additionalProperties: true,
    description: 'A record: its id, version and level, and the fields that exist for whoever asks.',
  },
)

/** A record that whoever made it doesn't read answers with its id alone. */
export const CreatedSchema = Type.Union([
  RecordSchema,
  Type.Object({ id: Type.String() }, { additionalProperties: false }),
])

export const RecordParamsSchema = Type.Object({ module: Type.String(), id: Type.String() })
export const RecordModuleParamsSchema = Type.Object({ module: Type.String() })

const FieldsSchema = Type.Optional(Type.String({ description: 'Only these fields: name,amount' }))

export const RecordQuerySchema = Type.Object({ fields: FieldsSchema }, { additionalProperties: false })

export const ListQuerySchema = Type.Object(
  {
    q: Type.Optional(Type.String({ description: 'Words that must all occur in the texts that one may read.' })),
    filter: Type.Optional(Type.String({ description: 'JSON: {"field", "op", "value"}, or all, any, not of such.' })),
    sort: Type.Optional(Type.String({ description: 'Fields in order, a leading - for descending: -updatedAt,name' })),
    fields: FieldsSchema,
    limit: Type.Optional(Type.String({ description: '1 to 200; 50 where unstated.' })),
    cursor: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
    count: Type.Optional(Type.Union([Type.Literal('none'), Type.Literal('capped'), Type.Literal('exact')])),
    deleted: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false')], { description: 'true: the recycle bin.' }),
    ),
  },
  { additionalProperties: false },
)

export const ListSchema = Type.Object({
  items: list(RecordSchema),
  next: Type.Union([Type.String(), Type.Null()]),
  count: Type.Optional(Type.Object({ value: Type.Integer(), exact: Type.Boolean() })),
})

export const RecordBodySchema = Type.Record(Type.String(), Type.Unknown(), {
  description: 'Field → value; on creating, `owner` too.',
})

export const TransferSchema = Type.Object(
  { owner: Type.String(), keepShares: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
export const UndoSchema = Type.Object(
  {
    version: Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'The version that the change made, and that the record still has.',
    }),
  },
  { additionalProperties: false },
)
export const ConfideSchema = Type.Object({ confidential: Type.Boolean() }, { additionalProperties: false })

export const GrantedLevelSchema = Type.Union([Type.Literal('read'), Type.Literal('edit'), Type.Literal('full')])

export const ShareInputSchema = Type.Object(
  {
    with: Type.String({ maxLength: 80, description: 'user:anna, role:…, role+:…, team:…, group:… or everyone' }),
    level: GrantedLevelSchema,
    expiresAt: Type.Optional(Type.String({ maxLength: 40 })),
    reason: Type.Optional(Type.String({ maxLength: 1_000 })),
  },
  { additionalProperties: false },
)
export const ShareSchema = Type.Object({
  with: Type.String(),
  level: GrantedLevelSchema,
  expiresAt: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  by: Type.Union([Type.String(), Type.Null()]),
  at: Type.String(),
  breakGlass: Type.Optional(Type.Literal(true, { description: 'It came of breaking the glass.' })),
})
export const SharesSchema = Type.Object({ items: list(ShareSchema) })
export const BreakGlassSchema = Type.Object(
  {
    reason: Type.String({ minLength: 1, maxLength: 1_000, description: 'Why; it stands in the audit.' }),
    minutes: Type.Integer({ minimum: 15, maximum: 1440, description: 'How long: a quarter of an hour to a day.' }),
  },
  { additionalProperties: false },
)
export const UnshareSchema = Type.Object({ with: Type.String({ maxLength: 80 }) }, { additionalProperties: false })
export const UnshareQuerySchema = Type.Object(
  { with: Type.Optional(Type.String({ maxLength: 80 })) },
  { additionalProperties: false },
)

const SelectionProperties = {
  ids: Type.Optional(list(Type.String({ maxLength: 60 }), { maxItems: 10_000 })),
  filter: Type.Optional(Type.Unknown()),
}
export const ShareManySchema = Type.Object(
  { ...SelectionProperties, grants: list(ShareInputSchema, { minItems: 1, maxItems: 20 }) },
  { additionalProperties: false },
)
/** One of `set`, `transfer`, `delete` and `restore`; to restore takes ids. */
export const MassSchema = Type.Object(
  {
    ...SelectionProperties,
    set: Type.Optional(RecordBodySchema),
    transfer: Type.Optional(TransferSchema),
    delete: Type.Optional(Type.Literal(true)),
    restore: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
)
export const ManyOutcomeSchema = Type.Object({
  changed: Type.Integer(),
  refused: list(Type.Object({ id: Type.String(), reason: Type.String() })),
})

export const HistorySchema = Type.Object({
  items: list(
    Type.Object({
      at: Type.String(),
      by: Type.Union([Type.String(), Type.Null()]),
      action: Type.String(),
      version: Type.Integer(),
      changes: list(Type.Object({ field: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
    }),
  ),
})

export const RelatedSchema = Type.Object({
  items: list(
    Type.Object({ module: Type.String(), field: Type.String(), items: list(RecordSchema), more: Type.Boolean() }),
  ),
})

const PeriodSchema = Type.Union([
  Type.Literal('day'),
  Type.Literal('week'),
  Type.Literal('month'),
  Type.Literal('quarter'),
  Type.Literal('year'),
])
export const AggregateQuestionSchema = Type.Object(
  {
    groupBy: Type.Optional(
      list(
        Type.Union([
          Type.String({ maxLength: 80 }),
          Type.Object({ field: Type.String({ maxLength: 80 }), by: PeriodSchema }, { additionalProperties: false }),
        ]),
        { maxItems: 10 },
      ),
    ),
    measures: Type.Optional(
      list(
        Type.Object(
          {
            op: Type.Union([
              Type.Literal('count'),
              Type.Literal('sum'),
              Type.Literal('avg'),
              Type.Literal('min'),
              Type.Literal('max'),
            ]),
            field: Type.Optional(Type.String({ maxLength: 80 })),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 50 },
      ),
    ),
    filter: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: false },
)
export const AggregateSchema = Type.Object({
  over: Type.Union([Type.Literal('visible'), Type.Literal('all')]),
  groups: list(
    Type.Object({
      by: Type.Optional(list(Type.Unknown())),
      other: Type.Optional(Type.Literal(true)),
      count: Type.Integer(),
      measures: list(Type.Union([Type.Number(), Type.String(), Type.Null()])),
    }),
  ),
  more: Type.Boolean(),
})
