import type { Actor } from '../actor.ts'
import { notFound } from '../problem.ts'
import { requireId } from '../records/find-record.ts'
import { listRecords } from '../records/list-records.ts'
import type { RecordsParts } from '../records/parts.ts'
import type { RecordItem } from '../records/present-record.ts'
import { refusalOnModule, requireModule } from '../records/require-module.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { findWithin, isClear } from '../records/within-transaction.ts'
import { type Became, findBecame } from './became.ts'
import { isKnown, type Missing, missingOnLead, missingToCreate } from './conversion-rights.ts'
import { BECOMES, type Becoming, FILLED } from './lead-fields.ts'
import { proposeValues, type Source, type Values } from './propose-values.ts'

/** All that a form for converting a lead begins with. */
export interface ConversionPreview {
  readonly version: number
  /** Whether the person may change the lead as a conversion does. */
  readonly mayConvert: boolean
  readonly missing: readonly Missing[]
  readonly converted: Became | null
  /** What new records would begin with; null where the module isn't there for the person. */
  readonly proposed: Readonly<Record<Becoming, Values | null>>
  /** Records that he reads and that may be the same company or person. */
  readonly duplicates: { readonly account: readonly RecordItem[]; readonly contact: readonly RecordItem[] }
}

const MOST_DUPLICATES = 5

/** @throws Problem 404 where the person doesn't read the lead */
export async function previewConversion(parts: RecordsParts, actor: Actor, id: string): Promise<ConversionPreview> {
  const { preview, asked } = await inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, 'leads', 'read')
    const item = await findWithin({ parts, reading }, module.key, requireId(id))
    if (!item) throw notFound()
    const source = { module, item }
    return { preview: await previewOf(reading, source), asked: questionsOf(reading, source) }
  })
  const [account, contact] = [await find(parts, actor, asked.account), await find(parts, actor, asked.contact)]
  return { ...preview, duplicates: { account, contact } }
}

async function previewOf(reading: Reading, source: Source): Promise<Omit<ConversionPreview, 'duplicates'>> {
  const onLead = missingOnLead(reading, source.module, source.item)
  const [account, contact, deal] = [
    await proposedOf(reading, source, 'account'),
    await proposedOf(reading, source, 'contact'),
    await proposedOf(reading, source, 'deal'),
  ]
  return {
    version: source.item.version,
    mayConvert: onLead.length === 0,
    missing: [...onLead, ...missingToCreate(reading)],
    converted: (await findBecame(reading, source.item)) ?? null,
    proposed: { account, contact, deal },
  }
}

async function proposedOf(reading: Reading, source: Source, one: Becoming): Promise<Values | null> {
  const module = reading.snapshot.policy.modules.get(BECOMES[one])
  return module && isKnown(reading, module.key) ? proposeValues(reading, source, module, FILLED[one]) : null
}

/** Records of a module whose field has that value. */
interface Question {
  readonly module: string
  readonly field: string
  readonly value: string
}

function questionsOf(reading: Reading, source: Source) {
  return {
    account: questionOf(reading, source, 'company', { module: 'accounts', field: 'name' }),
    contact: questionOf(reading, source, 'email', { module: 'contacts', field: 'email' }),
  }
}

function questionOf(
  reading: Reading,
  { module, item }: Source,
  from: string,
  { module: key, field }: Omit<Question, 'value'>,
): Question | undefined {
  const [value, target] = [item[from], reading.snapshot.policy.modules.get(key)]
  if (typeof value !== 'string' || value === '' || !isClear(reading, module, from)) return undefined
  const isAsked = target && isClear(reading, target, field) && !target.fields.get(field)?.encrypted
  return isAsked && !refusalOnModule(reading, key, 'read') ? { module: key, field, value } : undefined
}

async function find(parts: RecordsParts, actor: Actor, question: Question | undefined): Promise<readonly RecordItem[]> {
  if (!question) return []
  const { module, field, value } = question
  const { items } = await listRecords(parts, actor, module, {
    filter: { field, op: 'eq', value },
    limit: MOST_DUPLICATES,
  })
  return items
}
