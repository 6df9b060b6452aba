import { PARTS, type Part, rolesBelow } from '../../apps/server/src/benchmark/cast.ts'
import { makeStaff } from '../../apps/server/src/benchmark/people.ts'
import type { OpenDataSet } from './open-data-set.ts'
import { runAsOwner } from './run-as-owner.ts'

/** The number that stands for a person among the owners. */
export async function ownerIdOf(dataSet: OpenDataSet, part: Part): Promise<number> {
  const [id] = await idsOf(dataSet, [dataSet.cast[part]])
  if (id === undefined) throw new Error(`Nobody is the ${PARTS[part]}.`)
  return id
}

/** The numbers of a superior and of everybody below him in the role tree. */
export async function ownerIdsBelow(dataSet: OpenDataSet, part: Part): Promise<number[]> {
  const staff = makeStaff(dataSet.shape)
  const superior = staff.people.find(({ key }) => key === dataSet.cast[part])
  const roles = new Set(rolesBelow(staff, superior?.role))
  const below = staff.people.filter(({ role }) => role !== undefined && roles.has(role))
  return idsOf(dataSet, [dataSet.cast[part], ...below.map(({ key }) => key)])
}

async function idsOf({ place, organization }: OpenDataSet, keys: readonly string[]): Promise<number[]> {
  const list = keys.map((key) => `'${key}'`).join(', ')
  const query = `select id from owners where kind = 'user' and key in (${list})`
  return (await runAsOwner<{ id: number }>(place.address, organization.schema, [query])).map(({ id }) => id)
}
