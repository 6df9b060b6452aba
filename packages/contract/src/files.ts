import Type from 'typebox'
import { list } from './records.ts'

export const FileSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.String({ description: 'The media type that whoever brought it said it is of.' }),
  size: Type.Integer({ description: 'In bytes.' }),
  sha256: Type.String({ description: 'In hexadecimal digits.' }),
  by: Type.Union([Type.String(), Type.Null()]),
  at: Type.String(),
})
export const FilesSchema = Type.Object({ items: list(FileSchema), next: Type.Union([Type.String(), Type.Null()]) })
export const FileParamsSchema = Type.Object({ fileId: Type.String() })
export const FileQuerySchema = Type.Object(
  {
    inline: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false'), Type.Literal('')], {
        description: 'To be shown in a page: done for PNG, JPEG, GIF and WebP images alone.',
      }),
    ),
  },
  { additionalProperties: false },
)
