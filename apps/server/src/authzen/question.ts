import { isIP } from 'node:net'
import { parseInstant } from '@bailiwick/access'
import { type Evaluation, type EvaluationContext, EvaluationSchema, type InputError } from '@bailiwick/contract'
import { Compile } from 'typebox/compile'
import { problem } from '../problem.ts'

/** The resource type that stands for modules themselves, for actions that no record is there for yet. */
export const MODULE = 'module'
/** The one subject type there is. */
export const USER = 'user'

export interface Entity {
  readonly type: string
  readonly id: string
}

/** What an evaluation's context may say of the subject's circumstances; everything else in it is the caller's own affair. */
export interface Circumstances {
  /** Epoch ms; unstated, now. */
  readonly time?: number
  /** Unstated, networks restrict nothing. */
  readonly ip?: string
}

/** One question, well formed: whether what it names is there, and may be asked about, is still open. */
export interface Question {
  readonly subject: Entity
  readonly action: string
  /** The field that the action is done to. */
  readonly field?: string
  readonly resource: Entity
  readonly circumstances: Circumstances
}

const evaluationShape = Compile(EvaluationSchema)

/** The question of one item of a batch; nothing where it is none. */
export function findQuestion(item: unknown): Question | undefined {
  if (!evaluationShape.Check(item)) return undefined
  const read = readCircumstances(item.context)
  return 'wrong' in read ? undefined : questionOf(item, read)
}

/** @throws Problem 400 */
export function requireQuestion(evaluation: Evaluation): Question {
  return questionOf(evaluation, requireCircumstances(evaluation.context))
}

function questionOf({ subject, action, resource }: Evaluation, circumstances: Circumstances): Question {
  const field = action.properties?.field
  return { subject, action: action.name, ...(field !== undefined && { field }), resource, circumstances }
}

/** @throws Problem 400 where the context's time or address can't be read: taking it for unsaid might open what is shut */
export function requireCircumstances(context: EvaluationContext | undefined): Circumstances {
  const read = readCircumstances(context)
  if ('wrong' in read) throw problem(400, 'malformed-request', 'The context cannot be read.', [read.wrong])
  return read
}

function readCircumstances({ time, ip }: EvaluationContext = {}): Circumstances | { readonly wrong: InputError } {
  const instant = time === undefined ? undefined : parseInstant(time)
  if (time !== undefined && instant === undefined) {
    return {
      wrong: { path: '/context/time', message: 'must be a date and time of ISO 8601, with its offset from UTC' },
    }
  }
  if (ip !== undefined && isIP(ip) === 0) return { wrong: { path: '/context/ip', message: 'must be an IP address' } }
  return { ...(instant !== undefined && { time: instant }), ...(ip !== undefined && { ip }) }
}
