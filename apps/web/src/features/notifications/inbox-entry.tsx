import { Text, UnstyledButton } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../lib/directory.ts'
import { useFieldName } from '../../lib/field-names.ts'
import { useFormats } from '../../lib/format.ts'
import { useModule } from '../../lib/modules.ts'
import type { Notification } from '../../lib/notifications.ts'
import { useLabel } from '../../lib/text.ts'
import { nameOf } from '../../lib/titles.ts'
import { ModuleIcon } from '../../ui/module-icon.tsx'
import classes from './inbox.module.css'

interface Props {
  readonly item: Notification
  readonly onOpen: () => void
}

/** One thing that happened, in a sentence, and the way to its record. */
export function InboxEntry({ item, onOpen }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const label = useLabel()
  const names = useNames(item.by ? [item.by] : [])
  const by = item.by ? label(names.get(item.by)?.name, item.by) : t('notifications:nobody')
  return (
    <UnstyledButton
      component={Link}
      to={item.record ? `/records/${item.module}/${item.record.id}` : '/admin/versions'}
      className={classes.entry}
      data-unread={!item.read || undefined}
      onClick={onOpen}
    >
      {item.module ? <ModuleIcon module={item.module} /> : <IconShieldCheck size={18} stroke={1.6} aria-hidden />}
      <span className={classes.words}>
        <Text component="span" size="sm">
          {t(`notifications:kind.${item.kind}`, { by, fields: useFieldNames(item) })}
        </Text>
        {item.record && (
          <Text component="bdi" size="sm" fw={600} truncate display="block">
            {nameOf(item.record.title) || t('shell:unnamed')}
          </Text>
        )}
        <Text component="span" size="xs" c="dimmed">
          {formats.ago(item.at)}
          {!item.read && <span className="bw-unseen"> {t('notifications:unread')}</span>}
        </Text>
      </span>
    </UnstyledButton>
  )
}

function useFieldNames({ module = '', fields = [] }: Notification): string {
  const formats = useFormats()
  const fieldName = useFieldName()
  const info = useModule(module)
  return formats.list(
    fields.map((key) => fieldName(info?.fields.find(({ field }) => field === key) ?? { field: key, name: key })),
  )
}
