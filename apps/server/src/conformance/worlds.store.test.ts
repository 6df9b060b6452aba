import type { Key } from '@bailiwick/access'
import {
  arbitraryConditions,
  arbitraryWorld,
  askedLaw,
  engineReading,
  first,
  type GeneratedWorld,
  type Objection,
  oracleReading,
  type Reading,
  unequal,
  usersOf,
} from '@bailiwick/testkit'
import { testDatabase } from '../testing/index.ts'
import { listObjection } from './list-objections.ts'
import { RECORD_ACTIONS, type Selected, storedWorlds } from './stored-worlds.ts'

const { database, createOrganization } = await testDatabase()
const stored = await storedWorlds(database, await createOrganization())

askedLaw('SQL selects the rows that the law allows', arbitraryWorld(), selectionObjection, 80)
askedLaw('SQL reads conditions as the law does', arbitraryConditions(), selectionObjection, 40)
askedLaw('a list is what the law lets one read, whole and in order', arbitraryWorld(), listsObjection, 60)
askedLaw('a list is filtered by the law’s reading of conditions', arbitraryConditions(), listsObjection, 40)

async function selectionObjection(world: GeneratedWorld): Promise<Objection> {
  await stored.settle(world)
  const users = usersOf(world)
  for (const { key } of world.modules) {
    const selected = await stored.select(key, users)
    const objection = first(users.entries(), ([at, user]) => {
      const ofUser = new Map([...selected].map(([id, each]) => [id, each[at]]))
      return first([oracleReading(world), engineReading(world)], (law) => rowsObjection(world, law, user, key, ofUser))
    })
    if (objection !== undefined) return objection
  }
  return undefined
}

function rowsObjection(
  world: GeneratedWorld,
  law: Reading,
  user: Key,
  module: Key,
  selected: ReadonlyMap<string, Selected | undefined>,
): Objection {
  const records = world.records.filter((record) => record.module === module)
  return first(records, (record) => {
    const sql = selected.get(record.id ?? '')
    const on = `${user} on ${module} ${record.id}`
    const allowed = RECORD_ACTIONS.filter((action) => law.allows(user, action, record))
    return (
      unequal(`actions of ${on}`, [...(sql?.actions ?? [])], allowed) ??
      unequal(`level of ${on}`, sql?.level, law.level(user, record)) ??
      unequal(`${on} in the bin`, sql?.isInBin, law.restores(user, record))
    )
  })
}

/** Two of the people each time, others in another world. */
async function listsObjection(world: GeneratedWorld): Promise<Objection> {
  await stored.settle(world)
  const users = usersOf(world)
  const turn = world.records.reduce((sum, { values }) => sum + Object.values(values).filter(Boolean).length, 0)
  for (const [place, { key }] of world.modules.entries()) {
    for (const user of [users.at(turn % users.length), users.at((turn + place + 1) % users.length)]) {
      const objection = await listObjection(stored, world, user ?? '', key, turn + place)
      if (objection !== undefined) return objection
    }
  }
  return undefined
}
