import { type Key, NEEDED_LEVEL, rankOfAccess } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import { managesAccess } from '../records/explain-record.ts'
import { findLevels, type LevelQuestion } from '../records/find-levels.ts'
import type { RecordsParts } from '../records/parts.ts'
import { viewOf } from '../records/present-record.ts'
import type { Reading } from '../records/stamped.ts'
import { askingOf, findAskable, requireAskable } from './askable.ts'
import { findAction, mayOnModule, mayOnRecords } from './may-on-module.ts'
import { type Entity, MODULE, type Question } from './question.ts'

/**
 * The decisions on questions about one subject.
 * @throws Problem 403 where the actor may not ask about him
 */
export async function evaluate(
  parts: RecordsParts,
  actor: Actor,
  subject: Entity,
  questions: readonly Omit<Question, 'subject'>[],
): Promise<boolean[]> {
  const whole = questions.map((question) => ({ ...question, subject }))
  return decideAll(parts, actor, whole, (reading) => requireAskable(reading, subject))
}

/** The decisions on questions of a batch: whatever is wrong with one is its own no. */
export async function evaluateEach(
  parts: RecordsParts,
  actor: Actor,
  questions: readonly (Question | undefined)[],
): Promise<boolean[]> {
  return decideAll(parts, actor, questions)
}

/** One statement, under one policy: what the module settles is settled without it. */
async function decideAll(
  parts: RecordsParts,
  actor: Actor,
  questions: readonly (Question | undefined)[],
  requireAllowed: (reading: Reading) => void = () => {},
): Promise<boolean[]> {
  const steps = { current: [] as readonly Step[] }
  const build = (reading: Reading) => {
    requireAllowed(reading)
    const stepOf = rememberingSteps(reading)
    steps.current = questions.map((question) => question !== undefined && stepOf(question))
    return steps.current.map((step) => (typeof step === 'boolean' ? undefined : step))
  }
  const held = await findLevels(parts, actor, build)
  return steps.current.map((step, index) => (typeof step === 'boolean' ? step : (held[index] ?? false)))
}

/** An answer, or what it still depends on. */
type Step = boolean | LevelQuestion

/** Hundreds of questions differ in the record alone: what is not about it is found out once. */
function rememberingSteps(reading: Reading): (question: Question) => Step {
  const known = new Map<string, Step>()
  let last: { readonly question: Question; readonly step: Step } | undefined
  const findStep = (question: Question) => {
    if (last && differInRecordAlone(last.question, question)) return last.step
    const name = nameOf(question)
    const step = known.get(name) ?? stepOf(reading, question)
    known.set(name, step)
    last = { question, step }
    return step
  }
  return (question) => {
    const step = findStep(question)
    return typeof step === 'boolean' ? step : { ...step, id: question.resource.id }
  }
}

function nameOf({ subject, action, field, resource, circumstances: { time, ip } }: Question): string {
  const record = resource.type === MODULE ? resource.id : undefined
  return JSON.stringify([subject.type, subject.id, action, field, resource.type, time, ip, record])
}

function differInRecordAlone(one: Question, other: Question): boolean {
  const { subject, action, field, resource, circumstances } = one
  return (
    resource.type === other.resource.type &&
    resource.type !== MODULE &&
    subject.type === other.subject.type &&
    subject.id === other.subject.id &&
    action === other.action &&
    field === other.field &&
    circumstances.time === other.circumstances.time &&
    circumstances.ip === other.circumstances.ip
  )
}

function stepOf(reading: Reading, question: Question): Step {
  const { policy } = reading.snapshot
  const user = findAskable(reading, question.subject)?.key
  const action = findAction(question.action)
  if (user === undefined || !action) return false
  const asking = askingOf(reading, question.circumstances)
  const wish = { action, field: question.field, asking }
  const { type, id } = question.resource
  if (type === MODULE) return mayOnModule(policy, user, id, wish)
  if (!mayOnRecords(policy, user, type, wish)) return false
  const needs = NEEDED_LEVEL[action] ?? 'read'
  return { user, module: type, id, byExternalId: knowsExternalIds(reading, type), needs, now: asking.now }
}

/** External ids name records for who manages access, and for whom they are there to read: else an answer would tell a hidden value. */
function knowsExternalIds(reading: Reading, key: Key): boolean {
  if (managesAccess(reading)) return true
  const module = reading.snapshot.policy.modules.get(key)
  const access = module && viewOf(reading, module).access.get('externalId')
  return rankOfAccess(access ?? 'hidden') >= rankOfAccess('read')
}
