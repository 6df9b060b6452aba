import Type, { type Static, type TSchema } from 'typebox'

/** An array that is only read. */
function list<Item extends TSchema>(item: Item, options: { readonly description?: string } = {}) {
  return Type.Immutable(Type.Array(item, options))
}

/** Media types that a policy document is taken and given in, besides JSON. */
export const YAML_MEDIA_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'] as const
export const YAML_MEDIA_TYPE = YAML_MEDIA_TYPES[0]

/** The whole of it is told by the JSON Schema at `/api/v1/policy/schema.json`. */
export const PolicyDocumentSchema = Type.Object(
  { bailiwick: Type.Literal(1) },
  { additionalProperties: true, description: 'A policy document; its schema is at /api/v1/policy/schema.json.' },
)

/** What two documents don't have alike: `path` is a JSON pointer into the document. */
export const DifferenceSchema = Type.Object({
  path: Type.String(),
  kind: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
})
export type PolicyDifference = Static<typeof DifferenceSchema>

const DataLossSchema = Type.Object({
  module: Type.String(),
  field: Type.Optional(Type.String()),
  records: Type.Integer(),
})

const TestResultSchema = Type.Object({
  test: Type.String(),
  passed: Type.Boolean(),
  failures: list(Type.String()),
})

const InvariantResultSchema = Type.Object({
  invariant: Type.String(),
  holds: Type.Boolean(),
  violators: list(Type.String()),
  failure: Type.Optional(Type.String()),
})

/** What is responsible: as in an explanation, besides `action` (profiles came to grant it, or ceased to), `active` and `module` (it goes). */
const CauseProperties = {
  kind: Type.String({ description: 'owner, team, superior, rule, share, restriction, …; action; active; module' }),
  by: Type.Optional(Type.String({ description: 'the rule, team, role, profile or lookup field, by its key' })),
}
const FiguresProperties = { gained: Type.Integer(), lost: Type.Integer() }

/** Of records that whoever asks reads himself. */
const SamplesSchema = list(Type.Object({ id: Type.String(), title: Type.Optional(Type.String()) }))

const KeysSchema = list(Type.String())
const TurnoverProperties = { gaining: KeysSchema, losing: KeysSchema }

const WindowSchema = Type.Object({
  days: KeysSchema,
  from: Type.String(),
  to: Type.String(),
  timeZone: Type.Optional(Type.String()),
})

const SignInStateSchema = Type.Object({
  status: Type.String({ description: 'active, suspended, removed; absent where there is no such person' }),
  ways: list(Type.Object({ windows: Type.Optional(list(WindowSchema)), networks: Type.Optional(KeysSchema) })),
})

/** What comes into and goes out of people's reach: exact, over the records as they are. */
const EffectSchema = Type.Object({
  people: list(
    Type.Object({
      user: Type.String(),
      module: Type.String(),
      actions: KeysSchema,
      ...FiguresProperties,
      because: list(Type.Object({ ...CauseProperties, ...FiguresProperties })),
    }),
  ),
  actions: list(
    Type.Object({
      module: Type.String(),
      action: Type.String(),
      people: Type.Object({ gaining: Type.Integer(), losing: Type.Integer() }),
      records: Type.Object(FiguresProperties, { description: 'each counted once, however many people it concerns' }),
      because: list(Type.Object({ ...CauseProperties, gaining: Type.Integer(), losing: Type.Integer() })),
      samples: Type.Object({ gained: SamplesSchema, lost: SamplesSchema }),
    }),
  ),
  /** Actions that ask for no record. */
  moduleActions: list(Type.Object({ module: Type.String(), action: Type.String(), ...TurnoverProperties })),
  permissions: list(Type.Object({ permission: Type.String(), ...TurnoverProperties })),
  figures: list(Type.Object({ module: Type.String(), ...TurnoverProperties }), {
    description: 'whose sums, counts and averages come to be over all records of the module, and whose no more',
  }),
  fields: list(
    Type.Object({
      people: KeysSchema,
      changes: list(
        Type.Object({
          module: Type.String(),
          field: Type.String(),
          before: Type.String(),
          after: Type.String(),
          mask: Type.Optional(
            Type.Object(
              { before: Type.String(), after: Type.String() },
              { description: 'of a field that stays masked, where its mask becomes another' },
            ),
          ),
        }),
      ),
    }),
  ),
  signIn: list(Type.Object({ people: KeysSchema, before: SignInStateSchema, after: SignInStateSchema })),
  unlicensed: list(Type.String(), {
    description: 'modules of the effect that no licence covers: what stands of them comes about once one does',
  }),
})

