import {
  ACTIONS,
  FIELD_ACCESS,
  type FieldAccess,
  type Key,
  type Level,
  NEEDED_LEVEL,
  type RecordFacts,
} from '@bailiwick/access'
import fc from 'fast-check'
import { arbitraryChangedWorld, type ChangedWorld } from './generate/changes.ts'
import { law, type Objection } from './generate/law.ts'
import { pick } from './generate/pools.ts'
import {
  type EngineReading,
  engineReading,
  everywhere,
  first,
  modulesOf,
  objectWhere,
  rank,
  unequal,
  usersOf,
} from './generate/readings.ts'
import { arbitraryWorld, type GeneratedWorld } from './generate/world.ts'

const worlds = arbitraryWorld({ unchecked: true })

const rankOfAccess = (access: FieldAccess | undefined) => FIELD_ACCESS.indexOf(access ?? 'hidden')

/** Compares what everybody has on every record before and after a change. */
function throughout(
  { before, change }: ChangedWorld,
  object: (had: Level, has: Level, about: string) => Objection,
): Objection {
  const [old, young] = [engineReading(before), engineReading(change.world)]
  return first(usersOf(before), (user) =>
    first(before.records.entries(), ([at, record]) => {
      const about = `${change.kind} ${change.key}: ${user} on ${record.id}`
      return object(old.level(user, record), young.level(user, pick(change.world.records, at)), about)
    }),
  )
}

const onlyAdds = (had: Level, has: Level, about: string) =>
  objectWhere(rank(has) < rank(had), `${about} had ${had}, has ${has}`)
const onlyRemoves = (had: Level, has: Level, about: string) =>
  objectWhere(rank(has) > rank(had), `${about} had ${had}, has ${has}`)

law('adding a sharing rule never removes', arbitraryChangedWorld(['add sharing rule']), (made) =>
  throughout(made, onlyAdds),
)

law('removing a sharing rule never adds', arbitraryChangedWorld(['remove sharing rule']), (made) =>
  throughout(made, onlyRemoves),
)

law('adding a restriction never adds', arbitraryChangedWorld(['add restriction rule']), (made) =>
  throughout(made, onlyRemoves),
)

law('removing a restriction never removes', arbitraryChangedWorld(['remove restriction rule']), (made) =>
  throughout(made, onlyAdds),
)

law('adding a share never removes', arbitraryChangedWorld(['add share']), (made) => throughout(made, onlyAdds))

law('order never matters', arbitraryChangedWorld(['reorder'], { unchecked: true }), (made) => {
  const [one, other] = [engineReading(made.before), engineReading(made.change.world)]
  const users = usersOf(made.before)
  const same = throughout(made, (had, has, about) => unequal(about, had, has))
  return (
    same ??
    first(users, (user) => unequal(`${user} signs in`, one.canSignIn(user), other.canSignIn(user))) ??
    first(users, (user) => first(modulesOf(made.before), (module) => sameOnModule(one, other, user, module)))
  )
})

function sameOnModule(one: EngineReading, other: EngineReading, user: Key, module: Key): Objection {
  const sorted = (reading: EngineReading) => [...reading.fields(user, module)].sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    unequal(`fields of ${module} for ${user}`, sorted(one), sorted(other)) ??
    first(ACTIONS, (action) =>
      unequal(
        `${user} ${action} ${module}`,
        one.allowsOnModule(user, action, module),
        other.allowsOnModule(user, action, module),
      ),
    )
  )
}

law('one more profile never removes', arbitraryChangedWorld(['give profile']), (made) => {
  const [old, young] = [engineReading(made.before), engineReading(made.change.world)]
  return (
    throughout(made, onlyAdds) ??
    first(usersOf(made.before), (user) =>
      first(modulesOf(made.before), (module) => {
        const has = young.fields(user, module)
        return (
          first(old.fields(user, module), ([field, had]) =>
            objectWhere(rankOfAccess(has.get(field)) < rankOfAccess(had), `${user} lost ${field} of ${module}`),
          ) ??
          first(ACTIONS, (action) =>
            objectWhere(
              old.allowsOnModule(user, action, module) && !young.allowsOnModule(user, action, module),
              `${user} lost ${action} in ${module}`,
            ),
          )
        )
      }),
    )
  )
})

