import {
  ACTIONS,
  type Action,
  type Asking,
  audience,
  binReach,
  canSignIn,
  compilePolicy,
  decide,
  decideOnModule,
  explain,
  type FieldAccess,
  fields,
  hasSystemPermission,
  type Key,
  LEVELS,
  type Level,
  level,
  type Policy,
  type RecordFacts,
  reachHolds,
  SYSTEM_PERMISSIONS,
  type SystemPermission,
} from '@bailiwick/access'
import {
  oracleAllows,
  oracleAllowsOnModule,
  oracleAudience,
  oracleCanSignIn,
  oracleCaps,
  oracleFields,
  oracleGrants,
  oracleHasSystemPermission,
  oracleLevel,
  oracleRestores,
  type World,
} from '@bailiwick/access/oracle'
import type { Objection } from './law.ts'

/** One reading of the law about one world, asked in the same words whoever reads. */
export interface Reading {
  allows(user: Key, action: Action, record: RecordFacts): boolean
  allowsOnModule(user: Key, action: Action, module: Key): boolean
  restores(user: Key, record: RecordFacts): boolean
  level(user: Key, record: RecordFacts): Level
  fields(user: Key, module: Key): ReadonlyMap<Key, FieldAccess>
  audience(record: RecordFacts): readonly { readonly user: Key; readonly level: Level }[]
  canSignIn(user: Key): boolean
  hasSystemPermission(user: Key, permission: SystemPermission): boolean
  /** The grants that applied, as `kind level`, each once. */
  grants(user: Key, record: RecordFacts): string[]
  /** The caps that cut, as `kind level`, each once. */
  caps(user: Key, record: RecordFacts): string[]
}

export interface EngineReading extends Reading {
  readonly policy: Policy
  readonly asking: Asking
}

export function engineReading(world: World): EngineReading {
  const policy = compilePolicy(world.document, world.catalogue, world.licensed)
  const asking: Asking = { now: world.now, ip: world.ip }
  return {
    policy,
    asking,
    allows: (user, action, record) => decide(policy, user, action, record, asking),
    allowsOnModule: (user, action, module) => decideOnModule(policy, user, action, module, asking),
    restores: (user, record) =>
      record.deleted === true &&
      reachHolds(policy, binReach(policy, user, record.module, asking), { ...record, deleted: false }, asking),
    level: (user, record) => level(policy, user, record, asking),
    fields: (user, module) => fields(policy, user, module),
    audience: (record) => audience(policy, record, asking).map(({ user, level: has }) => ({ user, level: has })),
    canSignIn: (user) => canSignIn(policy, user, asking),
    hasSystemPermission: (user, permission) => hasSystemPermission(policy, user, permission),
    grants: (user, record) => strongest(explain(policy, user, 'read', record, asking).grants),
    caps: (user, record) => told(explain(policy, user, 'read', record, asking).caps),
  }
}

export function oracleReading(world: World): Reading {
  return {
    allows: (user, action, record) => oracleAllows(world, user, action, record),
    allowsOnModule: (user, action, module) => oracleAllowsOnModule(world, user, action, module),
    restores: (user, record) => oracleRestores(world, user, record),
    level: (user, record) => oracleLevel(world, user, record),
    fields: (user, module) => oracleFields(world, user, module),
    audience: (record) => oracleAudience(world, record),
    canSignIn: (user) => oracleCanSignIn(world, user),
    hasSystemPermission: (user, permission) => oracleHasSystemPermission(world, user, permission),
    grants: (user, record) =>
      oracleGrants(world, user, record)
        .map((one) => `${one.grant} ${one.level}`)
        .sort(),
    caps: (user, record) => told(oracleCaps(world, user, record).map((one) => ({ kind: one.cap, level: one.level }))),
  }
}

interface Cause {
  readonly kind: string
  readonly level: Level
}

function told(causes: readonly Cause[]): string[] {
  return [...new Set(causes.map(({ kind, level: at }) => `${kind} ${at}`))].sort()
}

