import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../../lib/field-names.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import type { OpenedProps } from '../../../ui/opened-later.tsx'
import type { ChangeList } from '../use-list-search.ts'
import { groupableFields } from './group-fields.ts'

interface Props extends OpenedProps {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** The fields that the list can be parted by. */
export function GroupMenu({ module, search, change, button, opened, onChange }: Props) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  return (
    <Menu position="bottom-start" width={220} opened={opened} onChange={onChange}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        {search.group && <Menu.Item onClick={() => change({ group: undefined })}>{t('lists:group.none')}</Menu.Item>}
        {groupableFields(module).map((field) => (
          <Menu.Item
            key={field.field}
            aria-current={field.field === search.group}
            onClick={() => change({ group: field.field })}
          >
            {nameOf(field)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
