import {
  ACTIONS,
  type Action,
  BUILT_IN_MODULES,
  type Change,
  changeDocument,
  changeFacts,
  checkDocument,
  compilePolicy,
  findWays,
  isOfRecord,
  type Key,
  licences,
  NEEDED_LEVEL,
  type PolicyDocument,
  type RecordFacts,
  type Refusal,
  whoCanDoWhat,
  whoMayGain,
} from '@bailiwick/access'
import { oracleAllows, oracleFieldAccess } from '@bailiwick/access/oracle'
import { describe, expect, it } from 'vitest'
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

law(
  'a way comes to a policy that could be written',
  worlds,
  (world) => {
    const problemsOf = (document: PolicyDocument) => checkDocument(document, { catalogue: world.catalogue }).problems
    return forSome(world, (refusal, ways) =>
      first(ways, (way) => {
        const [problem] = problemsOf(way.reduce(changeDocument, world.document))
        return objectWhere(problem !== undefined, `${told(refusal)} by ${JSON.stringify(way)}: ${problem?.message}`)
      }),
    )
  },
  20,
)

law(
  'whoever comes to do more by a step is among those who may gain by it',
  worlds,
  (world) => {
    const { policy, asking } = engineReading(world)
    const steps = Object.keys(world.document.users ?? {}).flatMap((user) =>
      world.records.slice(0, 1).flatMap((facts) => singleChanges(world, { user, action: 'update', facts, asking })),
    )
    return first(
      steps.filter((step, at) => !isOfRecord(step) && at % 5 === world.now % 5),
      (step) => {
        const after = compilePolicy(changeDocument(world.document, step), world.catalogue, world.licensed)
        const known = whoMayGain(after, [step])
        return first(world.records, (facts) => {
          const could = whoCanDoWhat(policy, facts, asking)
          return first([...whoCanDoWhat(after, facts, asking)], ([user, actions]) => {
            const gains = actions.some((action) => !could.get(user)?.includes(action))
            return objectWhere(
              gains && known?.has(user) === false,
              `${user} gains ${facts.id}: ${JSON.stringify(step)}`,
            )
          })
        })
      },
    )
  },
  80,
)

/** Twenty profiles that bring much stand before the one that brings little. */
const COMPANY: PolicyDocument = {
  bailiwick: 1,
  profiles: {
    clerk: { modules: { tasks: { actions: ['read'] } } },
    ...Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [
        `wide-${at}`,
        {
          system: ['viewReports'],
          modules: { accounts: { actions: ['read', 'update'], viewAll: true }, products: { actions: ['read'] } },
        },
      ]),
    ),
    narrow: { modules: { products: { actions: ['read'] } } },
  },
  roles: { staff: {} },
  users: {
    yuki: { profiles: ['clerk'], role: 'staff' },
    mikko: { profiles: ['wide-0'], role: 'staff' },
  },
  groups: { desk: {} },
  modules: { products: { sharing: 'read' } },
  sharingRules: { desk: { module: 'accounts', ownedBy: ['user:mikko'], with: ['group:desk'], level: 'read' } },
}

describe('Of many ways', () => {
  const asking = { now: Date.parse('2026-03-02T10:00:00Z') }
  const record = { id: 'one', owner: 'user:mikko', confidential: false, values: {}, shares: [] }

  it('that which brings least comes first, wherever the document has it', () => {
    const refusal: Refusal = { user: 'yuki', action: 'read', facts: { ...record, module: 'products' }, asking }
    const held = { ...COMPANY.users, tiina: { profiles: ['clerk'] }, omar: { profiles: ['clerk'] } }
    const policy = compilePolicy({ ...COMPANY, users: held }, BUILT_IN_MODULES)
    expect(findWays(policy, BUILT_IN_MODULES, refusal)[0]).toEqual([
      { kind: 'giveProfile', user: 'yuki', profile: 'narrow' },
    ])
  })

  it('one to a confidential record is to belong where such are reached, and have it lifted', () => {
    const facts = { ...record, module: 'accounts', confidential: true }
    const users = { ...COMPANY.users, yuki: { profiles: ['wide-1'] } }
    const profiles = {
      'wide-0': { modules: { accounts: { actions: ['read'] } } },
      'wide-1': { modules: { accounts: { actions: ['read'] } } },
    } as const
    const policy = compilePolicy({ ...COMPANY, profiles, users }, BUILT_IN_MODULES)
    const ways = findWays(policy, BUILT_IN_MODULES, { user: 'yuki', action: 'read', facts, asking })
    expect(ways).toContainEqual([{ kind: 'joinGroup', user: 'yuki', group: 'desk' }, { kind: 'liftConfidential' }])
  })
})

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
