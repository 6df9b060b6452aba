import Type from 'typebox'
import { KeySchema } from './common.ts'
import { OrganizationSchema } from './me.ts'

const TokenSchema = Type.String({ minLength: 1, maxLength: 200 })

export const PersonParamsSchema = Type.Object({ key: KeySchema })

/** A user of the organization, to whoever looks after its users. */
export const PersonSchema = Type.Object({
  key: Type.String(),
  name: Type.String(),
  email: Type.Optional(Type.String()),
  role: Type.Optional(Type.String()),
  status: Type.String({ description: 'active, suspended or removed.' }),
  hasSignIn: Type.Boolean({ description: 'Whether there is somebody who signs in as this user.' }),
  invitedUntil: Type.Union([Type.String(), Type.Null()], {
    description: 'Until when an invitation that was not followed can be.',
  }),
})
export const PeopleSchema = Type.Object({ items: Type.Array(PersonSchema) })

export const NewInvitationSchema = Type.Object(
  {
    language: Type.Optional(
      Type.String({ maxLength: 35, description: 'Of the mail: en, fi, sv, ar or zh-Hans; en where unstated.' }),
    ),
  },
  { additionalProperties: false },
)

export const InvitationSchema = Type.Object({
  mailed: Type.Boolean(),
  link: Type.Optional(
    Type.String({
      description: 'To hand over, where it could not be mailed; a path where the server’s address isn’t set.',
    }),
  ),
  expiresAt: Type.String(),
})

export const InvitationQuerySchema = Type.Object({ token: TokenSchema }, { additionalProperties: false })

/** Who is invited, to whoever holds the link. */
export const OpenInvitationSchema = Type.Object({
  name: Type.String(),
  email: Type.String(),
  organization: OrganizationSchema,
  hasPassword: Type.Boolean({ description: 'True where the address has a password here already: it stays.' }),
  expiresAt: Type.String(),
})

export const AcceptInvitationSchema = Type.Object(
  { token: TokenSchema, password: Type.String({ minLength: 8, maxLength: 256 }) },
  { additionalProperties: false },
)
