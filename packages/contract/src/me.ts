import Type from 'typebox'
import { KeySchema, SlugSchema, TextSchema } from './common.ts'

const FieldAccessSchema = Type.Union([Type.Literal('masked'), Type.Literal('read'), Type.Literal('edit')])

export const OrganizationSchema = Type.Object({ slug: Type.String(), name: Type.String() })

/** A module as far as what one may do there goes. Hidden fields are absent. */
export const MyModuleSchema = Type.Object({
  module: Type.String(),
  name: TextSchema,
  plural: TextSchema,
  actions: Type.Array(Type.String()),
  aggregate: Type.Union([Type.Literal('visible'), Type.Literal('all')]),
  fields: Type.Record(Type.String(), FieldAccessSchema),
})

export const MeSchema = Type.Object({
  user: Type.Object({
    key: Type.String(),
    name: Type.String(),
    email: Type.Optional(Type.String()),
    role: Type.Optional(Type.String()),
    teams: Type.Array(Type.String(), { description: 'The keys of the teams that he works in; a leader is a member.' }),
  }),
  organization: Type.Object({ slug: Type.String(), name: Type.String(), timeZone: Type.String() }),
  organizations: Type.Array(OrganizationSchema),
  system: Type.Array(Type.String()),
  modules: Type.Array(MyModuleSchema),
})

export const SwitchOrganizationSchema = Type.Object({ organization: SlugSchema }, { additionalProperties: false })

/** One field of a module, as it exists for who asks. */
export const FieldSchema = Type.Object({
  field: Type.String(),
  type: Type.String(),
  name: TextSchema,
  access: FieldAccessSchema,
  system: Type.Boolean(),
  required: Type.Boolean(),
  unique: Type.Boolean(),
  title: Type.Boolean(),
  /** There where it is so: nothing can be compared with it, sorted or grouped by it. */
  encrypted: Type.Optional(Type.Literal(true)),
  options: Type.Optional(Type.Array(Type.Object({ value: Type.String(), name: TextSchema }))),
  /** Of a lookup: the module it points into, where he may read that. */
  module: Type.Optional(Type.String()),
})

export const ModuleSchema = Type.Object({
  module: Type.String(),
  name: TextSchema,
  plural: TextSchema,
  builtIn: Type.Boolean(),
  actions: Type.Array(Type.String()),
  aggregate: Type.Union([Type.Literal('visible'), Type.Literal('all')]),
  fields: Type.Array(FieldSchema),
})

export const ModuleListSchema = Type.Object({ items: Type.Array(ModuleSchema) })
export const ModuleParamsSchema = Type.Object({ module: KeySchema })
