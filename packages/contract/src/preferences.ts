import Type from 'typebox'

const IdSchema = Type.String({
  pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$',
})
const ModuleKeySchema = Type.String({ minLength: 1, maxLength: 80 })

export const RecordRefSchema = Type.Object({ module: ModuleKeySchema, id: IdSchema }, { additionalProperties: false })

export const FavouriteSchema = Type.Union([
  Type.Object({ kind: Type.Literal('record'), module: ModuleKeySchema, id: IdSchema }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('view'), id: IdSchema }, { additionalProperties: false }),
])

const Settings = {
  language: Type.Union(
    [
      Type.Literal('en'),
      Type.Literal('fi'),
      Type.Literal('sv'),
      Type.Literal('ar'),
      Type.Literal('zh-Hans'),
      Type.Null(),
    ],
    { description: 'Null: the browser’s.' },
  ),
  theme: Type.Union([Type.Literal('light'), Type.Literal('dark'), Type.Literal('auto')]),
  density: Type.Union([Type.Literal('comfortable'), Type.Literal('compact')]),
  favourites: Type.Array(FavouriteSchema, { maxItems: 100, description: 'In the order in which they are shown.' }),
  seenTours: Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { maxItems: 200 }),
}

export const PreferencesSchema = Type.Object({ ...Settings, recent: Type.Array(RecordRefSchema) })
export const PreferencesChangeSchema = Type.Partial(Type.Object(Settings), { additionalProperties: false })

const ShortcutProperties = {
  module: Type.String(),
  id: Type.String(),
  title: Type.Union([Type.String(), Type.Null()], { description: 'Null where the title is empty or not to be seen.' }),
}
export const ShortcutsSchema = Type.Object({
  favourites: Type.Array(
    Type.Object({ kind: Type.Union([Type.Literal('record'), Type.Literal('view')]), ...ShortcutProperties }),
  ),
  recent: Type.Array(Type.Object(ShortcutProperties)),
})
