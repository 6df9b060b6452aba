import type { Difference } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { notPermitted, type Problem, problem, unavailable } from '../problem.ts'
import { PolicyBusy } from './apply-policy.ts'
import {
  PolicyChangeForbidden,
  PolicyMoved,
  PolicyRefused,
  PolicyVersionMissing,
  refusalErrors,
} from './policy-refusals.ts'

/** How a refused change is told over HTTP; what isn't a refusal comes back as it was. */
export function asProblem(error: unknown): unknown {
  if (error instanceof PolicyRefused) return refused(error)
  if (error instanceof PolicyMoved) return moved(error)
  if (error instanceof PolicyChangeForbidden) return notPermitted(error.message)
  if (error instanceof PolicyVersionMissing) return problem(404, 'not-found', error.message)
  if (error instanceof PolicyBusy) return unavailable(error.message)
  return error
}

function refused({ message, refusal }: PolicyRefused): Problem {
  return problem(422, 'invalid-input', message, refusalErrors(refusal))
}

/** `errors` show how the policy moved, for whoever has to bring the two changes together. */
function moved({ version, changes }: PolicyMoved): Problem {
  const detail = `Somebody changed the policy meanwhile: it is at version ${version}. Bring that into your document, and apply again.`
  return problem(412, 'version-moved', detail, changes.map(movedPart))
}

const DONE = { added: 'was added', removed: 'was removed', changed: 'was changed' } as const

function movedPart({ path, kind }: Difference): InputError {
  return { path, message: `${DONE[kind]} since your base` }
}
