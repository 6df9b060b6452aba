import { Failure, type FailureDetail } from '../failure.ts'
import { clean, widthOf, wrap } from './paragraph.ts'

/** Says on standard error why a command failed; with `--json` also, as its one document, on standard output. */
export function printFailure(error: unknown, inJson: boolean): void {
  if (inJson) process.stdout.write(`${JSON.stringify({ error: asJson(error) }, null, 2)}\n`)
  for (const line of failureLines(error)) process.stderr.write(`${wrap(line, widthOf(process.stderr))}\n`)
}

/** A failure of ours has its trace: it is there to be reported. */
function failureLines(error: unknown): string[] {
  if (error instanceof Failure) return [`bailiwick: ${clean(error.message)}`, ...error.details.flatMap(detailLines)]
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return ['bailiwick: This is a fault of the program; please report it with what follows.', ...trace.split('\n')]
}

function detailLines({ place, path, message }: FailureDetail): string[] {
  const where = [place, path].filter(Boolean).join('  ')
  const lines = clean(message).trimEnd().split('\n')
  return where === '' ? lines.map((line) => `  ${line}`) : [`  ${where}`, ...lines.map((line) => `      ${line}`)]
}

function asJson(error: unknown) {
  if (!(error instanceof Failure)) return { message: error instanceof Error ? error.message : String(error) }
  const { message, details, problem } = error
  return { message, ...(problem && { status: problem.status, type: problem.type }), errors: details }
}
