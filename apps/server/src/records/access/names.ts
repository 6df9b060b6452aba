import type { GrantApplied, Key, Policy, Text } from '@bailiwick/access'

/** What reasons point at, by reference (`role:head`, `rule:north`), and how it is called. */
export type Names = Readonly<Record<string, Text>>

/** The names of all that the reasons point at, each once, so that a page can make sentences of them. */
export function namesOf(policy: Policy, module: Key, grants: Iterable<GrantApplied>): Names {
  const names = new Map<string, Text>()
  for (const grant of grants) collect(policy, module, grant, names)
  return Object.fromEntries(names)
}

function collect(policy: Policy, module: Key, grant: GrantApplied, names: Map<string, Text>): void {
  for (const ref of refsOf(grant)) if (!names.has(ref)) names.set(ref, nameOf(policy, module, ref))
  if (!grant.parent) return
  const parent = grant.parent.module
  names.set(`module:${parent}`, policy.modules.get(parent)?.name ?? parent)
  for (const above of grant.parent.grants) collect(policy, parent, above, names)
}

function refsOf({ kind, by, path = [], share }: GrantApplied): readonly string[] {
  const cause = by === undefined ? [] : [`${causeOf(kind)}:${by}`]
  return [...cause, ...path, ...(share ? [share.with] : [])]
}

function causeOf(kind: GrantApplied['kind']): string {
  if (kind === 'team' || kind === 'leader' || kind === 'member') return 'team'
  if (kind === 'peer') return 'role'
  return kind === 'parent' ? 'field' : kind
}

/** Its key, where it was given no name. */
export function nameOf(policy: Policy, module: Key, ref: string): Text {
  const colon = ref.indexOf(':')
  const key = ref.slice(colon + 1)
  return find(policy, module, ref.slice(0, colon), key)?.name ?? key
}

function find(policy: Policy, module: Key, kind: string, key: Key): { readonly name?: Text } | undefined {
  switch (kind) {
    case 'user':
      return policy.users.get(key)
    case 'role':
    case 'role+':
      return policy.roles.get(key)
    case 'team':
      return policy.teams.get(key)
    case 'group':
      return policy.groups.get(key)
    case 'profile':
      return policy.profiles.get(key)
    case 'field':
      return policy.modules.get(module)?.fields.get(key)
    case 'rule':
      return policy.document.sharingRules?.[key]
    default:
      return undefined
  }
}
