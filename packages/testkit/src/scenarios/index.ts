export { ask } from './ask.ts'
export {
  countUnasked,
  type DescribingOptions,
  describeFound,
  describeScenarios,
  type Unasked,
} from './describe-scenarios.ts'
export { engineLayer } from './engine-layer.ts'
export { opens as isOpenFor } from './law-session.ts'
export type { HttpAnswer, ScenarioLayer, ScenarioSession } from './layer.ts'
export { loadFound, loadScenarios } from './load-scenarios.ts'
export { oracleLayer } from './oracle-layer.ts'
export { parseScenarios } from './parse-scenarios.ts'
export { factsOf, madeUpIds } from './record-facts.ts'
export { type FilledRequest, MISSING_ID, requestWithIds } from './request-with-ids.ts'
export * from './scenario.ts'
