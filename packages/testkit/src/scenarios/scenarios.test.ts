import { BUILT_IN_MODULES } from '@bailiwick/access'
import { describeFound, describeScenarios } from './describe-scenarios.ts'
import { engineLayer } from './engine-layer.ts'
import { loadFound, loadScenarios } from './load-scenarios.ts'
import { oracleLayer } from './oracle-layer.ts'

/** Changes with the scenarios that are written; a layer that begins to skip questions shows here. */
const unasked = { 'requests go to the HTTP interface': 68, 'searching belongs to the database': 3 }
const scenarios = loadScenarios(BUILT_IN_MODULES)

describeScenarios(oracleLayer(BUILT_IN_MODULES), scenarios, { unasked })
describeScenarios(engineLayer(BUILT_IN_MODULES), scenarios, { unasked })

const found = loadFound(BUILT_IN_MODULES)
describeFound(oracleLayer(BUILT_IN_MODULES), found)
describeFound(engineLayer(BUILT_IN_MODULES), found)
