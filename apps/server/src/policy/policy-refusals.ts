import type { Difference, Problem } from '@bailiwick/access'
import type { DataLoss } from '../modules/data-at-stake.ts'
import type { InvariantResult } from './policy-invariants.ts'
import type { TestResult } from './policy-tests.ts'

/** Everything that keeps a document from being applied. */
export interface Refusal {
  readonly problems: readonly Problem[]
  readonly failedTests: readonly TestResult[]
  readonly violatedInvariants: readonly InvariantResult[]
  /** Data that would go, and that the apply doesn't say may go. */
  readonly destroys: readonly DataLoss[]
}

/** The document was not applied, and nothing changed. */
export class PolicyRefused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Partial<Refusal>) {
    super('The policy document was not applied.')
    this.name = 'PolicyRefused'
    this.refusal = { problems: [], failedTests: [], violatedInvariants: [], destroys: [], ...refusal }
  }
}

/** Somebody applied another version since the one that the change was made from. */
export class PolicyMoved extends Error {
  readonly version: number
  /** What the versions since the base changed. */
  readonly changes: readonly Difference[]

  constructor(version: number, changes: readonly Difference[]) {
    super(`The policy has moved on to version ${version}.`)
    this.name = 'PolicyMoved'
    this.version = version
    this.changes = changes
  }
}

/** Whoever applies lacks `manageAccess` in the policy as it stands when his change would be made. */
export class PolicyChangeForbidden extends Error {
  constructor() {
    super('Changing the policy takes the system permission manageAccess.')
    this.name = 'PolicyChangeForbidden'
  }
}

/** There is no version of this number. */
export class PolicyVersionMissing extends Error {
  constructor(number: number) {
    super(`There is no version ${number} of the policy.`)
    this.name = 'PolicyVersionMissing'
  }
}

/** The refusal as a flat list, each with where in the document it lies. */
export function refusalErrors(refusal: Refusal): { readonly path: string; readonly message: string }[] {
  return [
    ...refusal.problems.map(({ path, message, cure }) => ({ path, message: `${message} ${cure}`.trim() })),
    ...refusal.failedTests.flatMap(({ test, failures }) =>
      failures.map((message) => ({ path: `/tests/${test}`, message })),
    ),
    ...refusal.violatedInvariants.map(({ invariant, failure }) => ({
      path: `/invariants/${invariant}`,
      message: failure ?? 'It does not hold.',
    })),
    ...refusal.destroys.map(destroyError),
  ]
}

function destroyError({ module, field, records }: DataLoss): { path: string; message: string } {
  const name = field === undefined ? module : `${module}.${field}`
  const path = field === undefined ? `/modules/${module}` : `/modules/${module}/fields/${field}`
  return {
    path,
    message: `${records} records hold data in ${name}. To drop it with its data, say so: destroy=${name} (on the command line --destroy ${name}).`,
  }
}
