import type { DemoRecord } from '../demo-record.ts'

/** What the samples grow out of: the real rows, and the day that they are made for (`YYYY-MM-DD`). */
export interface DemoCompany {
  readonly products: readonly DemoRecord[]
  readonly accounts: readonly DemoRecord[]
  readonly deals: readonly DemoRecord[]
  readonly contacts: readonly DemoRecord[]
  readonly today: string
}

export function textOf(record: DemoRecord, field: string): string {
  return String(record.values[field] ?? '')
}

/** The first person known at an account, where there is one. */
export function findContact({ contacts }: DemoCompany, account: string | undefined): DemoRecord | undefined {
  return contacts.find((contact) => contact.lookups?.account?.externalId === account)
}
