import Type, { type Static, type TProperties } from 'typebox'

/** AuthZEN lets every object grow: members that aren't known here are let through and ignored. */
function open<Properties extends TProperties>(properties: Properties, description?: string) {
  return Type.Object(properties, { additionalProperties: true, ...(description && { description }) })
}

/** The most questions of one batch. */
export const MOST_EVALUATIONS = 1_000
/** The most results of one page of a search; a caller who asks for more gets these. */
export const MOST_RESULTS = 1_000
export const DEFAULT_RESULTS = 200

const SubjectSchema = open(
  { type: Type.String(), id: Type.String() },
  'type: user; id: the user’s key, `user:<key>`, or his e-mail address.',
)
const ResourceSchema = open(
  { type: Type.String(), id: Type.String() },
  'type: a module’s key, id: a record’s id or external id; or type: module, id: a module’s key.',
)
const ActionPropertiesSchema = open({ field: Type.Optional(Type.String()) })
const ActionSchema = open({ name: Type.String(), properties: Type.Optional(ActionPropertiesSchema) })
const ContextSchema = open({
  time: Type.Optional(Type.String({ description: 'The moment that is asked about, ISO 8601 with its offset.' })),
  ip: Type.Optional(Type.String({ description: 'The address that the subject comes from.' })),
})

export const EvaluationSchema = open({
  subject: SubjectSchema,
  action: ActionSchema,
  resource: ResourceSchema,
  context: Type.Optional(ContextSchema),
})

/** Defaults may be incomplete: what an item leaves out is then missing for that item alone. */
export const EvaluationsSchema = open({
  subject: Type.Optional(open({ type: Type.Optional(Type.String()), id: Type.Optional(Type.String()) })),
  action: Type.Optional(
    open({ name: Type.Optional(Type.String()), properties: Type.Optional(ActionPropertiesSchema) }),
  ),
  resource: Type.Optional(open({ type: Type.Optional(Type.String()), id: Type.Optional(Type.String()) })),
  context: Type.Optional(ContextSchema),
  evaluations: Type.Optional(
    Type.Array(Type.Unknown(), {
      maxItems: MOST_EVALUATIONS,
      description: 'Evaluations; what one leaves out is taken from the defaults beside this list, entity by entity.',
    }),
  ),
  options: Type.Optional(
    open({
      evaluations_semantic: Type.Optional(
        Type.Union([
          Type.Literal('execute_all'),
          Type.Literal('deny_on_first_deny'),
          Type.Literal('permit_on_first_permit'),
        ]),
      ),
    }),
  ),
})

export const DecisionSchema = Type.Object({ decision: Type.Boolean() })
export const DecisionsSchema = Type.Object({ evaluations: Type.Array(DecisionSchema) })

const PageQuestionSchema = open({
  token: Type.Optional(Type.String({ description: 'The `next_token` of the page before; empty for the first page.' })),
  limit: Type.Optional(Type.Integer({ minimum: 0, description: `${DEFAULT_RESULTS} where unstated.` })),
})
const SearchProperties = { context: Type.Optional(ContextSchema), page: Type.Optional(PageQuestionSchema) }
const TypedSchema = open({ type: Type.String() }, 'Of what type; an id is ignored.')

export const SubjectSearchSchema = open({
  subject: TypedSchema,
  action: ActionSchema,
  resource: ResourceSchema,
  ...SearchProperties,
})
export const ResourceSearchSchema = open({
  subject: SubjectSchema,
  action: ActionSchema,
  resource: TypedSchema,
  ...SearchProperties,
})
export const ActionSearchSchema = open({ subject: SubjectSchema, resource: ResourceSchema, ...SearchProperties })

const PageSchema = Type.Object({
  next_token: Type.String({ description: 'Empty on the last page.' }),
  count: Type.Integer({ description: 'How many results this page has.' }),
})
export const EntityResultsSchema = Type.Object({
  results: Type.Immutable(Type.Array(Type.Object({ type: Type.String(), id: Type.String() }))),
  page: PageSchema,
})
export const ActionResultsSchema = Type.Object({
  results: Type.Immutable(Type.Array(Type.Object({ name: Type.String() }))),
  page: PageSchema,
})

export const AuthzenMetadataSchema = Type.Object({
  policy_decision_point: Type.String(),
  access_evaluation_endpoint: Type.String(),
  access_evaluations_endpoint: Type.String(),
  search_subject_endpoint: Type.String(),
  search_resource_endpoint: Type.String(),
  search_action_endpoint: Type.String(),
})

export type Evaluation = Static<typeof EvaluationSchema>
export type Evaluations = Static<typeof EvaluationsSchema>
export type EvaluationContext = Static<typeof ContextSchema>
export type SearchPage = Static<typeof PageQuestionSchema>
export type SubjectSearch = Static<typeof SubjectSearchSchema>
export type ResourceSearch = Static<typeof ResourceSearchSchema>
export type ActionSearch = Static<typeof ActionSearchSchema>
