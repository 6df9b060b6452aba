import { comparisonMutants, partMutants } from './comparisons.ts'
import { countMutants } from './counts.ts'
import { decisionMutants } from './decisions.ts'
import { engineMutants } from './engine.ts'
import { grantMutants } from './grants.ts'
import type { MutantGroup } from './mutant.ts'
import { orderMutants } from './orders.ts'
import { pageMutants } from './pages.ts'
import { sqlMutants } from './sql.ts'
import { wordMutants } from './words.ts'

const ENGINE_TESTS = [
  'packages/testkit/src/scenarios/scenarios.test.ts',
  'packages/testkit/src/engine-is-the-law.test.ts',
  'packages/testkit/src/laws.test.ts',
]

const SQL_TESTS = [
  'apps/server/src/conformance/scenarios-sql.store.test.ts',
  'apps/server/src/records/gateway.reading.store.test.ts',
  'apps/server/src/records/gateway.writing.store.test.ts',
  'apps/server/src/conformance/two-programs.store.test.ts',
  'apps/server/src/conformance/worlds.store.test.ts',
  'apps/server/src/conformance/living.store.test.ts',
  'apps/server/src/conformance/list-shapes.store.test.ts',
]

const PAGE_TESTS = ['apps/server/src/records/find-page.store.test.ts']

const COUNT_TESTS = [
  'apps/server/src/records/counts/counts.store.test.ts',
  'apps/server/src/conformance/list-shapes.store.test.ts',
]

const DECISION_TESTS = [
  'apps/server/src/records/list-shapes/values.test.ts',
  'apps/server/src/policy/versions.store.test.ts',
  'apps/server/src/authzen/evaluation.store.test.ts',
  'apps/server/src/authzen/batch.store.test.ts',
  'apps/server/src/notifications/notifications.store.test.ts',
  'apps/server/src/exports/told-live.store.test.ts',
  'apps/server/src/conformance/two-programs.store.test.ts',
  'apps/server/src/authzen/worlds.store.test.ts',
]

const COMPARISON_TESTS = [
  'apps/server/src/records/explain-ways.store.test.ts',
  'apps/server/src/conformance/compare.store.test.ts',
]

const PART_TESTS = ['packages/access/src/compare/alike-owners.test.ts', 'packages/access/src/network.test.ts']

const WORD_TESTS = [
  'apps/server/src/conformance/texts.store.test.ts',
  'apps/server/src/modules/searched-texts.store.test.ts',
  'apps/server/src/modules/table-changes.test.ts',
]

const ORDER_TESTS = [
  'apps/server/src/records/orders/sort-out-orders.test.ts',
  'apps/server/src/records/orders/orders.store.test.ts',
  'apps/server/src/records/orders/rule-indexes.store.test.ts',
  'apps/server/src/records/gateway.reading.store.test.ts',
  'apps/server/src/records/find-page.store.test.ts',
  'apps/server/src/conformance/list-shapes.store.test.ts',
]

/** Everything that `npm run mutate` breaks, and what must notice. */
export const MUTANT_GROUPS: readonly MutantGroup[] = [
  { name: 'grants and caps', project: 'pure', tests: ENGINE_TESTS, mutants: grantMutants },
  { name: 'engine', project: 'pure', tests: ENGINE_TESTS, mutants: engineMutants },
  { name: 'SQL and gateway', project: 'postgres-18', tests: SQL_TESTS, mutants: sqlMutants },
  { name: 'steps to a page', project: 'postgres-18', tests: PAGE_TESTS, mutants: pageMutants },
  { name: 'counts', project: 'postgres-18', tests: COUNT_TESTS, mutants: countMutants },
  { name: 'decisions and notices', project: 'postgres-18', tests: DECISION_TESTS, mutants: decisionMutants },
  { name: 'comparisons', project: 'postgres-18', tests: COMPARISON_TESTS, mutants: comparisonMutants },
  { name: 'words', project: 'postgres-18', tests: WORD_TESTS, mutants: wordMutants },
  { name: 'orders', project: 'postgres-18', tests: ORDER_TESTS, mutants: orderMutants },
  { name: 'parts', project: 'pure', tests: PART_TESTS, mutants: partMutants },
]
