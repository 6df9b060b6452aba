import Type from 'typebox'

export const CountSchema = Type.Integer({ minimum: 0 })
export const ReasonSchema = Type.String({ maxLength: 20_000 })

const JobStateSchema = Type.Union([
  Type.Literal('queued'),
  Type.Literal('running'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
])

/** How a job is doing. */
export const JobProperties = {
  id: Type.String(),
  kind: Type.String(),
  state: JobStateSchema,
  done: CountSchema,
  total: Type.Union([CountSchema, Type.Null()], { description: 'Null until it is known.' }),
  error: Type.Optional(ReasonSchema),
}

export const NextSchema = Type.Union([Type.String(), Type.Null()])
export const InstantSchema = Type.String({ description: 'ISO 8601' })
