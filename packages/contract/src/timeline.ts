import Type from 'typebox'
import { FileSchema } from './files.ts'
import { HistorySchema, list, RecordSchema } from './records.ts'

export const TimelineQuerySchema = Type.Object(
  {
    kinds: Type.Optional(
      Type.String({ maxLength: 80, description: 'comment,change,activity,file; all of them where unstated.' }),
    ),
    limit: Type.Optional(Type.String({ description: '1 to 100; 30 where unstated.' })),
    cursor: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
  },
  { additionalProperties: false },
)

const { action, version, changes } = HistorySchema.properties.items.items.properties

/** What else an item holds goes by its kind. */
export const TimelineSchema = Type.Object({
  items: list(
    Type.Object({
      id: Type.String(),
      kind: Type.Union([
        Type.Literal('comment'),
        Type.Literal('change'),
        Type.Literal('activity'),
        Type.Literal('file'),
      ]),
      at: Type.String(),
      by: Type.Union([Type.String(), Type.Null()]),
      text: Type.Optional(Type.String({ description: 'Of a comment.' })),
      mentions: Type.Optional(list(Type.String())),
      editedAt: Type.Optional(Type.String()),
      action: Type.Optional(action),
      version: Type.Optional(version),
      changes: Type.Optional(changes),
      type: Type.Optional(Type.String({ description: 'Of an activity: Call, Meeting, E-mail, Task …' })),
      record: Type.Optional(RecordSchema),
      file: Type.Optional(FileSchema),
    }),
  ),
  next: Type.Union([Type.String(), Type.Null()]),
})
