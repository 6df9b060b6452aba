import Type from 'typebox'
import { TextSchema } from './common.ts'

export const DirectoryQuerySchema = Type.Object(
  {
    q: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'Words that must all occur in the name or the key; case and accents don’t count.',
      }),
    ),
    kind: Type.Optional(Type.String({ maxLength: 80, description: 'user,team,role,group; all where unstated.' })),
    limit: Type.Optional(Type.String({ description: '1 to 100; 20 where unstated.' })),
    ref: Type.Optional(
      Type.Union([Type.String({ maxLength: 80 }), Type.Array(Type.String({ maxLength: 80 }), { maxItems: 200 })], {
        description:
          'user:anna, team:…, role:…, role+:… or group:…, repeatable: these, in their order, whatever else is asked.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** Somebody or some people of the organization, to choose from. */
export const DirectoryEntrySchema = Type.Object({
  ref: Type.String(),
  kind: Type.Union([Type.Literal('user'), Type.Literal('team'), Type.Literal('role'), Type.Literal('group')]),
  name: TextSchema,
  detail: Type.Optional(TextSchema),
  active: Type.Boolean({ description: 'False for a user who is suspended or removed.' }),
})
export const DirectorySchema = Type.Object({ items: Type.Array(DirectoryEntrySchema) })
