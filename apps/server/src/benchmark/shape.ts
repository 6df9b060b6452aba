/** How large a data set is. */
export interface Shape {
  readonly name: string
  readonly seed: number
  readonly accounts: number
  readonly deals: number
  readonly users: number
  /** Roles on each of the six levels, the top one first; all but the lowest have roles below them. */
  readonly roles: readonly number[]
  readonly teams: number
  readonly groups: number
  readonly sharingRules: number
  /** People of the one role that a re-organization moves. */
  readonly fieldSales: number
}

const FULL: Shape = {
  name: 'full',
  seed: 1,
  accounts: 1_000_000,
  deals: 3_000_000,
  users: 10_000,
  roles: [1, 4, 12, 40, 110, 233],
  teams: 300,
  groups: 200,
  sharingRules: 300,
  fieldSales: 1_000,
}

const SMALL: Shape = {
  ...FULL,
  name: 'small',
  accounts: 100_000,
  deals: 300_000,
  users: 1_000,
  roles: [1, 2, 4, 8, 10, 15],
  teams: 30,
  groups: 20,
  sharingRules: 30,
  fieldSales: 100,
}

/** For the test of the benchmark itself, and for trying a change of it. */
const TINY: Shape = {
  ...SMALL,
  name: 'tiny',
  accounts: 3_000,
  deals: 3_000,
  users: 300,
  teams: 6,
  groups: 6,
  sharingRules: 6,
  fieldSales: 20,
}

export const SHAPES: { readonly [name: string]: Shape } = { full: FULL, small: SMALL, tiny: TINY }

/** Shares by hand and confidential records, among all records. */
export const SHARED = 0.01
export const CONFIDENTIAL = 0.02
/** Records that a team owns. */
export const TEAM_OWNED = 0.02
/** The one who has only old records has this many, whatever the size. */
export const SCATTERED = 100
/** Shares that reach the one who owns nothing. */
export const SHARED_WITH_GUEST = 200