law('a suspended user gets nothing, from that change on', arbitraryChangedWorld(['suspend user']), ({ change }) => {
  const { key: user = '', world } = change
  const engine = engineReading(world)
  return (
    objectWhere(engine.canSignIn(user), 'signs in') ??
    objectWhere(engine.hasSystemPermission(user, 'manageAccess'), 'manages access') ??
    nothingInModules(world, engine, user) ??
    first(world.records, (record) => {
      const isNamed = engine.audience(record).some((one) => one.user === user)
      const isAllowed = ACTIONS.some((action) => engine.allows(user, action, record))
      return objectWhere(
        isNamed || isAllowed || engine.restores(user, record) || engine.level(user, record) !== 'none',
        `${user} still reaches ${record.id}`,
      )
    })
  )
})

function nothingInModules(world: GeneratedWorld, engine: EngineReading, user: Key): Objection {
  return first(modulesOf(world), (module) => {
    const action = ACTIONS.find((each) => engine.allowsOnModule(user, each, module))
    const field = [...engine.fields(user, module)].find(([, access]) => access !== 'hidden')
    return objectWhere(Boolean(action || field), `${user} may ${action ?? `see ${field?.[0]}`} in ${module}`)
  })
}

law('an unlicensed module gives nothing to anybody', worlds, (world) => {
  const engine = engineReading({ ...world, licensed: new Set() })
  return (
    first(usersOf(world), (user) => nothingInModules(world, engine, user)) ??
    everywhere(world, (user, record) =>
      objectWhere(
        ACTIONS.some((action) => engine.allows(user, action, record)) || engine.restores(user, record),
        `${user} reaches ${record.id}`,
      ),
    )
  )
})

law('a cap beats every grant', fc.tuple(worlds, fc.constantFrom('none', 'read', 'edit')), ([world, most]) => {
  const rules = world.modules.map(({ key }) => [`cap-${key}`, { module: key, for: ['everyone'], level: most }] as const)
  const restrictionRules = { ...world.document.restrictionRules, ...Object.fromEntries(rules) }
  const engine = engineReading({ ...world, document: { ...world.document, restrictionRules } })
  return everywhere(world, (user, record) => {
    const has = engine.level(user, record)
    return objectWhere(rank(has) > rank(most), `${user} has ${has} on ${record.id}`)
  })
})

law('nothing without a grant', worlds, (world) => {
  const engine = engineReading(world)
  return everywhere(world, (user, record) => {
    if (engine.grants(user, record).length > 0) return undefined
    const done = ACTIONS.find((action) => NEEDED_LEVEL[action] && engine.allows(user, action, record))
    return objectWhere(done !== undefined || engine.level(user, record) !== 'none', `${user} may ${done} ${record.id}`)
  })
})

law('nothing without a profile: no level gives an action', worlds, (world) => {
  const users = Object.entries(world.document.users ?? {}).map(
    ([key, user]) => [key, { ...user, profiles: [] }] as const,
  )
  const engine = engineReading({ ...world, document: { ...world.document, users: Object.fromEntries(users) } })
  return everywhere(world, (user, record) => {
    const done = ACTIONS.find((action) => engine.allows(user, action, record))
    return objectWhere(done !== undefined, `${user} may ${done} ${record.id}`)
  })
})

