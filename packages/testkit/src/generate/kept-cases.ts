/** A generated case on which a law once failed. It is tried first, on every run, for as long as the generators still make it. */
export interface KeptCase {
  /** The law's name, as its test says it. */
  readonly law: string
  readonly seed: number
  /** Where shrinking ended; absent: the whole run of the seed. */
  readonly path?: string
  /** What was wrong. */
  readonly why: string
}

export const keptCases: readonly KeptCase[] = [
  {
    law: 'a check accepts their documents',
    seed: 260017357,
    why: 'An amount of fifteen digits, four of them decimals, was taken for one with more of them.',
  },
]
