import type { PolicyDocument } from '@bailiwick/access'
import type { Answers } from './answers.ts'
import { proposeModules } from './propose-modules.ts'
import { proposeRoles, proposeTeams } from './propose-people.ts'
import { proposeProfiles } from './propose-profiles.ts'

/**
 * The policy in force with what is proposed beside it. What is there stays as it is, also where the proposal has something of that key: a
 * section that is sent is whole.
 */
export function propose(inForce: PolicyDocument, answers: Answers): PolicyDocument {
  return {
    ...inForce,
    roles: { ...proposeRoles(answers), ...inForce.roles },
    profiles: { ...proposeProfiles(answers), ...inForce.profiles },
    teams: { ...proposeTeams(answers), ...inForce.teams },
    modules: { ...proposeModules(answers), ...inForce.modules },
  }
}
