import { Combobox, Group, Text } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PersonAvatar } from '../../../ui/person-avatar.tsx'
import type { Mentionable } from './mentionable-query.ts'

/** People to mention; those who can't see the record are told apart. */
export function MentionOptions({ found }: { readonly found: readonly Mentionable[] | undefined }) {
  const { t } = useTranslation()
  if (!found) return <Combobox.Empty>{t('common:loading')}</Combobox.Empty>
  if (found.length === 0) return <Combobox.Empty>{t('record:principal.none')}</Combobox.Empty>
  return (
    <Combobox.Options aria-label={t('record:comment.people')}>
      {found.map(({ user, name, canSee }) => (
        <Combobox.Option key={user} value={user} onMouseDown={(event) => event.preventDefault()}>
          <Group gap="xs" wrap="nowrap">
            <PersonAvatar name={name} size={24} />
            <Text span flex={1} truncate>
              <bdi>{name}</bdi>
            </Text>
            {!canSee && (
              <IconEyeOff size={16} stroke={1.6} role="img" aria-label={t('record:comment.cannotSee', { name })} />
            )}
          </Group>
        </Combobox.Option>
      ))}
    </Combobox.Options>
  )
}
