import { Badge, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { PersonAvatar } from '../../../ui/person-avatar.tsx'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { type Audience, audienceQuery } from '../record-queries.ts'
import { type Names, useReasons } from './use-reasons.ts'

const FEW = 12

/** Everyone who can see the record, whoever reaches furthest first, each with the reason. For who manages access. */
export function AudienceList() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const audience = useQuery(audienceQuery(info.module, record.id))
  const [wanted, setWanted] = useState('')
  if (audience.isPending) return <Skeleton h={120} aria-label={t('common:loading')} />
  if (audience.isError) return <Text role="alert">{problemText(t, audience.error)}</Text>
  const { items, total, names } = audience.data
  const word = wanted.trim().toLocaleLowerCase()
  const shown = items.filter(({ name }) => name.toLocaleLowerCase().includes(word))
  return (
    <Stack gap="xs">
      {items.length > FEW && (
        <TextInput
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          placeholder={t('record:access.find')}
          aria-label={t('record:access.find')}
        />
      )}
      <Stack gap="sm" component="ul" p={0} m={0} aria-label={t('record:access.canSee', { count: total })}>
        {shown.map((person) => (
          <AudienceRow key={person.user} person={person} names={names as Names} />
        ))}
      </Stack>
      {total > items.length && (
        <Text size="sm" c="dimmed">
          {t('record:access.more', { count: total - items.length })}
        </Text>
      )}
    </Stack>
  )
}

function AudienceRow({ person, names }: { readonly person: Audience['items'][number]; readonly names: Names }) {
  const { t } = useTranslation()
  const { list } = useFormats()
  const reason = useReasons(names)
  const { level } = person
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <PersonAvatar name={person.name} />
      <Stack gap={0} flex={1} miw={0}>
        <Text fw={500}>
          <bdi>{person.name}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {list(person.why.map(reason))}
        </Text>
      </Stack>
      {level !== 'none' && (
        <Badge variant="default" tt="none" fw={400}>
          {t(`record:access.level.${level}`)}
        </Badge>
      )}
    </Group>
  )
}
