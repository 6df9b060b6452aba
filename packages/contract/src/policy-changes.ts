import Type, { type Static } from 'typebox'
import { AppliedPolicySchema, DifferenceSchema, PlanSchema, PolicyDocumentSchema } from './policy.ts'
import { list } from './records.ts'

const ChangeProperties = {
  id: Type.Integer(),
  state: Type.Union(
    [
      Type.Literal('pending'),
      Type.Literal('stale'),
      Type.Literal('applied'),
      Type.Literal('declined'),
      Type.Literal('withdrawn'),
    ],
    { description: 'stale: it waits, and can’t be approved, since the policy has moved on.' },
  ),
  base: Type.Integer({ description: 'The version that it was made from.' }),
  author: Type.String({ description: 'user:<key>, or operator' }),
  at: Type.String(),
  reason: Type.Union([Type.String(), Type.Null()]),
  destroy: list(Type.String(), { description: 'Data that may go with it.' }),
  approvals: list(Type.Object({ by: Type.String(), at: Type.String() })),
  needed: Type.Integer({ description: 'How many approvals it takes.' }),
  endedAt: Type.Union([Type.String(), Type.Null()]),
  endedBy: Type.Union([Type.String(), Type.Null()]),
  version: Type.Union([Type.Integer(), Type.Null()], { description: 'The version that it became.' }),
  may: Type.Object(
    { approve: Type.Boolean(), decline: Type.Boolean(), withdraw: Type.Boolean() },
    { description: 'What whoever asks may do about it now.' },
  ),
}

/** A change of the policy that takes effect when enough others have approved it. */
export const PendingChangeSchema = Type.Object({ ...ChangeProperties, changes: list(DifferenceSchema) })
export type PendingPolicyChange = Static<typeof PendingChangeSchema>

/** What a change of the policy is answered with: what was applied, or what waits for approval. */
export const ChangeAnswerSchema = Type.Union([AppliedPolicySchema, PendingChangeSchema])

export const PendingChangesSchema = Type.Object({
  items: list(
    Type.Object({ ...ChangeProperties, changes: Type.Integer({ description: 'how many; the change tells them' }) }),
  ),
  next: Type.Union([Type.Integer(), Type.Null()], { description: 'for `before`, where there are older ones' }),
})

/** With its document, and, as long as it can be approved, what it would do. */
export const PlannedChangeSchema = Type.Object({
  ...PendingChangeSchema.properties,
  document: PolicyDocumentSchema,
  plan: Type.Optional(PlanSchema),
})

const NumberSchema = Type.String({ pattern: '^[1-9]\\d{0,8}$' })
export const ChangeParamsSchema = Type.Object({ id: NumberSchema })
export const ChangesQuerySchema = Type.Object(
  {
    limit: Type.Optional(
      Type.String({ pattern: '^([1-9]\\d?|1\\d\\d|200)$', description: '1 to 200; 50 where unstated' }),
    ),
    before: Type.Optional(NumberSchema),
  },
  { additionalProperties: false },
)
