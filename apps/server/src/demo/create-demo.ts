import { type PolicyDocument, today } from '@bailiwick/access'
import { readMavenFiles } from './demo-files.ts'
import type { DemoParts, DemoProgress } from './demo-parts.ts'
import { type SignIn, signInsOf } from './demo-people.ts'
import type { DemoModule } from './demo-record.ts'
import { insertDemo } from './insert-demo.ts'
import { loadMaven } from './load-maven.ts'
import type { Wart } from './maven-warts.ts'
import { type DemoShare, sampleShares } from './sample/shares.ts'
import { sampleCompany } from './sample-company.ts'

export const DEMO_SLUG = 'maventech'
const ADMINISTRATOR_KEY = 'sari-lehtonen'

export interface DemoOptions {
  /** The demonstration's policy document, checked. */
  readonly document: PolicyDocument
  /** Epoch milliseconds. */
  readonly now: number
  /** For every person of the demonstration. */
  readonly password: string
  readonly onProgress?: (progress: DemoProgress) => void
}

export interface DemoOutcome {
  /** False where the whole demonstration was there already; nothing was touched then. */
  readonly created: boolean
  readonly people: readonly SignIn[]
  /** What was wrong with the company's files, and what was done about it; nothing where none were read. */
  readonly warts: readonly Wart[]
}

/**
 * Makes the demonstration company where it is missing. May be called at every start: a complete one is left alone, one that a crash
 * left unfinished is dropped and made again. It counts as complete from the very last step on.
 * Throws what the parts throw, leaving an unfinished demonstration to the next call.
 */
export async function createDemo(parts: DemoParts, options: DemoOptions): Promise<DemoOutcome> {
  const people = signInsOf(options.document)
  const standing = await parts.findOrganization(DEMO_SLUG)
  if (standing === 'complete') return { created: false, people, warts: [] }
  if (standing === 'unfinished') await parts.dropOrganization(DEMO_SLUG)

  const maven = loadMaven(readMavenFiles())
  await foundOrganization(parts, options.document, people)
  const modules = sampleCompany(maven, today(options.now, options.document.organization?.timeZone ?? 'UTC'))
  await insertDemo(parts, DEMO_SLUG, modules, sharesOf(modules, options.now), options.onProgress)
  await parts.setPasswords(DEMO_SLUG, people, options.password)
  await parts.markComplete(DEMO_SLUG)
  return { created: true, people, warts: maven.warts }
}

async function foundOrganization(parts: DemoParts, document: PolicyDocument, people: readonly SignIn[]): Promise<void> {
  const administrator = people.find((person) => person.key === ADMINISTRATOR_KEY)
  if (!administrator) throw new Error(`The demonstration's policy has no active ${ADMINISTRATOR_KEY}.`)
  const name = document.organization?.name ?? DEMO_SLUG
  const { key, email } = administrator
  await parts.createOrganization({ slug: DEMO_SLUG, name, administrator: { key, name: administrator.name, email } })
  await parts.applyPolicy(DEMO_SLUG, document, 'The demonstration company as it comes')
}

function sharesOf(modules: readonly DemoModule[], now: number): DemoShare[] {
  const recordsOf = (module: string) => modules.find((candidate) => candidate.module === module)?.records ?? []
  return sampleShares(recordsOf('deals'), recordsOf('accounts'), now)
}
