import { escapePointer, type InputError, wordsOfPattern } from '@bailiwick/contract'

/** The most errors of one request that are worth reading. */
const MOST_ERRORS = 50

export interface SchemaError {
  readonly keyword?: string
  readonly schemaPath?: string
  readonly instancePath?: string
  readonly message?: string
  readonly params?: Readonly<Record<string, unknown>>
}

/**
 * What a failed schema check says of the input: one error a place, with the path of the very member that is missing or too much, and what
 * would be right.
 */
export function inputErrors(found: readonly SchemaError[]): InputError[] {
  const told = withoutUnions(withoutEchoes(found)).flatMap(errorsOf)
  return onePerPlace(told).slice(0, MOST_ERRORS)
}

/** A member too many is told twice: of itself, by a keyword that says nothing, and of what it stands in. */
function withoutEchoes(found: readonly SchemaError[]): SchemaError[] {
  const unknown = found.filter(({ keyword }) => keyword === 'additionalProperties')
  const paths = new Set(unknown.flatMap(errorsOf).map(({ path }) => path))
  return found.filter(({ keyword, instancePath = '' }) => keyword !== 'boolean' || !paths.has(instancePath))
}

/** What may be one of several things fails with what is wrong for each of them; that becomes one answer, from the inside outwards. */
function withoutUnions(found: readonly SchemaError[]): SchemaError[] {
  const unions = found.filter(({ keyword }) => keyword === 'anyOf')
  return unions.reduce<SchemaError[]>(
    (errors, union) => {
      const parts = errors.filter((one) => branchOf(union, one) !== undefined)
      const others = errors.filter((one) => one === union || !parts.includes(one))
      return parts.length === 0 ? errors : others.flatMap((one) => (one === union ? answerOf(union, parts) : [one]))
    },
    [...found],
  )
}

/** Which of the union's alternatives the error is about; nothing where it is about something else. */
function branchOf(union: SchemaError, { schemaPath = '', instancePath = '' }: SchemaError): string | undefined {
  const [prefix, place] = [`${union.schemaPath}/anyOf/`, union.instancePath ?? '']
  if (!schemaPath.startsWith(prefix) || !(instancePath === place || instancePath.startsWith(`${place}/`)))
    return undefined
  return schemaPath.slice(prefix.length).split('/')[0]
}

/** Where the value is of none of the kinds, all that it could be; else what is wrong with it as the one that it comes nearest to. */
function answerOf(union: SchemaError, parts: readonly SchemaError[]): readonly SchemaError[] {
  const { schemaPath, instancePath } = union
  const branches = [...Map.groupBy(parts, (one) => branchOf(union, one)).values()]
  const kinds = parts.filter((one) => one.instancePath === instancePath).flatMap((one) => expectedOf(one) ?? [])
  const [first, ...others] = branches.filter(
    (errors) => !errors.some((one) => one.instancePath === instancePath && expectedOf(one)),
  )
  if (!first) return [{ keyword: EXPECTED, schemaPath, instancePath, params: { expected: kinds } }]
  return others.reduce((nearest, one) => (one.length < nearest.length ? one : nearest), first)
}

/** A keyword of ours: a value that is none of what it could be. */
const EXPECTED = 'expected'

/** What a value can be: this very one, or any of a kind. */
interface Expected {
  readonly words: string
  readonly isValue: boolean
}

const TYPES: ReadonlyMap<unknown, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
])

function expectedOf({ keyword, params = {} }: SchemaError): readonly Expected[] | undefined {
  if (keyword === EXPECTED) return params.expected as readonly Expected[]
  if (keyword === 'const') return [oneValue(params.allowedValue)]
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) return params.allowedValues.map(oneValue)
  if (keyword !== 'type') return undefined
  return [params.type].flat().map((type) => ({ words: TYPES.get(type) ?? String(type), isValue: false }))
}

function oneValue(value: unknown): Expected {
  return { words: value === '' ? '""' : String(value), isValue: true }
}

function inWords(expected: readonly Expected[]): string {
  const values = new Set(expected.filter(({ isValue }) => isValue).map(({ words }) => words))
  const kinds = new Set(expected.filter(({ isValue }) => !isValue).map(({ words }) => words))
  const told = values.size > 1 ? [`one of ${[...values].join(', ')}`] : [...values]
  return `must be ${[...told, ...kinds].join(' or ')}`
}

function errorsOf(error: SchemaError): InputError[] {
  const { keyword, instancePath = '', message = 'is not valid', params = {} } = error
  if (keyword === 'required') return eachMember(instancePath, params.requiredProperties, 'is required')
  if (keyword === 'additionalProperties')
    return eachMember(instancePath, params.additionalProperties, 'is not known here')
  const expected = expectedOf(error)
  if (expected) return [{ path: instancePath, message: inWords(expected) }]
  if (keyword === 'pattern') return [{ path: instancePath, message: patternMessage(params.pattern) }]
  return [{ path: instancePath, message: keyword === 'boolean' ? 'is not known here' : message }]
}

function patternMessage(pattern: unknown): string {
  const words = wordsOfPattern(String(pattern))
  return words === undefined ? 'is not written as it must be' : `must be ${words}`
}

function eachMember(path: string, members: unknown, message: string): InputError[] {
  if (!Array.isArray(members)) return [{ path, message }]
  return members.map((member) => ({ path: `${path}/${escapePointer(String(member))}`, message }))
}

function onePerPlace(errors: readonly InputError[]): InputError[] {
  const places = Map.groupBy(errors, ({ path }) => path)
  return [...places].map(([path, found]) => ({
    path,
    message: [...new Set(found.map(({ message }) => message))].join(' and '),
  }))
}
