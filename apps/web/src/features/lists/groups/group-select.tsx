import { Button, Menu } from '@mantine/core'
import { IconLayoutRows } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../../lib/field-names.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import styles from '../list.module.css'
import type { ChangeList } from '../use-list-search.ts'
import { groupableFields } from './group-fields.ts'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** By which field the list is parted. */
export function GroupSelect({ module, search, change }: Props) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const fields = groupableFields(module)
  const current = fields.find(({ field }) => field === search.group)
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <Button
          className={styles.tool}
          size="compact-md"
          variant="subtle"
          color="gray"
          leftSection={<IconLayoutRows size={16} stroke={1.6} aria-hidden />}
        >
          {current ? t('lists:group.by', { field: nameOf(current) }) : t('lists:group.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        {current && <Menu.Item onClick={() => change({ group: undefined })}>{t('lists:group.none')}</Menu.Item>}
        {fields.map((field) => (
          <Menu.Item key={field.field} aria-current={field === current} onClick={() => change({ group: field.field })}>
            {nameOf(field)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
