import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { type LabelText, useLabel } from '../../../lib/text.ts'
import type { Grant } from '../record-queries.ts'

export type Names = Readonly<Record<string, LabelText>>

const KINDS = [
  'owner',
  'team',
  'leader',
  'member',
  'peer',
  'superior',
  'default',
  'rule',
  'share',
  'profile',
  'parent',
] as const
type Kind = (typeof KINDS)[number]

const NAMED: ReadonlySet<Kind> = new Set(['team', 'leader', 'member', 'rule'])

/** Says in words why somebody reaches a record: "as head of Sales EMEA, above the owner". */
export function useReasons(names: Names): (grant: Grant) => string {
  const { t } = useTranslation()
  const label = useLabel()
  const formats = useFormats()
  const nameOf = (ref: string) => label(names[ref], ref.slice(ref.indexOf(':') + 1))

  const reason = (grant: Grant): string => {
    const kind = KINDS.find((known) => known === grant.kind)
    if (!kind) return grant.kind
    // Of what a rule or a team turns on that he doesn't see, only that there is a reason is told.
    return NAMED.has(kind) && grant.by === undefined ? t('record:reason.unseen') : SENTENCES[kind](grant)
  }

  const SENTENCES: Readonly<Record<Kind, (grant: Grant) => string>> = {
    owner: () => t('record:reason.owner'),
    team: ({ by = '' }) => t('record:reason.team', { team: nameOf(`team:${by}`) }),
    leader: ({ by = '' }) => t('record:reason.leader', { team: nameOf(`team:${by}`) }),
    member: ({ by = '' }) => t('record:reason.member', { team: nameOf(`team:${by}`) }),
    peer: ({ by }) =>
      by === undefined ? t('record:reason.peer') : t('record:reason.peerOf', { role: nameOf(`role:${by}`) }),
    superior: ({ path }) => superior(path ?? []),
    default: () => t('record:reason.default'),
    rule: ({ by = '' }) => t('record:reason.rule', { rule: nameOf(`rule:${by}`) }),
    share: (grant) => shared(grant),
    profile: ({ by = '' }) => t('record:reason.profile', { profile: nameOf(`profile:${by}`) }),
    parent: (grant) => through(grant),
  }

  function superior(path: readonly string[]): string {
    const [first, second] = path
    if (first?.startsWith('role:')) return t('record:reason.superiorRole', { role: nameOf(first) })
    if (!second) return t('record:reason.superior')
    return path.length === 2
      ? t('record:reason.manager', { person: nameOf(second) })
      : t('record:reason.managerAbove', { person: nameOf(second), owner: nameOf(path.at(-1) ?? second) })
  }

  function shared({ share }: Grant): string {
    if (!share) return t('record:reason.share')
    const { with: to, expiresAt } = share
    if (expiresAt !== undefined) {
      return t('record:reason.shareUntil', { to: principal(to), date: formats.date(new Date(expiresAt).toISOString()) })
    }
    return to.startsWith('user:') ? t('record:reason.share') : t('record:reason.shareWith', { to: principal(to) })
  }

  const principal = (ref: string): string => {
    if (ref === 'everyone') return t('record:access.everyone')
    return ref.startsWith('role+:') ? t('record:access.roleAndBelow', { role: nameOf(ref) }) : nameOf(ref)
  }

  function through({ by, parent }: Grant): string {
    if (by === undefined) return t('record:reason.parent')
    const inner = grantsOf(parent).map(reason)
    const field = nameOf(`field:${by}`)
    return inner.length === 0
      ? t('record:reason.parentField', { field })
      : t('record:reason.parentBecause', { field, reason: formats.list(inner) })
  }

  return reason
}

/** The reasons on a parent, in the shape that the explanation of a record has. */
function grantsOf(parent: unknown): Grant[] {
  if (typeof parent !== 'object' || parent === null || !('grants' in parent) || !Array.isArray(parent.grants)) return []
  return parent.grants.filter(isGrant)
}

function isGrant(value: unknown): value is Grant {
  return typeof value === 'object' && value !== null && 'kind' in value && 'level' in value
}
