/** What went wrong, as the interface tells it (RFC 9457). */
export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly errors?: readonly FieldError[]
  readonly [extra: string]: unknown
}

export interface FieldError {
  /** JSON pointer into what was sent. */
  readonly path: string
  readonly message: string
}

/** An answer that isn't a success. */
export class ApiProblem extends Error {
  readonly status: number
  readonly body: ProblemBody

  constructor(body: ProblemBody) {
    super(body.detail ?? body.title)
    this.name = 'ApiProblem'
    this.status = body.status
    this.body = body
  }

  /** The errors by the first step of their path: a field, mostly. */
  get byField(): ReadonlyMap<string, string> {
    return new Map((this.body.errors ?? []).map(({ path, message }) => [path.split('/')[1] ?? '', message]))
  }
}

/** No answer came: the network is away, or the server is. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause })
    this.name = 'Unreachable'
  }
}

/** Whether an error is a refusal with this status. */
export function isProblem(error: unknown, ...statuses: readonly number[]): error is ApiProblem {
  return error instanceof ApiProblem && (statuses.length === 0 || statuses.includes(error.status))
}

/** Reads a body as a problem; one that isn't (a balancer's page, say) becomes one with its status. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  if (typeof body === 'object' && body !== null && 'title' in body && 'status' in body) {
    return new ApiProblem(body as ProblemBody)
  }
  return new ApiProblem({ type: 'about:blank', title: `HTTP ${status}`, status })
}
