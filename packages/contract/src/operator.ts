import Type, { type Static } from 'typebox'
import { EmailSchema, KeySchema, SlugSchema } from './common.ts'

const NewPasswordSchema = Type.String({ minLength: 8, maxLength: 256 })
const NameSchema = Type.String({ minLength: 1, maxLength: 200 })

/** `org create`: an organization with one administrator. */
export const NewOrganizationSchema = Type.Object(
  {
    slug: SlugSchema,
    name: Type.Optional(NameSchema),
    adminEmail: EmailSchema,
    adminName: Type.Optional(NameSchema),
    adminPassword: Type.Optional(NewPasswordSchema),
  },
  { additionalProperties: false },
)
export type NewOrganization = Static<typeof NewOrganizationSchema>

/** `password` is there where it was made up here and can't be asked for again. */
export const CreatedOrganizationSchema = Type.Object({
  organization: Type.String(),
  user: Type.String(),
  password: Type.Optional(Type.String()),
  key: Type.String(),
})
export type CreatedOrganization = Static<typeof CreatedOrganizationSchema>

const UserRefSchema = Type.Union([KeySchema, EmailSchema])

/** `key create`: an API key for a person, named by user key or e-mail address. */
export const NewKeySchema = Type.Object(
  { organization: SlugSchema, user: UserRefSchema, name: Type.Optional(NameSchema) },
  { additionalProperties: false },
)
export const CreatedKeySchema = Type.Object({ key: Type.String() })
export const KeyParamsSchema = Type.Object({ organization: SlugSchema, id: Type.String({ format: 'uuid' }) })

/** A password for a person, and with it the identity that he signs in with where he has none yet. */
export const NewSignInSchema = Type.Object(
  { organization: SlugSchema, user: UserRefSchema, password: Type.Optional(NewPasswordSchema) },
  { additionalProperties: false },
)
export const CreatedSignInSchema = Type.Object({
  user: Type.String(),
  email: Type.String(),
  password: Type.Optional(Type.String()),
})

export const OrganizationListSchema = Type.Object({
  items: Type.Array(Type.Object({ slug: Type.String(), name: Type.String(), createdAt: Type.String() })),
})

/** `bench-load`: how large a company. */
export const BenchmarkParamsSchema = Type.Object({ organization: SlugSchema })
export const NewBenchmarkSchema = Type.Object(
  { size: Type.Union([Type.Literal('small'), Type.Literal('large')]) },
  { additionalProperties: false },
)
export const LoadedBenchmarkSchema = Type.Object({
  accounts: Type.Integer(),
  deals: Type.Integer(),
  people: Type.Integer(),
  cast: Type.Record(Type.String(), Type.String(), { description: 'Part → the user who plays it.' }),
})
