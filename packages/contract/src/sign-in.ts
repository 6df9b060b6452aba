import Type from 'typebox'
import { EmailSchema } from './common.ts'
import { OrganizationSchema } from './me.ts'

const PasswordSchema = Type.String({ minLength: 1, maxLength: 256 })

export const SignInSchema = Type.Object(
  { email: EmailSchema, password: PasswordSchema },
  { additionalProperties: false },
)

export const ChangePasswordSchema = Type.Object(
  { currentPassword: PasswordSchema, newPassword: Type.String({ minLength: 8, maxLength: 256 }) },
  { additionalProperties: false },
)

/** Who is signed in, and where. */
export const SignedInSchema = Type.Object({
  user: Type.Object({ name: Type.String(), email: Type.String() }),
  organization: Type.Optional(OrganizationSchema),
})
