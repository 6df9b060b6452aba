import { type Problem, problem } from '../problem.ts'
import type { RecordItem } from '../records/present-record.ts'
import type { Reading } from '../records/stamped.ts'
import { isReadable } from '../records/within-transaction.ts'
import { BECAME, BECOMES, type Becoming } from './lead-fields.ts'

/** The ids of what a lead became; null where it became none, or none that the person reads. */
export type Became = Readonly<Record<Becoming, string | null>>

/** Nothing where the lead isn't converted. */
export async function findBecame(reading: Reading, lead: RecordItem): Promise<Became | undefined> {
  if (lead.converted !== true) return undefined
  const [account, contact, deal] = [
    await became(reading, lead, 'account'),
    await became(reading, lead, 'contact'),
    await became(reading, lead, 'deal'),
  ]
  return { account, contact, deal }
}

async function became(reading: Reading, lead: RecordItem, one: Becoming): Promise<string | null> {
  const id = lead[BECAME[one]]
  return typeof id === 'string' && (await isReadable(reading, BECOMES[one], id)) ? id : null
}

/** The 409 for a lead that was converted before: each of `errors` names what it became, as far as it is to be seen. */
export function convertedAlready(became: Became): Problem {
  const told = (['account', 'contact', 'deal'] as const).flatMap((one) =>
    became[one] === null ? [] : [{ path: `/${one}`, message: `${BECOMES[one]}/${became[one]}` }],
  )
  return problem(409, 'conflict', 'This lead was converted already.', told)
}
