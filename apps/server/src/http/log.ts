import { type DestinationStream, type Logger, pino } from 'pino'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** What must never be written down, wherever a log call should mention it. */
const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'key',
  'headers.authorization',
  'headers.cookie',
  'req.headers',
  'res.headers',
]

/**
 * The program's log: JSON lines on standard error (standard output belongs to what the caller asked for).
 * Neither secrets nor values of records reach it: requests are logged without their query, and a failure of the
 * database without its message and detail, since PostgreSQL puts the offending values there.
 */
export function createLog(level: LogLevel, destination: DestinationStream = toStandardError()): Logger {
  return pino(
    {
      level,
      base: undefined,
      redact: { paths: SECRETS, censor: '[redacted]' },
      serializers: { err: describeFailure, error: describeFailure, req: describeRequest },
    },
    destination,
  )
}

/** Characters that are written together; what is fewer is written after this many milliseconds, and when the process ends. */
const LINES_TOGETHER = { minLength: 4_096, periodicFlush: 200 }

/** A write for each request costs a busy server a tenth of its time. A killed process loses what it said in its last moments. */
function toStandardError(): DestinationStream {
  return pino.destination({ dest: 2, sync: false, ...LINES_TOGETHER })
}

function describeFailure(failure: unknown): unknown {
  if (!(failure instanceof Error)) return { type: typeof failure }
  if ('severity' in failure) return describeDatabaseFailure(failure)
  const cause = failure.cause === undefined ? {} : { cause: describeFailure(failure.cause) }
  return { type: failure.name, message: failure.message, stack: failure.stack, ...cause }
}

function describeDatabaseFailure(failure: Error): unknown {
  const { code, constraint, table, schema, column, routine } = failure as Error & Record<string, unknown>
  return { type: 'DatabaseError', code, constraint, table, schema, column, routine, at: framesOf(failure) }
}

function framesOf(failure: Error): string[] {
  return (failure.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
}

interface RequestLike {
  readonly method?: string
  readonly url?: string
  readonly ip?: string
}

function describeRequest({ method, url, ip }: RequestLike): unknown {
  return { method, path: url?.split('?', 1)[0], ip }
}
