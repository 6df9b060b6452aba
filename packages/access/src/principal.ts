import type { Key, OwnerRef, Principal } from './document.ts'

/** What a key may look like, wherever the document names something. */
export const KEY_PATTERN = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/

export const PRINCIPAL_KINDS = ['user', 'role', 'role+', 'team', 'group'] as const
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number]

export type ParsedPrincipal = { readonly kind: PrincipalKind; readonly key: Key } | { readonly kind: 'everyone' }

/** Whether the text can name something in a document. */
export function isKey(text: string): boolean {
  return KEY_PATTERN.test(text)
}

/** Reads `user:anna`, `role+:ceo`, `everyone` and their like; undefined for anything else. Whether the key exists isn't asked. */
export function parsePrincipal(text: Principal): ParsedPrincipal | undefined {
  if (text === 'everyone') return { kind: 'everyone' }
  const colon = text.indexOf(':')
  const kind = PRINCIPAL_KINDS.find((known) => known === text.slice(0, colon))
  const key = text.slice(colon + 1)
  return kind !== undefined && isKey(key) ? { kind, key } : undefined
}

/** Reads who a record belongs to: a user or a team. */
export function parseOwner(text: OwnerRef): { readonly kind: 'user' | 'team'; readonly key: Key } | undefined {
  const parsed = parsePrincipal(text)
  if (parsed?.kind === 'user') return { kind: 'user', key: parsed.key }
  return parsed?.kind === 'team' ? { kind: 'team', key: parsed.key } : undefined
}
