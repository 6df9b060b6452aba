import Type from 'typebox'
import { TextSchema } from './common.ts'
import { GrantSchema, LevelSchema } from './explanations.ts'
import { GrantedLevelSchema, list, ShareSchema, TransferSchema } from './records.ts'

/** How what a reason points at is called: `rule:…`, `role:…`, `role+:…`, `team:…`, `group:…`, `profile:…`, `user:…`, `field:…`, `module:…`. */
const NamesSchema = Type.Record(Type.String(), TextSchema, {
  description:
    'The names of all that the reasons point at, by reference: user:anna, role:head, team:desk, rule:north …',
})

export const AudienceQuerySchema = Type.Object(
  {
    action: Type.Optional(Type.String({ maxLength: 80, description: 'read, where unstated' })),
    limit: Type.Optional(Type.String({ description: '1 to 10000; 10000 where unstated.' })),
    cursor: Type.Optional(Type.String({ description: 'The `next` of the page before.' })),
  },
  { additionalProperties: false },
)

/** The highest level first, then by name. */
export const AudienceSchema = Type.Object({
  items: list(Type.Object({ user: Type.String(), name: Type.String(), level: LevelSchema, why: list(GrantSchema) })),
  total: Type.Integer(),
  next: Type.Union([Type.String(), Type.Null()]),
  names: NamesSchema,
})

/** How the asking person himself stands with a record, and what he may do about others' access to it. */
export const RecordAccessSchema = Type.Object({
  own: Type.Object({
    level: LevelSchema,
    because: list(GrantSchema),
    limits: list(Type.Object({ kind: Type.String(), level: LevelSchema, by: Type.Optional(Type.String()) })),
  }),
  names: NamesSchema,
  confidential: Type.Optional(Type.Boolean()),
  may: Type.Object({
    update: Type.Boolean(),
    comment: Type.Boolean(),
    share: Type.Boolean(),
    transfer: Type.Boolean(),
    confide: Type.Boolean(),
    delete: Type.Boolean(),
    seeAudience: Type.Boolean(),
  }),
  shares: Type.Optional(list(ShareSchema)),
  audienceCount: Type.Optional(Type.Integer()),
})

export const AccessPreviewInputSchema = Type.Object(
  {
    share: Type.Optional(
      Type.Object(
        {
          with: Type.String({ maxLength: 80 }),
          level: GrantedLevelSchema,
          expiresAt: Type.Optional(Type.String({ maxLength: 40 })),
        },
        { additionalProperties: false },
      ),
    ),
    unshare: Type.Optional(Type.Object({ with: Type.String({ maxLength: 80 }) }, { additionalProperties: false })),
    confidential: Type.Optional(Type.Boolean()),
    transfer: Type.Optional(TransferSchema),
  },
  { additionalProperties: false, description: 'One change of who has access to the record; nothing is done.' },
)

const PersonSchema = Type.Object({ user: Type.String(), name: Type.String() })
const MovedSchema = Type.Object({ user: Type.String(), name: Type.String(), before: LevelSchema, after: LevelSchema })

export const AccessPreviewSchema = Type.Object({
  people: Type.Object(
    { count: Type.Integer(), items: list(PersonSchema) },
    { description: 'Active people whom the change names: those in the principal, or of the new owner. At most 200.' },
  ),
  gain: Type.Optional(list(MovedSchema)),
  lose: Type.Optional(list(MovedSchema)),
  counts: Type.Optional(
    Type.Object({ gain: Type.Integer(), lose: Type.Integer(), before: Type.Integer(), after: Type.Integer() }),
  ),
})

export const MentionableQuerySchema = Type.Object(
  {
    q: Type.Optional(
      Type.String({ maxLength: 200, description: 'The beginning or a part of a name, key or address.' }),
    ),
    limit: Type.Optional(Type.String({ description: '1 to 50; 10 where unstated.' })),
  },
  { additionalProperties: false },
)

export const MentionableSchema = Type.Object({
  items: list(Type.Object({ user: Type.String(), name: Type.String(), canSee: Type.Boolean() })),
  mayShare: Type.Boolean({ description: 'Whether the asking person may share the record with who can’t see it.' }),
})
