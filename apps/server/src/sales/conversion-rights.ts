import type { Key, PolicyModule } from '@bailiwick/access'
import { notPermitted, type Problem } from '../problem.ts'
import { type RecordItem, viewOf } from '../records/present-record.ts'
import { missingLevel, refusalOnModule } from '../records/require-module.ts'
import type { Reading } from '../records/stamped.ts'
import { BECAME, BECOMES, type Becoming } from './lead-fields.ts'

/** What keeps the person from converting, told as far as he sees it. */
export interface Missing {
  readonly module: Key
  readonly message: string
}

/** Fields of the lead that any conversion sets. */
const ALWAYS: readonly Key[] = ['converted', 'convertedAt']

/** What the person lacks on the lead itself. */
export function missingOnLead(reading: Reading, leads: PolicyModule, lead: RecordItem): Missing[] {
  const problems = [
    refusalOnModule(reading, leads.key, 'update'),
    lead.access === 'read' ? notPermitted(missingLevel('update')) : undefined,
    refusalOfFields(reading, leads, []),
  ]
  return problems.flatMap((problem) => (problem ? [{ module: leads.key, message: problem.message }] : []))
}

/**
 * The 403 for whoever may not change each field of the lead that the conversion sets: without them a lead could be converted twice. Those
 * that are hidden from him aren't named.
 */
export function refusalOfFields(
  reading: Reading,
  leads: PolicyModule,
  becomes: readonly Becoming[],
): Problem | undefined {
  const { access } = viewOf(reading, leads)
  const locked = [...ALWAYS, ...becomes.map((one) => BECAME[one])].filter((key) => access.get(key) !== 'edit')
  if (locked.length === 0) return undefined
  const named = locked.filter((key) => (access.get(key) ?? 'hidden') !== 'hidden')
  return notPermitted(
    named.length > 0
      ? `You can see but not change: ${named.join(', ')}.`
      : 'You may not change everything that a conversion sets.',
  )
}

/** Whether anything can be told of the module: to whom it is closed, it isn't there. */
export function isKnown(reading: Reading, module: Key): boolean {
  if (!reading.snapshot.policy.modules.has(module)) return false
  return !refusalOnModule(reading, module, 'read') || !refusalOnModule(reading, module, 'create')
}

/** What the person lacks to make what a lead becomes, of the modules that he knows. */
export function missingToCreate(reading: Reading): Missing[] {
  return Object.values(BECOMES).flatMap((module) => {
    const refusal = isKnown(reading, module) ? refusalOnModule(reading, module, 'create') : undefined
    return refusal ? [{ module, message: refusal.message }] : []
  })
}
