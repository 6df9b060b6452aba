import { compareCodePoints, fold, type Policy, type PolicyUser, parsePrincipal, type Text } from '@bailiwick/access'

export const DIRECTORY_KINDS = ['user', 'team', 'role', 'group'] as const
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number]

/** Somebody or some people of the organization, as everybody in it may know them: no address, no attribute. */
export interface DirectoryEntry {
  readonly ref: string
  readonly kind: DirectoryKind
  readonly name: Text
  /** Of a user: what his role is called. */
  readonly detail?: Text
  readonly active: boolean
}

export interface DirectoryQuestion {
  readonly q?: string
  readonly kinds: ReadonlySet<DirectoryKind>
  readonly limit: number
}

/** Those whose name or key has every word of `q`: active users first, and among equals those that begin with it. */
export function searchDirectory(policy: Policy, { q = '', kinds, limit }: DirectoryQuestion): DirectoryEntry[] {
  const sought = bare(q).trim()
  const words = sought.split(/\s+/u).filter((word) => word !== '')
  const found = listedOf(policy).filter(
    ({ entry, text }) => kinds.has(entry.kind) && words.every((word) => text.includes(word)),
  )
  const inOrder = [
    ...found.filter((one) => one.entry.active && one.text.startsWith(sought)),
    ...found.filter((one) => one.entry.active && !one.text.startsWith(sought)),
    ...found.filter((one) => !one.entry.active),
  ]
  return inOrder.slice(0, limit).map(({ entry }) => entry)
}

/** The named ones that there are, in the order asked. `role+:…` is told as the role. */
export function resolveDirectory(policy: Policy, refs: readonly string[]): DirectoryEntry[] {
  return refs.flatMap((ref) => {
    const principal = parsePrincipal(ref)
    if (!principal || principal.kind === 'everyone') return []
    const { kind, key } = principal
    if (kind === 'user') return userEntry(policy, policy.users.get(key)) ?? []
    const definition = definitionsOf(policy, kind).get(key)
    return definition ? { ref, kind: kind === 'role+' ? 'role' : kind, name: definition.name ?? key, active: true } : []
  })
}

function definitionsOf(policy: Policy, kind: 'role' | 'role+' | 'team' | 'group') {
  if (kind === 'team') return policy.teams
  return kind === 'group' ? policy.groups : policy.roles
}

function userEntry(policy: Policy, user: PolicyUser | undefined): DirectoryEntry | undefined {
  if (!user) return undefined
  const role = user.role === undefined ? undefined : (policy.roles.get(user.role)?.name ?? user.role)
  const common = { ref: `user:${user.key}`, kind: 'user', name: user.name, active: user.status === 'active' } as const
  return role === undefined ? common : { ...common, detail: role }
}

interface Listed {
  readonly entry: DirectoryEntry
  /** Name, in each of its languages, and key, folded and without accents. */
  readonly text: string
}

/** A policy never changes, so neither does who is listed in it. */
const known = new WeakMap<Policy, readonly Listed[]>()

function listedOf(policy: Policy): readonly Listed[] {
  const listed = known.get(policy) ?? listEveryone(policy)
  known.set(policy, listed)
  return listed
}

function listEveryone(policy: Policy): Listed[] {
  const users = [...policy.users.values()].flatMap((user) => userEntry(policy, user) ?? [])
  const others = (['team', 'role', 'group'] as const).flatMap((kind) =>
    resolveDirectory(
      policy,
      [...definitionsOf(policy, kind).keys()].map((key) => `${kind}:${key}`),
    ),
  )
  return [...inOrderOfNames(users), ...inOrderOfNames(others)]
}

function inOrderOfNames(entries: readonly DirectoryEntry[]): Listed[] {
  return entries
    .map((entry) => ({ entry, text: bare(`${namesOf(entry.name).join('\n')}\n${entry.ref.split(':')[1] ?? ''}`) }))
    .sort((a, b) => compareCodePoints(a.text, b.text))
}

function namesOf(name: Text): string[] {
  return typeof name === 'string' ? [name] : Object.values(name)
}

/** Case and accents put aside, so that a name is found as it is typed. */
function bare(text: string): string {
  return fold(text.normalize('NFD').replace(/\p{M}+/gu, ''))
}
