import { BUILT_IN_MODULES } from '@bailiwick/access'
import { arbitraryHistory, askedLaw, type History, KEYS, type Objection, stepOf } from '@bailiwick/testkit'
import { afterAll } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { livingObjection } from './living-objections.ts'
import { LivingWorld } from './living-world.ts'
import { HOME, signedInOffice } from './signed-in-office.ts'
import { tablesOfAllWorlds } from './stored-worlds.ts'

const { database, createOrganization } = await testDatabase()
const office = await signedInOffice(database, await createOrganization(), BUILT_IN_MODULES, KEYS.users)
await office.organization.keepTables(tablesOfAllWorlds(BUILT_IN_MODULES))
afterAll(() => office.close())

const histories = arbitraryHistory({ catalogue: BUILT_IN_MODULES, furnished: ['accounts'] })

askedLaw('whatever happens to an organization, every interface says what the law says', histories, historyObjection, 8)

/** Everything is asked of the organization as it was made, and again after each step. */
async function historyObjection({ before, steps }: History): Promise<Objection> {
  const { licensed: _, ip = HOME, ...world } = before
  const living = await LivingWorld.settle(office, { ...world, ip })
  const turn = before.now % 97
  const taken: string[] = []
  const told = (objection: Objection) => objection && `${objection}\nafter: ${taken.join('; ') || 'nothing yet'}`
  const atFirst = told(await livingObjection(living, turn))
  if (atFirst !== undefined) return atFirst
  for (const [at, seed] of steps.entries()) {
    const step = stepOf(living.world, seed)
    taken.push(step.what)
    const objection = told((await living.take(step)) ?? (await livingObjection(living, turn + at + 1)))
    if (objection !== undefined) return objection
  }
  return undefined
}
