import type { PolicyDocument, RecordFacts } from '@bailiwick/access'
import type { Deal } from './deals.ts'
import { CLOSED_STAGES, GROUPS, HEAD_ROLE, PERSONS, PROFILE_ACTIONS, ROLES, RULES, type Rule } from './organization.ts'

/** The organization as Bailiwick's policy document; `administrator` is who applies it. */
export function makeDocument(administrator: string): PolicyDocument {
  const people = PERSONS.map(({ key, role, profile }) => [key, { profiles: [profile], ...(role && { role }) }] as const)
  return {
    bailiwick: 1,
    organization: { name: 'Peers', timeZone: 'UTC', hierarchy: 'roles' },
    roles: Object.fromEntries(ROLES.map(({ key, parent }) => [key, parent === undefined ? {} : { parent }])),
    profiles: {
      sales: { system: ['useApi'], modules: { deals: { actions: PROFILE_ACTIONS.sales } } },
      management: {
        system: ['useApi', 'viewReports'],
        modules: { deals: { actions: PROFILE_ACTIONS.management } },
      },
      audit: {
        system: ['useApi', 'viewReports'],
        modules: { deals: { actions: PROFILE_ACTIONS.audit, viewAll: true } },
      },
    },
    users: { [administrator]: { profiles: ['administrator'] }, ...Object.fromEntries(people) },
    groups: Object.fromEntries(Object.entries(GROUPS).map(([key, members]) => [key, { members }])),
    sharingRules: Object.fromEntries(RULES.map((rule) => [rule.key, sharingRule(rule)])),
    restrictionRules: {
      closed: {
        module: 'deals',
        for: ['everyone'],
        except: [`role:${HEAD_ROLE}`],
        when: { field: 'stage', op: 'in', value: CLOSED_STAGES },
        level: 'read',
      },
    },
  }
}

function sharingRule(rule: Rule): NonNullable<PolicyDocument['sharingRules']>[string] {
  const when = [
    ...(rule.stage === undefined ? [] : [{ field: 'stage', op: 'eq', value: rule.stage } as const]),
    ...(rule.amountFrom === undefined ? [] : [{ field: 'amount', op: 'gte', value: rule.amountFrom } as const]),
  ]
  return {
    module: 'deals',
    with: [rule.with],
    level: rule.level,
    ...(rule.ownedBy !== undefined && { ownedBy: [rule.ownedBy] }),
    ...(when.length > 0 && { when: { all: when } }),
  }
}

export function factsOf(deal: Deal): RecordFacts {
  return {
    module: 'deals',
    id: deal.id,
    owner: `user:${deal.owner.key}`,
    confidential: deal.confidential,
    updatedAt: deal.updatedAt,
    values: { name: deal.name, stage: deal.stage, amount: deal.amount },
    shares: deal.shares.map(({ person, role, level }) => ({
      with: person ? `user:${person.key}` : `role:${role}`,
      level,
    })),
  }
}
