import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { titleField, useModule } from '../../lib/modules.ts'
import { fewQuery, type RecordItem } from '../../lib/records.ts'
import { nameOf } from '../../lib/titles.ts'
import { problemText } from '../../ui/problem-text.ts'
import classes from './home.module.css'

interface Props {
  readonly title: string
  readonly module: string
  readonly filter: unknown
  readonly sort: string
  readonly fields: readonly string[]
  /** Said where there is none; unstated, the list isn't there then. */
  readonly empty?: string
  /** What stands at the end of a row. */
  readonly detail: (item: RecordItem) => ReactNode
}

const SHOWN = 8

/** A few records of the person's, and the way to all of them. */
export function HomeList({ title, module, filter, sort, fields, empty, detail }: Props) {
  const { t } = useTranslation()
  const info = useModule(module)
  const name = info && titleField(info)?.field
  const asked = [...(name ? [name] : []), ...fields]
  const list = useQuery(fewQuery({ module, filter, sort, fields: asked, limit: SHOWN, count: 'capped' }))
  const more = (list.data?.count?.value ?? 0) > SHOWN
  const isNone = list.data?.items.length === 0
  if (empty === undefined && (isNone || list.isPending)) return null
  return (
    <Stack gap={4} component="section" aria-label={title}>
      <Group justify="space-between">
        <Title order={2}>{title}</Title>
        {more && (
          <Button
            component={Link}
            to={`/records/${module}?filter=${encodeURIComponent(JSON.stringify(filter))}`}
            variant="subtle"
            size="compact-sm"
          >
            {t('home:all')}
          </Button>
        )}
      </Group>
      {list.isPending && <Skeleton h={120} />}
      {list.isError && (
        <Text role="alert" c="dimmed">
          {problemText(t, list.error)}
        </Text>
      )}
      {isNone && <Text c="dimmed">{empty}</Text>}
      {list.data?.items.map((item) => (
        <div key={item.id} className={classes.row}>
          <Anchor component={Link} to={`/records/${module}/${item.id}`} c="inherit" truncate>
            <bdi>{nameOf(name ? item[name] : item.id) || t('shell:unnamed')}</bdi>
          </Anchor>
          <Text component="span" size="sm" c="dimmed" className={classes.detail}>
            {detail(item)}
          </Text>
        </div>
      ))}
    </Stack>
  )
}
