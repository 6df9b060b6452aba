import Type from 'typebox'
import { HistorySchema, list } from './records.ts'

const text = (maxLength: number, description: string) => Type.Optional(Type.String({ maxLength, description }))

export const AuditQuerySchema = Type.Object(
  {
    actor: text(80, 'user:anna, or operator.'),
    action: text(400, 'One or several: delete,transfer.'),
    module: text(63, 'The module of the object.'),
    record: text(36, 'The id of the record.'),
    from: text(40, 'An instant: from then on.'),
    to: text(40, 'An instant: until just before then.'),
    limit: Type.Optional(Type.String({ description: '1 to 200; 50 where unstated.' })),
    cursor: text(200, 'The `next` of the page before.'),
  },
  { additionalProperties: false },
)

const { changes } = HistorySchema.properties.items.items.properties

/** What was done, by whom, to what; titles and values only as far as whoever asks reads them. */
export const AuditPageSchema = Type.Object({
  items: list(
    Type.Object({
      id: Type.String(),
      at: Type.String(),
      by: Type.Union([Type.String(), Type.Null()], { description: 'user:anna, or operator; null where nobody knows.' }),
      action: Type.String(),
      module: Type.Optional(Type.String()),
      record: Type.Optional(
        Type.Object({
          id: Type.String(),
          title: Type.Optional(Type.Union([Type.String(), Type.Object({ masked: Type.String() }), Type.Null()])),
        }),
      ),
      changes: Type.Optional(changes),
      version: Type.Optional(Type.Integer({ description: 'Of the record, or of the policy.' })),
      subject: Type.Optional(Type.String({ description: 'The user to whom it was done: user:anna.' })),
      details: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), {
          description: 'What else is known of it; never a value of a record.',
        }),
      ),
    }),
  ),
  next: Type.Union([Type.String(), Type.Null()]),
})
