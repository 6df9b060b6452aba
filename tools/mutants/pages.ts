import { mutantsOf } from './mutant.ts'

/** Which of the steps that try to find a page is taken to have found it. */
export const pageMutants = mutantsOf('apps/server/src/records/find-page.ts', [
  [
    'rows.length > this.asked.checked.limit',
    'rows.length > 0',
    'what the first of all rows hold is taken for the page',
  ],
  ['return this.#isFiltered ? from : LAST', 'return from', 'what was first found stands for the page at a glance'],
])
