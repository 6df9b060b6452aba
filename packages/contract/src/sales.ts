import Type, { type TSchema } from 'typebox'
import { RecordBodySchema, RecordSchema } from './records.ts'

function list<Item extends TSchema>(item: Item, options: { readonly maxItems?: number } = {}) {
  return Type.Immutable(Type.Array(item, options))
}
const Nullable = <Item extends TSchema>(item: Item) => Type.Union([item, Type.Null()])
const Id = Type.String({ maxLength: 60 })

export const RecordIdParamsSchema = Type.Object({ id: Type.String() })

const LineProperties = {
  product: Type.Optional(Nullable(Id)),
  name: Type.String({ minLength: 1, maxLength: 500 }),
  description: Type.Optional(Nullable(Type.String({ maxLength: 10_000 }))),
  quantity: Type.Number({ description: '0 or more, of at most four decimals' }),
  unitPrice: Type.Number({ description: 'below zero for what is taken off; at most four decimals' }),
  discountPercent: Type.Optional(Nullable(Type.Number({ description: '0 to 100' }))),
  taxPercent: Type.Optional(Nullable(Type.Number({ description: '0 to 100' }))),
}
export const LinesInputSchema = Type.Object(
  {
    currency: Type.Optional(
      Type.String({ maxLength: 3, description: 'a code of ISO 4217; the record’s own where unstated' }),
    ),
    lines: list(Type.Object(LineProperties, { additionalProperties: false }), { maxItems: 200 }),
  },
  { additionalProperties: false },
)
export const LinesSchema = Type.Object({
  version: Type.Integer({ description: 'the record’s; also the ETag' }),
  editable: Type.Boolean(),
  currency: Nullable(Type.String()),
  decimals: Type.Integer({ description: 'of the currency’s amounts' }),
  lines: list(
    Type.Object({
      product: Nullable(Type.String()),
      name: Type.String(),
      description: Nullable(Type.String()),
      quantity: Type.Number(),
      unitPrice: Type.Number(),
      discountPercent: Type.Number(),
      taxPercent: Type.Number(),
      subtotal: Type.Number({ description: 'quantity × unitPrice, rounded' }),
      discount: Type.Number(),
      tax: Type.Number({ description: 'of the subtotal less the discount' }),
      total: Type.Number(),
    }),
  ),
  totals: Type.Object({
    subtotal: Type.Number(),
    discount: Type.Number(),
    net: Type.Number({ description: 'subtotal − discount: the record’s `amount`' }),
    tax: Type.Number(),
    shipping: Type.Optional(Type.Number({ description: 'the record’s `shippingCost`, where one reads it' })),
    total: Type.Number({ description: 'net + tax, and shipping where it is told' }),
  }),
})

const ChosenSchema = Type.Union([
  Type.Object(
    { id: Id, fill: Type.Optional(Type.Boolean({ description: 'fill its empty fields from the lead' })) },
    { additionalProperties: false },
  ),
  Type.Object(
    { create: RecordBodySchema },
    { additionalProperties: false, description: 'fields that go before what the lead proposes; null leaves one empty' },
  ),
])
const NewSchema = Type.Object({ create: RecordBodySchema }, { additionalProperties: false })
export const ConvertLeadSchema = Type.Object(
  {
    account: Type.Optional(Nullable(ChosenSchema)),
    contact: ChosenSchema,
    deal: Type.Optional(Nullable(NewSchema)),
    owner: Type.Optional(
      Type.String({ maxLength: 80, description: 'of what is created; whoever converts, where unstated' }),
    ),
  },
  { additionalProperties: false },
)
const ShownSchema = Type.Object({
  id: Type.String(),
  record: Nullable(RecordSchema),
})
export const ConversionSchema = Type.Object({
  lead: ShownSchema,
  account: Nullable(ShownSchema),
  contact: Nullable(ShownSchema),
  deal: Nullable(ShownSchema),
  activities: Type.Object({
    linked: Type.Integer(),
    notLinked: Type.Integer({ description: 'of those that one reads, how many one may not change' }),
  }),
})
const ValuesSchema = Nullable(Type.Record(Type.String(), Type.Unknown()))
const BecameSchema = Type.Object({
  account: Nullable(Type.String()),
  contact: Nullable(Type.String()),
  deal: Nullable(Type.String()),
})
export const ConversionPreviewSchema = Type.Object({
  version: Type.Integer(),
  mayConvert: Type.Boolean(),
  missing: list(Type.Object({ module: Type.String(), message: Type.String() })),
  converted: Nullable(BecameSchema),
  proposed: Type.Object({ account: ValuesSchema, contact: ValuesSchema, deal: ValuesSchema }),
  duplicates: Type.Object({ account: list(RecordSchema), contact: list(RecordSchema) }),
})

export const OrderQuoteSchema = Type.Union([
  Type.Object(
    { create: Type.Optional(RecordBodySchema) },
    { additionalProperties: false, description: 'fields of the order that go before what the quote has' },
  ),
  Type.Null(),
])
export const OrderedSchema = Type.Object({
  order: ShownSchema,
  quote: Nullable(RecordSchema),
  lines: Type.Integer(),
  leftOut: list(Type.String()),
})

export const DocumentQuerySchema = Type.Object(
  { language: Type.Optional(Type.Enum(['en', 'fi', 'sv', 'ar', 'zh-Hans'], { description: 'en, where unstated' })) },
  { additionalProperties: false },
)

const Figure = Type.Optional(Nullable(Type.Number()))
export const BudgetActualsSchema = Type.Object({
  planned: Figure,
  committed: Figure,
  actual: Figure,
  forecast: Figure,
  remaining: Figure,
  percentUsed: Figure,
  orders: Nullable(
    Type.Object({
      over: Type.Union([Type.Literal('visible'), Type.Literal('all')]),
      count: Type.Integer(),
      sum: Figure,
      currencies: list(
        Type.Object({
          currency: Nullable(Type.String()),
          count: Type.Integer(),
          sum: Type.Optional(Type.Number()),
        }),
      ),
    }),
  ),
})
