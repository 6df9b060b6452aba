import { mutantsOf } from './mutant.ts'

/** What classes of records tell apart, where two policies are compared over them. */
export const comparisonMutants = [
  ...mutantsOf('packages/access/src/compare/compare-plan.ts', [
    ['  addNamed(needed, several)', '  addNamed(needed, [])', 'of several people alike each is taken for the others'],
  ]),
  ...mutantsOf('packages/access/src/compare/record-classes.ts', [
    ['side.grantees.add(principal)', 'side.grantees.has(principal)', 'shares that are asked about aren’t told apart'],
  ]),
  ...mutantsOf('apps/server/src/records/owner-column.ts', [
    ['standing[number] ??= owner', 'standing[number - 1] ??= owner', 'owners stand for others than those like them'],
  ]),
]

/** What may be asked of few facts alone. */
export const partMutants = [
  ...mutantsOf('packages/access/src/compare/alike-owners.ts', [
    ['new Map<number, number>()', 'new Map([[0, 1]])', 'who is in any set is taken for all who are'],
  ]),
  ...mutantsOf('packages/access/src/network.ts', [
    ['isMapped ? MAPPED_BITS : 0', 'isMapped ? 0 : 0', 'a block of mapped addresses has the length that is written'],
    ['prefix >= 0 && ', '', 'a block that reaches beyond mapped addresses is one'],
  ]),
]