law('what may be done to a record may be done in its module, and lets it be read', worlds, (world) => {
  const engine = engineReading(world)
  return everywhere(world, (user, record) =>
    first(ACTIONS, (action) => {
      if (!engine.allows(user, action, record)) return undefined
      const about = `${user} ${action} ${record.id}`
      return (
        objectWhere(!engine.allowsOnModule(user, action, record.module), `${about} not in the module`) ??
        objectWhere(
          NEEDED_LEVEL[action] !== undefined && !engine.allows(user, 'read', record),
          `${about}, but may not read it`,
        )
      )
    }),
  )
})

law('a deleted record answers no', worlds, (world) => {
  const engine = engineReading(world)
  return everywhere(world, (user, record) => {
    const deleted = { ...record, deleted: true }
    const done = ACTIONS.find((action) => NEEDED_LEVEL[action] && engine.allows(user, action, deleted))
    return (
      objectWhere(done !== undefined || engine.level(user, deleted) !== 'none', `${user} may ${done} ${record.id}`) ??
      objectWhere(
        engine.allows(user, 'delete', { ...record, deleted: false }) && !engine.restores(user, deleted),
        `${user} could delete ${record.id}, but can't restore it`,
      )
    )
  })
})

law('a parent that is deleted gives what no parent gives', worlds, (world) => {
  const engine = engineReading(world)
  return everywhere(world, (user, record) => {
    const under = record.parent ? { ...record, parent: { ...record.parent, deleted: true } } : record
    return unequal(
      `${user} on ${record.id}`,
      engine.level(user, under),
      engine.level(user, { ...record, parent: null }),
    )
  })
})

law(
  'several profiles combine to the union',
  worlds,
  (world) => {
    const whole = engineReading(world)
    return first(Object.entries(world.document.users ?? {}), ([user, definition]) => {
      const one = (profile: Key) => {
        const users = { ...world.document.users, [user]: { ...definition, profiles: [profile] } }
        return engineReading({ ...world, document: { ...world.document, users } })
      }
      return isUnion(world, user, whole, (definition.profiles ?? []).map(one))
    })
  },
  150,
)

function isUnion(world: GeneratedWorld, user: Key, whole: EngineReading, parts: readonly EngineReading[]): Objection {
  if (parts.length === 0) return undefined
  const best = (record: RecordFacts) => Math.max(...parts.map((part) => rank(part.level(user, record))))
  return (
    unequal(
      `${user} signs in`,
      whole.canSignIn(user),
      parts.some((part) => part.canSignIn(user)),
    ) ??
    first(world.records, (record) =>
      unequal(`level of ${user} on ${record.id}`, rank(whole.level(user, record)), best(record)),
    ) ??
    first(world.modules, ({ key }) => {
      const accesses = parts.map((part) => part.fields(user, key))
      return first(whole.fields(user, key), ([field, access]) =>
        unequal(
          `${user} ${key}.${field}`,
          rankOfAccess(access),
          Math.max(...accesses.map((each) => rankOfAccess(each.get(field)))),
        ),
      )
    })
  )
}

law('hidden takes nothing away that another profile gives', worlds, (world) => {
  const hiding = world.modules.map(({ key, fields }) => {
    const hidden = Object.keys(fields).map((field) => [field, 'hidden'] as const)
    return [key, { actions: ['read'] as const, fields: { default: 'hidden', ...Object.fromEntries(hidden) } }] as const
  })
  const profiles = { ...world.document.profiles, hider: { modules: Object.fromEntries(hiding) } }
  const users = Object.entries(world.document.users ?? {}).map(
    ([key, user]) => [key, { ...user, profiles: [...(user.profiles ?? []), 'hider'] }] as const,
  )
  const document = { ...world.document, profiles, users: Object.fromEntries(users) }
  const [before, after] = [engineReading(world), engineReading({ ...world, document })]
  return first(usersOf(world), (user) =>
    first(world.modules, ({ key, fields }) =>
      first(Object.keys(fields), (field) =>
        unequal(`${user} ${key}.${field}`, before.fields(user, key).get(field), after.fields(user, key).get(field)),
      ),
    ),
  )
})
