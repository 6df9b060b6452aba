import type { Key, ModuleCatalogue, Policy } from '@bailiwick/access'
import { canSignIn, hasSystemPermission } from '@bailiwick/access'
import {
  type Circumstances,
  factsOf,
  madeUpIds,
  type Scenario,
  type ScenarioLayer,
  type ScenarioQuestion,
} from '@bailiwick/testkit/scenarios'
import { HttpSession } from './http-session.ts'
import { HOME, type SignedInOffice } from './signed-in-office.ts'

/** The interface over HTTP: everybody asks for himself with his session, and about others whoever manages access. */
export function httpLayer(office: SignedInOffice, catalogue: ModuleCatalogue): ScenarioLayer {
  return {
    name: 'http',
    explainsBy: 'cause',
    unable: (asked, scenario) => unable(asked, scenario),
    open: async (scenario) => {
      const policy = await furnishScenario(office, scenario, catalogue)
      return new HttpSession({ office, scenario, keeperAt: (asking) => requireKeeper(policy, asking) })
    },
  }
}

/** Makes the office's organization the scenario's, and answers with its policy. */
export function furnishScenario(office: SignedInOffice, scenario: Scenario, catalogue: ModuleCatalogue) {
  const records = [...factsOf(scenario, catalogue, madeUpIds(scenario)).values()]
  return office.organization.furnish({ document: scenario.policy, catalogue, records, now: scenario.now })
}

/** What the interface has no request for. */
function unable({ kind, question }: ScenarioQuestion, scenario: Scenario): string | undefined {
  if (kind === 'list' && question.action !== 'read' && question.action !== 'restore') {
    return 'a list is of what one reads, or of the recycle bin'
  }
  if (kind === 'may' && question.action === 'import') return 'importing needs a file'
  const asksHimself = kind === 'may' || kind === 'list' || kind === 'aggregate' || kind === 'fields'
  const isFromNowhere = asksHimself && question.ip === undefined && isHeldToNetworks(scenario, question.user)
  return isFromNowhere ? 'whoever asks has an address' : undefined
}

function isHeldToNetworks({ policy }: Scenario, user: Key): boolean {
  const profiles = policy.users?.[user]?.profiles ?? []
  return profiles.some((profile) => policy.profiles?.[profile]?.networks !== undefined)
}

/** Somebody who manages access and is let in at that moment. */
export function requireKeeper(policy: Policy, { now }: Circumstances): Key {
  const keeper = [...policy.users.keys()].find(
    (user) => hasSystemPermission(policy, user, 'manageAccess') && canSignIn(policy, user, { now, ip: HOME }),
  )
  if (keeper === undefined) throw new Error('Nobody who manages access could ask at that moment.')
  return keeper
}

/** Everybody in any of the scenarios. */
export function usersOf(scenarios: readonly Scenario[]): readonly Key[] {
  return [...new Set(scenarios.flatMap(({ policy }) => Object.keys(policy.users ?? {})))]
}