/** Of several grants of a kind (two teams, two rules) the highest, as the law's table says it in one line. */
function strongest(causes: readonly Cause[]): string[] {
  const order: readonly Level[] = ['none', 'read', 'edit', 'full']
  const rising = causes.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
  return told([...new Map(rising.map((cause) => [cause.kind, cause])).values()])
}

/** Whom to ask about: everybody in the document, and somebody who isn't. */
export function usersOf(world: World): Key[] {
  return [...Object.keys(world.document.users ?? {}), 'gone']
}

export function modulesOf(world: World): Key[] {
  return [...new Set([...Object.keys(world.catalogue), ...Object.keys(world.document.modules ?? {})]), 'nowhere']
}

export type Records = readonly RecordFacts[]

/** The first question that the two readings answer differently. */
export function difference(world: World, records: Records, engine: Reading, law: Reading): Objection {
  for (const user of usersOf(world)) {
    const found = aboutUser(world, user, engine, law) ?? aboutRecords(user, records, engine, law)
    if (found) return found
  }
  return first(records, (record) => unequal(`audience of ${record.id}`, engine.audience(record), law.audience(record)))
}

function aboutUser(world: World, user: Key, engine: Reading, law: Reading): Objection {
  return (
    unequal(`${user} signs in`, engine.canSignIn(user), law.canSignIn(user)) ??
    first(SYSTEM_PERMISSIONS, (permission) =>
      unequal(
        `${user} ${permission}`,
        engine.hasSystemPermission(user, permission),
        law.hasSystemPermission(user, permission),
      ),
    ) ??
    first(modulesOf(world), (module) => aboutModule(user, module, engine, law))
  )
}

function aboutModule(user: Key, module: Key, engine: Reading, law: Reading): Objection {
  const sorted = (reading: Reading) => [...reading.fields(user, module)].sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    first(ACTIONS, (action) =>
      unequal(
        `${user} ${action} in ${module}`,
        engine.allowsOnModule(user, action, module),
        law.allowsOnModule(user, action, module),
      ),
    ) ?? (module === 'nowhere' ? undefined : unequal(`${user} fields of ${module}`, sorted(engine), sorted(law)))
  )
}

function aboutRecords(user: Key, records: Records, engine: Reading, law: Reading): Objection {
  return first(records.entries(), ([position, record]) => {
    const on = `${user} on ${record.module} ${record.id}`
    return (
      unequal(`level of ${on}`, engine.level(user, record), law.level(user, record)) ??
      unequal(`${on} restores`, engine.restores(user, record), law.restores(user, record)) ??
      first(actionsFor(user, position), (action) =>
        unequal(`${on} ${action}`, engine.allows(user, action, record), law.allows(user, action, record)),
      )
    )
  })
}

/** A third of the actions on each record, another third on the next: what they need is asked of every module anyway. */
export function actionsFor(user: Key, position: number): readonly Action[] {
  return ACTIONS.filter((_, at) => (at + position + user.length) % 3 === 0)
}

export function first<T>(items: Iterable<T>, object: (item: T) => Objection): Objection {
  for (const item of items) {
    const objection = object(item)
    if (objection !== undefined) return objection
  }
  return undefined
}

/** Says both answers where they differ. */
export function unequal(question: string, one: unknown, other: unknown): Objection {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)]
  return a === b ? undefined : `${question}: ${a}, but ${b}`
}

export function objectWhere(is: boolean, objection: string): Objection {
  return is ? objection : undefined
}

export function rank(level: Level): number {
  return LEVELS.indexOf(level)
}

/** Asks about every user and every record. */
export function everywhere(
  world: World & { readonly records: Records },
  object: (user: Key, record: RecordFacts, position: number) => Objection,
): Objection {
  return first(usersOf(world), (user) =>
    first(world.records.entries(), ([position, record]) => object(user, record, position)),
  )
}
