import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { DirectoryInput } from '../../ui/directory-input.tsx'
import type { Preview } from './api.ts'
import type { OwnerChoice } from './draft.ts'
import styles from './imports.module.css'

type ByColumn = Extract<OwnerChoice, { kind: 'column' }>

interface Props {
  readonly preview: Preview
  readonly owner: ByColumn
  readonly me: string
  readonly onChange: (owner: ByColumn) => void
}

const OWNERS = ['user', 'team'] as const
const MOST = 20

/** Names in the file that nobody here is called by, each with whom it means. */
export function OwnerNames({ preview, owner, me, onChange }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const open = preview.owners.unmatched.filter(({ name }) => !Object.hasOwn(owner.values, name))
  const told = Object.keys(owner.values).map((name) => ({ name, count: undefined, suggestions: [] }))
  const names = [...open, ...told]
  if (names.length === 0) return null
  const set = (name: string, ref: string | null) => {
    const { [name]: _before, ...values } = owner.values
    onChange({ ...owner, values: ref === null ? values : { ...values, [name]: ref } })
  }
  const all = () =>
    onChange({ ...owner, values: { ...owner.values, ...Object.fromEntries(open.map(({ name }) => [name, me])) } })
  return (
    <Stack gap={0}>
      <Group gap="sm">
        <Text c="dimmed">{t('imports:owner.unmatched', { number: formats.number(names.length) })}</Text>
        {open.length > 0 && (
          <Button variant="subtle" size="compact-md" onClick={all}>
            {t('imports:owner.allMe')}
          </Button>
        )}
      </Group>
      {names.slice(0, MOST).map(({ name, count, suggestions }) => (
        <div key={name} className={styles.column}>
          <Text>
            <bdi>{name}</bdi>
            {count !== undefined && (
              <Text span c="dimmed">{` · ${t('imports:rows', { number: formats.number(count) })}`}</Text>
            )}
          </Text>
          <DirectoryInput
            kinds={OWNERS}
            aria-label={t('imports:owner.means', { name })}
            value={owner.values[name] ?? null}
            onChange={(ref) => set(name, ref)}
          />
          <Group gap={4}>
            {suggestions.map((person) => (
              <Button key={person.owner} variant="default" size="compact-sm" onClick={() => set(name, person.owner)}>
                <bdi>{person.name}</bdi>
              </Button>
            ))}
          </Group>
        </div>
      ))}
    </Stack>
  )
}
