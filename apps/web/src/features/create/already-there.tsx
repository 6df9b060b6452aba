import { Anchor, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCopy } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { duplicatesQuery, tellingValues } from '../../lib/duplicates.ts'
import type { ModuleInfo } from '../../lib/modules.ts'

interface Props {
  readonly module: ModuleInfo
  readonly values: Readonly<Record<string, unknown>>
}

const MOST = 3
const PAUSE = 400

/** Says, while one fills in, what stands there already and is likely the same. It opens beside, so that nothing typed is lost. */
export function AlreadyThere({ module: { module }, values }: Props) {
  const { t } = useTranslation()
  const [typed] = useDebouncedValue(JSON.stringify(tellingValues(values)), PAUSE)
  const telling: Readonly<Record<string, string>> = JSON.parse(typed)
  const isAsked = Object.keys(telling).length > 0
  const { data } = useQuery({ ...duplicatesQuery(module, telling), placeholderData: keepPreviousData })
  const found = isAsked ? (data?.items.slice(0, MOST) ?? []) : []
  return (
    <div role="status">
      {found.length > 0 && (
        <Group gap="xs">
          <IconCopy size={18} stroke={1.6} color="var(--bw-watch)" aria-hidden />
          <Text size="sm">{t('create:alreadyThere')}</Text>
          {found.map(({ id, title }) => (
            <Anchor
              key={id}
              href={`/records/${module}/${id}`}
              target="_blank"
              rel="noreferrer"
              size="sm"
              aria-label={t('create:opensBeside', { name: title || t('create:unnamed') })}
            >
              <bdi>{title || t('create:unnamed')}</bdi>
            </Anchor>
          ))}
        </Group>
      )}
    </div>
  )
}
