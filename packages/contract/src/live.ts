import Type from 'typebox'

export const EventsQuerySchema = Type.Object(
  {
    watch: Type.Optional(
      Type.String({
        maxLength: 6_000,
        description: 'Records whose changes are told: accounts:<id>,deals:<id>; up to 50.',
      }),
    ),
    module: Type.Optional(
      Type.String({ maxLength: 400, description: 'Modules any of whose records are told of: deals,tickets; up to 5.' }),
    ),
    seconds: Type.Optional(
      Type.String({
        pattern: '^\\d{1,4}$',
        description: 'The stream ends by itself after so many; unstated, it doesn’t.',
      }),
    ),
  },
  { additionalProperties: false },
)

export const PresenceInputSchema = Type.Object(
  {
    editing: Type.Boolean(),
    away: Type.Optional(Type.Boolean({ description: 'true: one is not there any more.' })),
  },
  { additionalProperties: false },
)
/** Who is at a record. */
export const PresenceSchema = Type.Object({
  people: Type.Immutable(Type.Array(Type.Object({ ref: Type.String(), name: Type.String(), editing: Type.Boolean() }))),
})
