import { ActionIcon, Button, Group, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openCreate } from '../../../lib/create-dialog.ts'
import { fieldsOf } from '../../../lib/fields.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { useLabel } from '../../../lib/text.ts'
import { useRecord } from '../record-context.tsx'

/** Whether the person may make a record of a module that points here by a field. */
export function mayCreateHere(module: ModuleInfo, field: string): boolean {
  const lookup = fieldsOf(module).get(field)
  // What a conversion makes is made by converting.
  return module.actions.includes('create') && lookup?.access === 'edit' && !field.startsWith('converted')
}

/** Makes a record that points here. */
export function CreateHere({ module, field }: { readonly module: ModuleInfo; readonly field: string }) {
  const { t } = useTranslation()
  const label = useLabel()
  const { record } = useRecord()
  if (!mayCreateHere(module, field)) return null
  const name = t('record:related.create', { module: label(module.name, module.module) })
  return (
    <Tooltip label={name}>
      <ActionIcon
        size="sm"
        className="bw-no-print"
        aria-label={name}
        onClick={() => openCreate(module.module, { [field]: record.id })}
      >
        <IconPlus size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}

interface EmptyProps {
  readonly groups: readonly { readonly module: ModuleInfo; readonly field: string }[]
}

/** What there is none of yet, to be made. */
export function CreateFirst({ groups }: EmptyProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const { record } = useRecord()
  return (
    <Group gap="xs" className="bw-no-print">
      {groups.map(({ module, field }) => (
        <Button
          key={`${module.module}.${field}`}
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => openCreate(module.module, { [field]: record.id })}
          aria-label={t('record:related.create', { module: label(module.name, module.module) })}
        >
          {label(module.name, module.module)}
        </Button>
      ))}
    </Group>
  )
}
