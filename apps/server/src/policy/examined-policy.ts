import {
  compilePolicy,
  type ModuleCatalogue,
  type Policy,
  type PolicyDocument,
  type ProfileDefinition,
} from '@bailiwick/access'

/**
 * The policy as tests, invariants and previews look at it: without sign-in windows, networks and licences. What holds on a Sunday
 * from nowhere must be what holds on Monday from the office, or a promise would be kept by the clock.
 */
export function compileExaminedPolicy(document: PolicyDocument, catalogue: ModuleCatalogue): Policy {
  const profiles = Object.entries(document.profiles ?? {}).map(([key, profile]) => [key, alwaysOpen(profile)] as const)
  return compilePolicy({ ...document, profiles: Object.fromEntries<ProfileDefinition>(profiles) }, catalogue)
}

function alwaysOpen(profile: ProfileDefinition): ProfileDefinition {
  return { ...profile, signIn: undefined, networks: undefined }
}
