import { Anchor, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lib/me.ts'
import type { OwnImport } from './api.ts'

/** The list of what came in, as far as it stands as the import left it. */
export function ImportedRecords({ own }: { readonly own: OwnImport }) {
  const { t } = useTranslation()
  const me = `user:${useMe().user.key}`
  if (own.dryRun || own.created + own.updated === 0 || own.finishedAt === null) return null
  const during = (by: 'createdBy' | 'updatedBy', at: 'createdAt' | 'updatedAt') => ({
    all: [
      { field: by, op: 'eq', value: me },
      { field: at, op: 'gte', value: own.createdAt },
      { field: at, op: 'lte', value: own.finishedAt },
    ],
  })
  const link = (label: string, filter: unknown) => (
    <Anchor
      renderRoot={(props) => (
        <Link {...props} to="/records/$module" params={{ module: own.module }} search={{ filter }} />
      )}
    >
      {label}
    </Anchor>
  )
  return (
    <Group gap="lg">
      {own.created > 0 && link(t('imports:result.showCreated'), during('createdBy', 'createdAt'))}
      {own.updated > 0 && link(t('imports:result.showUpdated'), during('updatedBy', 'updatedAt'))}
    </Group>
  )
}
