import type { FieldInfo } from '../../../lib/modules.ts'

export type SectionKind =
  | 'main'
  | 'contact'
  | 'mailing'
  | 'billing'
  | 'shipping'
  | 'other'
  | 'address'
  | 'text'
  | 'system'

export interface Section {
  readonly kind: SectionKind
  readonly fields: readonly FieldInfo[]
}

const ORDER: readonly SectionKind[] = [
  'main',
  'contact',
  'address',
  'mailing',
  'billing',
  'shipping',
  'other',
  'text',
  'system',
]
const CONTACT_TYPES: ReadonlySet<string> = new Set(['email', 'phone', 'url'])
const ADDRESS = /^(mailing|billing|shipping|other)?(street|city|state|postalCode|country)$/i
/** Never shown as a field: the page's own parts show them. */
const ELSEWHERE: ReadonlySet<string> = new Set(['id', 'version', 'confidential', 'owner'])

/** The fields of a module by section, each section in the policy's order; only sections that have any. */
export function sectionsOf(fields: readonly FieldInfo[]): Section[] {
  const shown = fields.filter(({ field }) => !ELSEWHERE.has(field))
  const byKind = Map.groupBy(shown, kindOf)
  return ORDER.flatMap((kind) => {
    const own = byKind.get(kind)
    return own ? [{ kind, fields: own }] : []
  })
}

function kindOf({ field, type, system }: FieldInfo): SectionKind {
  if (system || field === 'externalId') return 'system'
  const address = ADDRESS.exec(field)
  if (address) return prefixOf(address[1])
  if (type === 'longText') return 'text'
  return CONTACT_TYPES.has(type) || field === 'emailOptOut' || field === 'doNotCall' ? 'contact' : 'main'
}

function prefixOf(prefix: string | undefined): SectionKind {
  switch (prefix?.toLowerCase()) {
    case 'mailing':
      return 'mailing'
    case 'billing':
      return 'billing'
    case 'shipping':
      return 'shipping'
    case 'other':
      return 'other'
    default:
      return 'address'
  }
}
