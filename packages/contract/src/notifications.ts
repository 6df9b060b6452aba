import Type from 'typebox'

const KindSchema = Type.Union([
  Type.Literal('changed'),
  Type.Literal('mentioned'),
  Type.Literal('assigned'),
  Type.Literal('shared'),
  Type.Literal('commented'),
  Type.Literal('due'),
  Type.Literal('breakGlass'),
  Type.Literal('approval'),
])

/** What somebody was told, as far as he sees it now. */
export const NotificationSchema = Type.Object({
  id: Type.String(),
  kind: KindSchema,
  at: Type.String(),
  read: Type.Boolean(),
  by: Type.Union([Type.String(), Type.Null()], { description: 'user:anna; null where nobody in particular did it.' }),
  module: Type.Optional(Type.String({ description: 'As `record`, of everything but an approval.' })),
  record: Type.Optional(
    Type.Object({
      id: Type.String(),
      title: Type.Union([Type.String(), Type.Object({ masked: Type.String() }), Type.Null()]),
    }),
  ),
  policyChange: Type.Optional(Type.Integer({ description: 'Of an approval: the change of the policy that waits.' })),
  fields: Type.Optional(
    Type.Immutable(
      Type.Array(Type.String(), { description: 'Of a change: which fields changed, of those that one sees.' }),
    ),
  ),
})

const UnreadCountSchema = Type.Integer({ minimum: 0, description: 'Of kinds that aren’t muted; 1,000 means many.' })

export const InboxQuerySchema = Type.Object(
  {
    cursor: Type.Optional(Type.String({ maxLength: 40, description: 'The `next` of the page before.' })),
    unread: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false')], { description: 'true: only what wasn’t read.' }),
    ),
  },
  { additionalProperties: false },
)
export const InboxSchema = Type.Object({
  items: Type.Immutable(Type.Array(NotificationSchema)),
  next: Type.Union([Type.String(), Type.Null()]),
  unread: UnreadCountSchema,
})
export const MarkReadSchema = Type.Object(
  {
    ids: Type.Optional(Type.Immutable(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 1_000 }))),
    all: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
)
export const UnreadSchema = Type.Object({ unread: UnreadCountSchema })

const KindSettingSchema = Type.Object(
  {
    live: Type.Boolean({ description: 'Whether it counts as unread, and is told at once on an open page.' }),
    mail: Type.Union([Type.Literal('off'), Type.Literal('immediate'), Type.Literal('digest')]),
  },
  { additionalProperties: false },
)
const KINDS = {
  changed: KindSettingSchema,
  mentioned: KindSettingSchema,
  assigned: KindSettingSchema,
  shared: KindSettingSchema,
  commented: KindSettingSchema,
  due: KindSettingSchema,
  breakGlass: KindSettingSchema,
  approval: KindSettingSchema,
}
export const NotificationSettingsSchema = Type.Object(KINDS)
export const NotificationSettingsInputSchema = Type.Partial(Type.Object(KINDS), { additionalProperties: false })