/** A rule that may as well not be there: everybody reaches without it what he reaches with it. */
const WarningSchema = Type.Object({
  path: Type.String(),
  kind: Type.Union([Type.Literal('dead'), Type.Literal('shadowed'), Type.Literal('contradicting')]),
  by: list(Type.Object(CauseProperties), { description: 'what says as much, or takes it back' }),
  holds: Type.Union([Type.Literal('always'), Type.Literal('now')], {
    description: 'whatever records there are, or as they are now',
  }),
  message: Type.String(),
})
export type PolicyWarning = Static<typeof WarningSchema>

const ErrorSchema = Type.Object({ path: Type.String(), message: Type.String() })

/**
 * What an apply would do. `applies`: whether it would go through, be it to wait for the approvals that are `needed`; `errors`: all that
 * stands against it.
 */
export const PlanSchema = Type.Object({
  version: Type.Integer(),
  upToDate: Type.Boolean(),
  applies: Type.Boolean(),
  needed: Type.Integer({ description: 'How many approvals it takes, by the policy in force; 0: it is made at once.' }),
  problems: list(Type.Object({ path: Type.String(), message: Type.String(), cure: Type.String() })),
  changes: list(DifferenceSchema),
  destroys: list(DataLossSchema),
  tests: list(TestResultSchema),
  invariants: list(InvariantResultSchema),
  warnings: list(WarningSchema),
  effect: EffectSchema,
  errors: list(ErrorSchema),
})
export type PolicyPlan = Static<typeof PlanSchema>

/** The document's examples and invariants. `passed`: all of them hold, and the document has no problem. */
export const PolicyTestsSchema = Type.Object({
  passed: Type.Boolean(),
  tests: list(TestResultSchema),
  invariants: list(InvariantResultSchema),
  warnings: list(WarningSchema),
  errors: list(ErrorSchema),
})
export type PolicyTests = Static<typeof PolicyTestsSchema>

/** `changes` is empty where the document changed nothing; then no version was made. */
export const AppliedPolicySchema = Type.Object({ version: Type.Integer(), changes: list(DifferenceSchema) })
export type AppliedPolicy = Static<typeof AppliedPolicySchema>

const VersionProperties = {
  number: Type.Integer(),
  author: Type.String({ description: 'user:<key>, or operator' }),
  approvers: list(Type.String()),
  at: Type.String(),
  reason: Type.Union([Type.String(), Type.Null()]),
}

export const PolicyVersionsSchema = Type.Object({
  items: list(
    Type.Object({ ...VersionProperties, changes: Type.Integer({ description: 'how many; the version tells them' }) }),
  ),
  next: Type.Union([Type.Integer(), Type.Null()], { description: 'for `before`, where there are older ones' }),
})
export type PolicyVersions = Static<typeof PolicyVersionsSchema>

export const PolicyVersionSchema = Type.Object({
  ...VersionProperties,
  changes: list(DifferenceSchema),
  document: PolicyDocumentSchema,
})

export const PolicyComparisonSchema = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  changes: list(DifferenceSchema),
})
export type PolicyComparison = Static<typeof PolicyComparisonSchema>

const VersionNumberSchema = Type.String({ pattern: '^[1-9]\\d{0,8}$' })
export const VersionParamsSchema = Type.Object({ number: VersionNumberSchema })
export const TwoVersionsParamsSchema = Type.Object({ number: VersionNumberSchema, other: VersionNumberSchema })

export const VersionsQuerySchema = Type.Object(
  {
    limit: Type.Optional(
      Type.String({ pattern: '^([1-9]\\d?|1\\d\\d|200)$', description: '1 to 200; 50 where unstated' }),
    ),
    before: Type.Optional(VersionNumberSchema),
  },
  { additionalProperties: false },
)

const LossSchema = Type.String({ maxLength: 130, description: '`module` or `module.field`' })
const DestroySchema = Type.Optional(
  Type.Union([LossSchema, Type.Array(LossSchema, { maxItems: 500 })], {
    description: 'Data that may go with the change; may be repeated.',
  }),
)
export const PlanQuerySchema = Type.Object({ destroy: DestroySchema }, { additionalProperties: false })
export const ApplyQuerySchema = Type.Object(
  {
    reason: Type.Optional(Type.String({ maxLength: 1_000 })),
    destroy: DestroySchema,
    withoutApproval: Type.Optional(
      Type.Literal('true', { description: 'The operator’s alone: not to wait for approval.' }),
    ),
  },
  { additionalProperties: false },
)
