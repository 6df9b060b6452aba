import { Button } from '@mantine/core'
import { IconLayoutRows } from '@tabler/icons-react'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../../lib/field-names.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { OpenedLater } from '../../../ui/opened-later.tsx'
import styles from '../list.module.css'
import type { ChangeList } from '../use-list-search.ts'
import { groupableFields } from './group-fields.ts'

const GroupMenu = lazy(async () => ({ default: (await import('./group-menu.tsx')).GroupMenu }))

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** By which field the list is parted. */
export function GroupSelect(props: Props) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const current = groupableFields(props.module).find(({ field }) => field === props.search.group)
  const button = (
    <Button
      className={styles.tool}
      size="compact-md"
      variant="subtle"
      color="gray"
      aria-haspopup="menu"
      leftSection={<IconLayoutRows size={16} stroke={1.6} aria-hidden />}
    >
      {current ? t('lists:group.by', { field: nameOf(current) }) : t('lists:group.button')}
    </Button>
  )
  return <OpenedLater button={button}>{(opened) => <GroupMenu {...props} {...opened} />}</OpenedLater>
}
