import type { Agreement } from './in-process.ts'

/** One thread, one decision at a time. */
export interface DecisionRow {
  readonly peer: string
  readonly version: string
  /** Milliseconds. */
  readonly p50: number
  readonly perSecond: number
  readonly agreement: Agreement
}

export type Reader = 'representative' | 'manager' | 'oldManager' | 'head' | 'auditor'

/** Milliseconds until the first 50 newest are known, in the middle. */
export interface PageRow {
  readonly peer: string
  readonly version: string
  readonly p50: { readonly [reader in Reader]?: number }
  /** Readers whose page took too long and was given up. */
  readonly givenUp: readonly Reader[]
  /** Readers whose page held other deals than the law says. */
  readonly different: readonly Reader[]
}

/** Over HTTP, on ten connections. */
export interface HttpRow {
  readonly what: string
  /** Requests a second by server; megabytes in the row about memory. */
  readonly of: { readonly [server: string]: number }
  /** How many times as many requests the first server answered as each, in the same turns. */
  readonly ahead?: { readonly [server: string]: number }
  readonly unit: '/s' | 'MB'
}

export interface NotRun {
  readonly peer: string
  readonly reason: string
}

export interface Result {
  /** ISO 8601. */
  readonly at: string
  readonly machine: {
    readonly processors: number
    readonly node: string
    readonly postgres: string
    readonly load: number
  }
  readonly people: number
  readonly deals: number
  readonly decisions: readonly DecisionRow[]
  readonly pages: readonly PageRow[]
  readonly http: readonly HttpRow[]
  /** Answers over HTTP that weren't the law's. */
  readonly differences: readonly string[]
  readonly notRun: readonly NotRun[]
}
