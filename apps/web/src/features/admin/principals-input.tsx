import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft } from './draft.tsx'
import { itemsOf, type Section } from './sections.ts'
import { usePrincipalName } from './use-item-text.ts'

interface Props {
  readonly label: string
  readonly required?: true
  readonly value: readonly string[]
  readonly onChange: (value: string[]) => void
}

const KINDS: readonly (readonly [Section, readonly string[]])[] = [
  ['groups', ['group']],
  ['roles', ['role', 'role+']],
  ['teams', ['team']],
  ['users', ['user']],
]

/** People, roles, teams and groups, as rules and groups name them. */
export function PrincipalsInput({ label, required, value, onChange }: Props) {
  const { t } = useTranslation()
  const { document } = useDraft()
  const nameOf = usePrincipalName()
  const groups = KINDS.map(([section, kinds]) => ({
    group: t(`admin:section.${section}`),
    items: Object.keys(itemsOf(document, section)).flatMap((key) =>
      kinds.map((kind) => ({ value: `${kind}:${key}`, label: nameOf(`${kind}:${key}`) })),
    ),
  })).filter(({ items }) => items.length > 0)
  return (
    <MultiSelect
      label={label}
      required={required}
      searchable
      limit={100}
      data={[{ value: 'everyone', label: t('admin:everyone') }, ...groups]}
      value={[...value]}
      onChange={onChange}
      nothingFoundMessage={t('admin:nothing')}
      clearButtonProps={{ 'aria-label': t('admin:clear') }}
    />
  )
}
