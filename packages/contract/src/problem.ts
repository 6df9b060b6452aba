import Type, { type Static } from 'typebox'

/** Where in the input something is wrong (a JSON pointer; '' is the whole of it), and what. */
export const InputErrorSchema = Type.Object({ path: Type.String(), message: Type.String() })

/** A field that somebody else changed since a version: of those alone that exist for whoever is told, masked where they are for him. */
export const MeanwhileSchema = Type.Object({
  field: Type.String(),
  was: Type.Unknown(),
  now: Type.Unknown(),
  by: Type.Union([Type.String(), Type.Null()]),
  at: Type.String(),
})

/** RFC 9457: the shape of every answer that isn't a success. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  errors: Type.Optional(Type.Array(InputErrorSchema)),
  version: Type.Optional(Type.Integer({ description: 'Of 412 on a record: the version that it has.' })),
  changes: Type.Optional(
    Type.Array(MeanwhileSchema, { description: 'Of 412 on a record: what changed since the version that was sent.' }),
  ),
})

export type Meanwhile = Static<typeof MeanwhileSchema>
export type InputError = Static<typeof InputErrorSchema>
export type ProblemBody = Static<typeof ProblemSchema>

/** The media type of a problem. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** What can go wrong, by name: the status and title that every problem of that name carries. */
export const PROBLEM_TYPES = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'not-signed-in': { status: 401, title: 'Not signed in' },
  'not-permitted': { status: 403, title: 'Not permitted' },
  'forgery-suspected': { status: 403, title: 'Refused by the anti-forgery check' },
  'not-found': { status: 404, title: 'Not found' },
  'not-acceptable': { status: 406, title: 'Not to be had in this form' },
  conflict: { status: 409, title: 'Conflict' },
  'in-progress': { status: 409, title: 'The same request is still running' },
  'version-moved': { status: 412, title: 'The version moved' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'Content type not supported' },
  'invalid-input': { status: 422, title: 'Bad input' },
  'version-required': { status: 428, title: 'A version is required' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'Headers too large' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available now' },
} as const

export type ProblemType = keyof typeof PROBLEM_TYPES

/** The `type` member of a problem: a name that stays, for programs to branch on. */
export function problemUri(type: ProblemType): string {
  return `urn:bailiwick:problem:${type}`
}
