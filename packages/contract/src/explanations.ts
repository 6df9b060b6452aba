import Type from 'typebox'
import { GrantedLevelSchema, list } from './records.ts'

export const ExplainQuerySchema = Type.Object(
  {
    user: Type.Optional(Type.String({ maxLength: 254 })),
    action: Type.Optional(Type.String({ maxLength: 80 })),
    field: Type.Optional(Type.String({ maxLength: 80 })),
    how: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false')], {
        description:
          'true: of a refusal, also the smallest changes that would allow it, or, without manageAccess, whom to ask',
      }),
    ),
  },
  { additionalProperties: false },
)

export const LevelSchema = Type.Union([Type.Literal('none'), GrantedLevelSchema])
export const GrantSchema = Type.Object({
  kind: Type.String(),
  level: GrantedLevelSchema,
  by: Type.Optional(Type.String()),
  path: Type.Optional(list(Type.String())),
  share: Type.Optional(
    Type.Object({ with: Type.String(), level: LevelSchema, expiresAt: Type.Optional(Type.Integer()) }),
  ),
  parent: Type.Optional(Type.Unknown()),
})
const MissingSchema = Type.Object({
  kind: Type.String(),
  module: Type.Optional(Type.String()),
  action: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  has: Type.Optional(LevelSchema),
  needs: Type.Optional(LevelSchema),
})

const ChangeSchema = Type.Object({
  kind: Type.String({
    description:
      'share, transfer, liftConfidential, restore; activate, giveProfile, joinGroup, joinTeam, takeRole, reportTo; grantActions, openField, giveClearance, allowHours, allowNetwork, exceptFromRestriction; license',
  }),
  user: Type.Optional(Type.String()),
  level: Type.Optional(LevelSchema),
  to: Type.Optional(Type.String({ description: 'of transfer, the new owner; shares stay' })),
  on: Type.Optional(
    Type.Object(
      { above: Type.Integer(), module: Type.String(), id: Type.Optional(Type.String()) },
      { description: 'where it is done to a parent, so many lookups above the record' },
    ),
  ),
  profile: Type.Optional(Type.String()),
  module: Type.Optional(Type.String()),
  actions: Type.Optional(list(Type.String())),
  field: Type.Optional(Type.String()),
  access: Type.Optional(Type.String()),
  clearance: Type.Optional(Type.String()),
  window: Type.Optional(
    Type.Object({
      days: list(Type.String()),
      from: Type.String(),
      to: Type.String(),
      timeZone: Type.Optional(Type.String()),
    }),
  ),
  network: Type.Optional(Type.String()),
  group: Type.Optional(Type.String()),
  team: Type.Optional(Type.String()),
  leads: Type.Optional(Type.Boolean()),
  role: Type.Optional(Type.String()),
  manager: Type.Optional(Type.String()),
  rule: Type.Optional(Type.String()),
})

/** Changes that would allow it together, none of which could be left out, and how much they open all in all. */
const WaySchema = Type.Object({
  changes: list(ChangeSchema),
  opens: Type.Object({
    people: Type.Integer({ description: 'who come to be able to do something, the refused one included' }),
    records: Type.Integer({ description: 'over these people: each record that one comes to do more to' }),
    actions: Type.Integer({ description: 'over these people and records: each action' }),
    fields: Type.Integer({ description: 'over these people: each field that opens further' }),
    permissions: Type.Integer({ description: 'over these people: each permission of the organization’s own' }),
  }),
})

export const ExplanationSchema = Type.Object({
  user: Type.String(),
  action: Type.String(),
  module: Type.String(),
  id: Type.Optional(Type.String()),
  allowed: Type.Boolean(),
  level: LevelSchema,
  needed: Type.Optional(LevelSchema),
  grants: list(GrantSchema),
  caps: list(Type.Object({ kind: Type.String(), level: LevelSchema, by: Type.Optional(Type.String()) })),
  missing: list(MissingSchema),
  field: Type.Optional(Type.Object({ key: Type.String(), access: Type.String(), allowed: Type.Boolean() })),
  ways: Type.Optional(list(WaySchema)),
  ask: Type.Optional(list(Type.String())),
})
