import {
  ACTIONS,
  type Action,
  type Change,
  changeDocument,
  changeFacts,
  findWays,
  type Key,
  licences,
  NEEDED_LEVEL,
  type RecordFacts,
  type Refusal,
} from '@bailiwick/access'
import { oracleAllows, oracleFieldAccess } from '@bailiwick/access/oracle'
import { law } from './generate/law.ts'
import { engineReading, first, objectWhere, unequal } from './generate/readings.ts'
import { singleChanges } from './generate/single-changes.ts'
import { arbitraryWorld, type GeneratedWorld } from './generate/world.ts'

const worlds = arbitraryWorld({ maximumRecords: 4 })

law(
  'every way out of a refusal allows it, and no part of one can be left out',
  worlds,
  (world) =>
    forSome(world, (refusal, ways) => {
      if (allowed(world, refusal, [])) return unequal(`ways though allowed: ${told(refusal)}`, ways.length, 0)
      return first(ways, (way) => {
        const asked = `${told(refusal)} by ${JSON.stringify(way)}`
        return (
          objectWhere(!allowed(world, refusal, way), `still refused: ${asked}`) ??
          first(way, (part) =>
            objectWhere(
              allowed(
                world,
                refusal,
                way.filter((one) => one !== part),
              ),
              `needless part: ${asked}`,
            ),
          )
        )
      })
    }),
  80,
)

law(
  'where one change suffices, one is told',
  worlds,
  (world) =>
    forSome(world, (refusal, ways) => {
      if (allowed(world, refusal, []) || ways.some((way) => way.length === 1)) return undefined
      return first(singleChanges(world, refusal), (change) =>
        objectWhere(allowed(world, refusal, [change]), `untold: ${told(refusal)} by ${JSON.stringify(change)}`),
      )
    }),
  80,
)

/** Of the many questions that a world has, every seventh, from another one on in each. */
function forSome(
  world: GeneratedWorld,
  object: (refusal: Refusal, ways: ReturnType<typeof findWays>) => string | undefined,
): string | undefined {
  const { policy, asking } = engineReading(world)
  const questions = Object.keys(world.document.users ?? {}).flatMap((user) =>
    world.records.flatMap((facts, position) =>
      ACTIONS.map((action): Refusal => ({ user, action, facts, asking, ...fieldOf(world, facts, position) })),
    ),
  )
  return first(
    questions.filter((_, at) => at % 7 === world.now % 7),
    (refusal) => object(refusal, findWays(policy, world.catalogue, refusal)),
  )
}

/** Of every other record, a field; of the rest, the record as a whole. */
function fieldOf({ modules }: GeneratedWorld, record: RecordFacts, position: number): { readonly field?: Key } {
  const keys = Object.keys(modules.find(({ key }) => key === record.module)?.fields ?? {})
  const field = keys[(position * 5) % Math.max(keys.length, 1)]
  return position % 2 === 0 || field === undefined ? {} : { field }
}

function told({ user, action, facts, field = '' }: Refusal): string {
  return `${user} ${action} ${field} ${facts.id}`
}

const WRITING: readonly Action[] = ['create', 'update', 'overwrite', 'mass']

/** What the law says once the changes are made. */
function allowed(world: GeneratedWorld, { user, action, facts, field }: Refusal, changes: readonly Change[]): boolean {
  const { licensed } = world
  const changed = {
    ...world,
    document: changes.reduce(changeDocument, world.document),
    ...(licensed ? { licensed: licences(licensed, changes) } : {}),
  }
  const record = changes.reduce(changeFacts, facts)
  if (NEEDED_LEVEL[action] !== undefined && record.deleted) return false
  if (!oracleAllows(changed, user, action, record)) return false
  if (field === undefined) return true
  const access = oracleFieldAccess(changed, user, record.module, field)
  return access === 'edit' || (!WRITING.includes(action) && access === 'read')
}
