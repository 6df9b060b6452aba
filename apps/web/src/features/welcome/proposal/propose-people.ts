import type { Key, RoleDefinition, TeamDefinition } from '@bailiwick/access'
import type { Answers } from './answers.ts'
import { NAMES, type NamedKey } from './names.ts'
import { jobsOf } from './propose-profiles.ts'

/** Who stands above whom; data entry and auditors stand beside it. */
const ABOVE: Readonly<Partial<Record<NamedKey, NamedKey>>> = {
  sales: 'sales-manager',
  'sales-manager': 'management',
  support: 'support-lead',
  'support-lead': 'management',
  marketing: 'management',
}

const WITHOUT_ROLE: readonly NamedKey[] = ['data-entry', 'auditor']

/** The roles of the jobs: a superior sees what those below him see. */
export function proposeRoles(answers: Answers): Record<Key, RoleDefinition> {
  return Object.fromEntries(
    jobsOf(answers)
      .filter((job) => !WITHOUT_ROLE.includes(job))
      .map((job) => {
        const parent = ABOVE[job]
        return [job, { name: NAMES[job], ...(parent && { parent }) }]
      }),
  )
}

/** The role that goes with a job. */
export function roleOf(job: NamedKey): Key | undefined {
  return WITHOUT_ROLE.includes(job) ? undefined : job
}

/** A team for each department that shares a queue. */
export function proposeTeams({ departments }: Pick<Answers, 'departments'>): Record<Key, TeamDefinition> {
  return Object.fromEntries(
    departments
      .filter((department) => department !== 'marketing')
      .map((department) => [department, { name: NAMES[department], leadersGet: 'full', membersGet: 'edit' }]),
  )
}
