import { escapePointer, type InputError } from '@bailiwick/contract'

/** The most errors of one request that are worth reading. */
const MOST_ERRORS = 50

interface SchemaError {
  readonly keyword?: string
  readonly instancePath?: string
  readonly message?: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** What a failed schema check says of the input, with the path of the very member that is missing or too much. */
export function inputErrors(found: readonly SchemaError[]): InputError[] {
  return found.slice(0, MOST_ERRORS).flatMap(errorsOf).slice(0, MOST_ERRORS)
}

function errorsOf({ keyword, instancePath = '', message = 'is not valid', params = {} }: SchemaError): InputError[] {
  if (keyword === 'required') return eachMember(instancePath, params.requiredProperties, 'is required')
  if (keyword === 'additionalProperties')
    return eachMember(instancePath, params.additionalProperties, 'is not known here')
  return [{ path: instancePath, message }]
}

function eachMember(path: string, members: unknown, message: string): InputError[] {
  if (!Array.isArray(members)) return [{ path, message }]
  return members.map((member) => ({ path: `${path}/${escapePointer(String(member))}`, message }))
}
