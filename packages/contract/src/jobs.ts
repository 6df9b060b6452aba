import Type from 'typebox'
import { JobProperties } from './job-parts.ts'
import { PlanSchema } from './policy.ts'

export const JobParamsSchema = Type.Object({ id: Type.String() })

export const JobSchema = Type.Object({
  ...JobProperties,
  result: Type.Optional(Type.Unknown({ description: 'What it came to, once it is done.' })),
})

/** A plan that nobody waits for. */
export const PlanJobSchema = Type.Object({
  ...JobProperties,
  plan: Type.Optional(PlanSchema),
})

/** A page of one's own jobs. */
export const JobListQuerySchema = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 80, description: 'What `next` of the page before said.' })),
  },
  { additionalProperties: false },
)
