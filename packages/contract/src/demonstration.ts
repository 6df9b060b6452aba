import Type from 'typebox'

export const DemonstrationSchema = Type.Object({ canThrowAway: Type.Boolean() })

export const ThrowAwaySchema = Type.Object(
  { name: Type.String({ maxLength: 500, description: 'The organization’s, as a confirmation.' }) },
  { additionalProperties: false },
)
