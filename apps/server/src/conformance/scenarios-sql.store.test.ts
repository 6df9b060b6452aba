import { BUILT_IN_MODULES } from '@bailiwick/access'
import { describeFound, describeScenarios, loadFound, loadScenarios } from '@bailiwick/testkit/scenarios'
import { testDatabase } from '../testing/index.ts'
import { sqlLayer } from './sql-layer.ts'

const { database, createOrganization } = await testDatabase()
const layer = sqlLayer(database, await createOrganization(), BUILT_IN_MODULES)

describeScenarios(layer, loadScenarios(BUILT_IN_MODULES), {
  unasked: { 'requests go to the HTTP interface': 68 },
})
describeFound(layer, loadFound(BUILT_IN_MODULES))
