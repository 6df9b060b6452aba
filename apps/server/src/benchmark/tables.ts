import type { CopiedRecord, CopiedRecords, CopiedShare } from '../records/copy-records.ts'
import type { Ownership } from './ownership.ts'
import type { Staff } from './people.ts'
import { accountId, dealId, type MadeRecord, makeAccounts, makeDeals } from './records.ts'
import type { Shape } from './shape.ts'
import { type MadeShares, makeShares } from './shares.ts'

const ACCOUNT_FIELDS = [
  ...['name', 'accountNumber', 'type', 'industry', 'country', 'phone', 'email'],
  ...['website', 'revenue', 'employees', 'billingCity'],
]
const DEAL_FIELDS = ['name', 'stage', 'amount', 'probability', 'type', 'closeDate', 'nextStep', 'account']

export interface Made {
  readonly shape: Shape
  readonly staff: Staff
  /** Who is to have most of what is shared by hand. */
  readonly guest: string
  readonly ownership: Ownership
  /** Owners' numbers in the order of `Ownership`: people, then teams. */
  readonly ownerIds: readonly number[]
}

/** What the company has: accounts before the deals that look them up, and what of both was shared by hand. */
export function tablesOf({ shape, staff, guest, ownership, ownerIds }: Made): {
  readonly records: readonly CopiedRecords[]
  readonly shares: readonly CopiedShare[]
} {
  const ofAccounts = makeShares(shape, staff, guest, 'accounts')
  const ofDeals = makeShares(shape, staff, guest, 'deals')
  const accounts = copied(makeAccounts(shape, staff, ownership), ACCOUNT_FIELDS, ownerIds, ofAccounts)
  const deals = copied(makeDeals(shape, staff, ownership), DEAL_FIELDS, ownerIds, ofDeals)
  return {
    records: [
      { module: 'accounts', fields: ACCOUNT_FIELDS, records: accounts },
      { module: 'deals', fields: DEAL_FIELDS, records: deals },
    ],
    shares: [
      ...copiedShares(ofAccounts, 'accounts', (index) => accountId(shape, index)),
      ...copiedShares(ofDeals, 'deals', (index) => dealId(shape, index)),
    ],
  }
}

function* copied(
  records: Iterable<MadeRecord>,
  fields: readonly string[],
  ownerIds: readonly number[],
  shares: MadeShares,
): Generator<CopiedRecord> {
  let index = 0
  for (const { owner, values, ...record } of records) {
    const shared = shares.get(index)?.length ?? 0
    yield { ...record, owner: ownerIds[owner]!, shares: shared, values: fields.map((field) => values[field] ?? null) }
    index += 1
  }
}

const SHARED_AT = '2025-12-31T00:00:00Z'

function copiedShares(shares: MadeShares, module: string, idOf: (index: number) => string): CopiedShare[] {
  return [...shares].flatMap(([index, some]) =>
    some.map((share) => ({ ...share, record: idOf(index), module, created: SHARED_AT })),
  )
}
