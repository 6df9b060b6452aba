import type { PolicyDocument } from './document.ts'

/**
 * The complete document that results from applying `incoming` to what is in force. A section that is present replaces the old one
 * whole, one that is absent stays; the organization keeps its name where none is stated. Neither argument is changed.
 */
export function mergeDocument(base: PolicyDocument | undefined, incoming: PolicyDocument): PolicyDocument {
  return mergeSections(base, incoming)
}

/** The same for documents of which only parts could be read. */
export function mergeSections<T extends Pick<PolicyDocument, 'organization'>>(base: T | undefined, incoming: T): T {
  if (base === undefined) return incoming
  const merged = { ...base }
  for (const section of Object.keys(incoming) as (keyof T)[]) {
    if (incoming[section] !== undefined) merged[section] = incoming[section]
  }
  const name = incoming.organization?.name ?? base.organization?.name
  return incoming.organization && name !== undefined
    ? { ...merged, organization: { ...incoming.organization, name } }
    : merged
}
