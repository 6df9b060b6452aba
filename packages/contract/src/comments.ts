import Type from 'typebox'
import { list } from './records.ts'

export const CommentInputSchema = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 20_000 }),
    mentions: Type.Optional(list(Type.String({ maxLength: 80 }), { maxItems: 100 })),
  },
  { additionalProperties: false },
)

const CommentProperties = {
  id: Type.String(),
  by: Type.Union([Type.String(), Type.Null()]),
  at: Type.String(),
  text: Type.String(),
  mentions: list(Type.String()),
  editedAt: Type.Optional(Type.String()),
}
export const CommentSchema = Type.Object(CommentProperties)

/** As it is told to its author. */
export const WrittenCommentSchema = Type.Object({
  ...CommentProperties,
  unseen: list(Type.String(), { description: 'Of the people mentioned, those who can’t see the record.' }),
})

export const CommentParamsSchema = Type.Object({
  module: Type.String(),
  id: Type.String(),
  commentId: Type.String(),
})

export const PageQuerySchema = Type.Object(
  {
    limit: Type.Optional(Type.String({ description: '1 to 1000; 1000 where unstated.' })),
    cursor: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
  },
  { additionalProperties: false },
)

export const CommentsSchema = Type.Object({
  items: list(CommentSchema),
  next: Type.Union([Type.String(), Type.Null()]),
})
