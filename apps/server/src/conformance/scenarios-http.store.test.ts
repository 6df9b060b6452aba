import { BUILT_IN_MODULES } from '@bailiwick/access'
import { describeFound, describeScenarios, loadFound, loadScenarios } from '@bailiwick/testkit/scenarios'
import { afterAll } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { authzenLayer } from './authzen-layer.ts'
import { httpLayer, usersOf } from './http-layer.ts'
import { signedInOffice } from './signed-in-office.ts'

const { database, createOrganization } = await testDatabase()
const scenarios = loadScenarios(BUILT_IN_MODULES)
const found = loadFound(BUILT_IN_MODULES)
const everybody = usersOf([...scenarios, ...found])
const office = await signedInOffice(database, await createOrganization(), BUILT_IN_MODULES, everybody)
afterAll(() => office.close())

describeScenarios(httpLayer(office, BUILT_IN_MODULES), scenarios, {
  unasked: {
    'a list is of what one reads, or of the recycle bin': 8,
    'importing needs a file': 4,
    'whoever asks has an address': 1,
  },
})

describeScenarios(authzenLayer(office, BUILT_IN_MODULES), scenarios, {
  unasked: {
    'AuthZEN decides, and says no more': 186,
    'AuthZEN knows no recycle bin': 7,
    'a search finds nothing where a list is refused': 9,
    'a search knows neither filters nor orders': 16,
  },
})

describeFound(httpLayer(office, BUILT_IN_MODULES), found)
describeFound(authzenLayer(office, BUILT_IN_MODULES), found)
