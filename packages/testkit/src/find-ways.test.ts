import { type ACTIONS, type Change, changeDocument, changeFacts, findWays, type RecordFacts } from '@bailiwick/access'
import { oracleAllows, oracleFieldAccess } from '@bailiwick/access/oracle'
import { law } from './generate/law.ts'
import { actionsFor, engineReading, first, objectWhere, unequal } from './generate/readings.ts'
import { arbitraryWorld, type GeneratedWorld } from './generate/world.ts'

law(
  'every way out of a refusal allows it, and no part of one can be left out',
  arbitraryWorld(),
  (world) => {
    const { policy, asking } = engineReading(world)
    const users = Object.keys(world.document.users ?? {})
    return first(world.records.entries(), ([position, record]) =>
      first(users, (user) =>
        first(actionsFor(user, position), (action) => {
          const field = fieldOf(world, record, position)
          const ways = findWays(policy, world.catalogue, { user, action, facts: record, asking, field })
          const allows = (changes: readonly Change[]) => allowed(world, changes, user, action, record, field)
          const asked = `${user} ${action} ${field ?? ''} ${record.id}`
          if (allows([])) return unequal(`ways though allowed: ${asked}`, ways.length, 0)
          return first(ways, (way) => {
            const told = `${asked} by ${JSON.stringify(way)}`
            return (
              objectWhere(!allows(way), `still refused: ${told}`) ??
              first(way, (part) => objectWhere(allows(way.filter((one) => one !== part)), `needless part: ${told}`))
            )
          })
        }),
      ),
    )
  },
  150,
)

/** Of every other record, a field; of the rest, the record as a whole. */
function fieldOf({ modules }: GeneratedWorld, record: RecordFacts, position: number): string | undefined {
  const keys = Object.keys(modules.find(({ key }) => key === record.module)?.fields ?? {})
  return position % 2 === 0 ? undefined : keys[position % Math.max(keys.length, 1)]
}

function allowed(
  world: GeneratedWorld,
  changes: readonly Change[],
  user: string,
  action: (typeof ACTIONS)[number],
  record: RecordFacts,
  field: string | undefined,
): boolean {
  const changed = { ...world, document: changes.reduce(changeDocument, world.document) }
  const facts = changes.reduce(changeFacts, record)
  const moduleOnly = action === 'create' || action === 'import'
  if (
    moduleOnly
      ? !oracleAllows(changed, user, action, facts)
      : facts.deleted || !oracleAllows(changed, user, action, facts)
  )
    return false
  if (field === undefined) return true
  const writes = ['create', 'update', 'overwrite', 'mass'].includes(action)
  const access = oracleFieldAccess(changed, user, record.module, field)
  return access === 'edit' || (!writes && access === 'read')
}
