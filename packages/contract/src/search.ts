import Type from 'typebox'

export const SearchQuerySchema = Type.Object(
  {
    q: Type.String({ maxLength: 200, description: 'Words, the last one as far as it is typed.' }),
    modules: Type.Optional(Type.String({ maxLength: 4_000, description: 'accounts,contacts; all where unstated.' })),
    limit: Type.Optional(Type.String({ description: 'Of each module: 1 to 20; 5 where unstated.' })),
  },
  { additionalProperties: false },
)

const AccessSchema = Type.Union([Type.Literal('read'), Type.Literal('edit'), Type.Literal('full')])
const TitleSchema = Type.Union([Type.String(), Type.Null()])

export const SearchSchema = Type.Object({
  groups: Type.Array(
    Type.Object({
      module: Type.String(),
      items: Type.Array(
        Type.Object({
          id: Type.String(),
          title: TitleSchema,
          subtitle: Type.Optional(Type.String()),
          access: AccessSchema,
        }),
      ),
    }),
  ),
})

export const DuplicatesQuestionSchema = Type.Object(
  {
    values: Type.Record(Type.String(), Type.Unknown(), { description: 'Field → value, as far as they are known.' }),
    exceptId: Type.Optional(Type.String({ maxLength: 60, description: 'The record that has these values already.' })),
  },
  { additionalProperties: false },
)
export const DuplicatesSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      title: TitleSchema,
      access: AccessSchema,
      matched: Type.Array(Type.String(), { description: 'The fields that are alike.' }),
    }),
  ),
})
