import {
  type Action,
  type Condition,
  type Key,
  LEVELS,
  type Level,
  type ModuleCatalogue,
  type PolicyDocument,
  type RecordFacts,
} from '@bailiwick/access'
import {
  oracleAllows,
  oracleAllowsOnModule,
  oracleCaps,
  oracleFields,
  oracleGrants,
  oracleHasSystemPermission,
  oracleLevel,
  oracleRestores,
  type World,
} from '@bailiwick/access/oracle'
import { unableWithoutServer } from './engine-layer.ts'
import type { Law } from './law.ts'
import { openLaw, opens } from './law-session.ts'
import type { ScenarioLayer } from './layer.ts'
import type { Circumstances, Scenario } from './scenario.ts'

/** The naive reading of the law, fed with the same facts as the engine. */
export function oracleLayer(catalogue: ModuleCatalogue): ScenarioLayer {
  return {
    name: 'oracle',
    explainsBy: 'kind',
    unable: unableWithoutServer,
    open: async (scenario) => openLaw(oracleLaw(scenario, catalogue), scenario, catalogue),
  }
}

function oracleLaw({ policy: document, now }: Scenario, catalogue: ModuleCatalogue): Law {
  const worldAt = (asking: Circumstances): World => ({ document, catalogue, ...asking })
  const anyTime = worldAt({ now })
  return {
    allows: (user, action, facts, asking) => oracleAllows(worldAt(asking), user, action, facts),
    allowsOnModule: (user, action, module, asking) => oracleAllowsOnModule(worldAt(asking), user, action, module),
    restores: (user, facts, asking) => oracleRestores(worldAt(asking), user, facts),
    fields: (user, module) => oracleFields(anyTime, user, module),
    level: (user, facts, asking) => oracleLevel(worldAt(asking), user, facts),
    meets: (user, filter, facts, asking) => meets({ document, catalogue, now: asking.now }, user, filter, facts),
    countsAll: (user, module) =>
      oracleHasSystemPermission(anyTime, user, 'viewReports') && isCountingAll(document, user, module),
    explain: (user, action, facts, asking, field) => ({
      allowed: oracleAllows(worldAt(asking), user, action, facts) && isOpen(anyTime, user, action, facts.module, field),
      grants: Object.fromEntries(oracleGrants(worldAt(asking), user, facts).map((one) => [one.grant, one.level])),
      caps: lowestByKind(oracleCaps(worldAt(asking), user, facts)),
    }),
  }
}

/** Read through a sharing rule made for the purpose, since a rule's condition is the one thing the oracle reads a filter by. */
function meets(world: World, user: Key, filter: Condition, facts: RecordFacts): boolean {
  const rule = { module: facts.module, with: ['everyone'], level: 'read', when: filter } as const
  const document = { ...world.document, sharingRules: { filter: rule } }
  return oracleGrants({ ...world, document }, user, facts).some(({ grant }) => grant === 'rule')
}

function isOpen(world: World, user: Key, action: Action, module: Key, field: Key | undefined): boolean {
  return field === undefined || opens(oracleFields(world, user, module).get(field), action)
}

function isCountingAll(document: PolicyDocument, user: Key, module: Key): boolean {
  const profiles = document.users?.[user]?.profiles ?? []
  return profiles.some(
    (profile) => profile === 'administrator' || document.profiles?.[profile]?.modules?.[module]?.aggregate === 'all',
  )
}

function lowestByKind(caps: readonly { readonly cap: string; readonly level: Level }[]) {
  const strongestLast = [...caps].sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level))
  return Object.fromEntries(strongestLast.map(({ cap, level }) => [cap, level]))
}
