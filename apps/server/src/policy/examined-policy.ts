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
 * @param known an examined policy of a document that this one shares sections with: what was made of those is used again
 */
export function compileExaminedPolicy(document: PolicyDocument, catalogue: ModuleCatalogue, known?: Policy): Policy {
  if (isAlwaysOpen(document)) return compilePolicy(document, catalogue, undefined, known)
  const profiles = Object.entries(document.profiles ?? {}).map(([key, profile]) => [key, alwaysOpen(profile)] as const)
  return compilePolicy({ ...document, profiles: Object.fromEntries<ProfileDefinition>(profiles) }, catalogue)
}

/** The same of a policy that is in use: at once, where no profile has anything to leave out. */
export function examinedPolicy(policy: Policy, catalogue: ModuleCatalogue): Policy {
  const { document } = policy
  return isAlwaysOpen(document) ? { ...policy, isLicensed: () => true } : compileExaminedPolicy(document, catalogue)
}

function isAlwaysOpen({ profiles = {} }: PolicyDocument): boolean {
  return Object.values(profiles).every(({ signIn, networks }) => signIn === undefined && networks === undefined)
}

function alwaysOpen(profile: ProfileDefinition): ProfileDefinition {
  return { ...profile, signIn: undefined, networks: undefined }
}
