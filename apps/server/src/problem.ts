import {
  type InputError,
  type Meanwhile,
  PROBLEM_TYPES,
  type ProblemBody,
  type ProblemType,
  problemUri,
} from '@bailiwick/contract'

type Headers = Readonly<Record<string, string>>
type StatusOf<Type extends ProblemType> = (typeof PROBLEM_TYPES)[Type]['status']

interface Moved {
  readonly version: number
  readonly changes: readonly Meanwhile[]
}

/** A failure that the caller may be told of in full: its detail and errors reach him word for word. */
export class Problem extends Error {
  readonly type: ProblemType
  readonly status: number
  readonly errors: readonly InputError[] | undefined
  readonly headers: Headers
  /** Of a record that moved on: the version that it has, and what was changed since the one that was seen. */
  readonly moved: Moved | undefined

  constructor(type: ProblemType, detail: string, errors?: readonly InputError[], headers: Headers = {}, moved?: Moved) {
    super(detail)
    this.name = 'Problem'
    this.type = type
    this.status = PROBLEM_TYPES[type].status
    this.errors = errors
    this.headers = headers
    this.moved = moved
  }

  /** The same, and what was changed meanwhile. */
  with(moved: Moved): Problem {
    return new Problem(this.type, this.message, this.errors, this.headers, moved)
  }
}

/**
 * A problem to throw. The status must be the catalogue's own for the type, so that the reader of a call
 * sees it and a wrong pair doesn't compile. `errors` tell where in the input it lies, as JSON pointers.
 */
export function problem<Type extends ProblemType>(
  status: StatusOf<Type>,
  type: Type,
  detail: string,
  errors?: readonly InputError[],
  headers?: Headers,
): Problem {
  void status
  return new Problem(type, detail, errors, headers)
}

/** The one answer for what isn't there and for what he can't see (access model, section 7). */
export function notFound(): Problem {
  return problem(404, 'not-found', 'There is nothing here that you can see.')
}

/** Bad input: 422 with every error at once. */
export function invalidInput(errors: readonly InputError[]): Problem {
  return problem(422, 'invalid-input', 'Some of the input is not as it should be.', errors)
}

/**
 * The error that work on a part of an input failed with, as it is told of the whole: its paths begin with the part's. Any other is given
 * back as it is.
 */
export function errorUnder(path: string, error: unknown): unknown {
  if (!(error instanceof Problem) || !error.errors) return error
  const errors = error.errors.map((one) => ({ ...one, path: `${path}${one.path}` }))
  return new Problem(error.type, error.message, errors, error.headers, error.moved)
}

/** 403: he can see it, but lacks what `missing` names. */
export function notPermitted(missing: string): Problem {
  return problem(403, 'not-permitted', missing)
}

/** 401: nobody is asking, or nobody who may. */
export function notSignedIn(detail = 'Sign in, or send an API key as a bearer token.'): Problem {
  return problem(401, 'not-signed-in', detail, undefined, { 'www-authenticate': 'Bearer realm="bailiwick"' })
}

/** 503 with a time to come back. */
export function unavailable(detail: string, retryAfterSeconds = 5): Problem {
  return problem(503, 'unavailable', detail, undefined, { 'retry-after': String(retryAfterSeconds) })
}

/** The body that a problem answers with. */
export function problemBody(failure: Problem): ProblemBody {
  return {
    type: problemUri(failure.type),
    title: PROBLEM_TYPES[failure.type].title,
    status: failure.status,
    detail: failure.message,
    ...(failure.errors && { errors: [...failure.errors] }),
    ...(failure.moved && { version: failure.moved.version, changes: [...failure.moved.changes] }),
  }
}
