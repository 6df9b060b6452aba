import { checkModules } from './checks/check-modules.ts'
import { checkAccessIsManaged, checkPeople } from './checks/check-people.ts'
import { checkProfiles } from './checks/check-profiles.ts'
import { checkInvariants, checkRules } from './checks/check-rules.ts'
import { checkTests } from './checks/check-tests.ts'
import { contextOf } from './checks/context.ts'
import { documentShape } from './checks/document-shape.ts'
import type { LooseDocument, Section } from './checks/loose.ts'
import { SECTIONS } from './checks/loose.ts'
import type { Problem } from './checks/problem.ts'
import { Findings } from './checks/problem.ts'
import { isRecord } from './checks/shape.ts'
import type { ModuleCatalogue, PolicyDocument } from './document.ts'
import { mergeDocument, mergeSections } from './merge-document.ts'

export type { Problem } from './checks/problem.ts'

export interface CheckOptions {
  readonly catalogue: ModuleCatalogue
  /** The complete document in force, which the sections that the new one leaves out are taken from. */
  readonly base?: PolicyDocument
}

export interface CheckedDocument {
  readonly problems: readonly Problem[]
  /** The merged, complete document, as written; there where nothing is wrong. */
  readonly document?: PolicyDocument
}

/**
 * Reads untrusted input as a policy document and finds everything that is wrong with it at once (policy format, "Rules of the
 * document"): first the shape of every part, then, of the parts that could be read, what they mean together with the document in
 * force and the built-in modules. Never throws, whatever the input.
 */
export function checkDocument(input: unknown, { catalogue, base }: CheckOptions): CheckedDocument {
  const findings = new Findings()
  const sound = documentShape.read(input, '', findings)
  if (sound && isRecord(input)) checkMeaning(input, sound, { catalogue, base }, findings)
  const problems = findings.list()
  return problems.length > 0 ? { problems } : { problems, document: mergeDocument(base, input as PolicyDocument) }
}

function checkMeaning(
  input: { readonly [section: string]: unknown },
  sound: LooseDocument,
  { catalogue, base }: CheckOptions,
  findings: Findings,
): void {
  const isStated = (section: Section) => Object.hasOwn(input, section) && input[section] !== undefined
  const unreadable = new Set(SECTIONS.filter((section) => isStated(section) && sound[section] === undefined))
  findings.unstated = new Set(SECTIONS.filter((section) => !isStated(section) && base?.[section] !== undefined))
  const merged = mergeSections<LooseDocument>(base, sound)
  const context = contextOf(withoutSections(merged, unreadable), { catalogue, base }, unreadable, findings)
  checkPeople(context)
  checkProfiles(context)
  checkModules(context)
  checkRules(context)
  checkTests(context)
  checkInvariants(context)
  checkAccessIsManaged(context)
}

/** What can't be read isn't what was in force before, either. */
function withoutSections(document: LooseDocument, sections: ReadonlySet<Section>): LooseDocument {
  return Object.fromEntries(Object.entries(document).filter(([section]) => !sections.has(section as Section)))
}
