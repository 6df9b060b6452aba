import { Anchor, Group, Stack, Title, Tooltip } from '@mantine/core'
import { IconChevronRight, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { fieldsOf } from '../../../lib/fields.ts'
import { titleField } from '../../../lib/modules.ts'
import { useLabel } from '../../../lib/text.ts'
import { nameOf } from '../../../lib/titles.ts'
import { ChoiceBadge } from '../../../ui/field-value.tsx'
import { ModuleIcon } from '../../../ui/module-icon.tsx'
import { useRecord } from '../record-context.tsx'
import { AccessButton } from './access-button.tsx'
import { KeyPeople } from './key-people.tsx'
import { RecordMenu } from './record-menu.tsx'
import { StagePath } from './stage-path.tsx'

interface Props {
  onAccess(): void
}

/** What the record is, whose, how it stands, and what can be done with it. */
export function RecordHeader({ onAccess }: Props) {
  const { info, record } = useRecord()
  const stage = info.module === 'deals' ? fieldsOf(info).get('stage') : undefined
  return (
    <Stack component="header" gap="sm" p="md" pb="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Stack gap={2} miw={0}>
          <ModuleLink />
          <TitleLine />
        </Stack>
        <Group gap="xs" wrap="nowrap" className="bw-no-print">
          <AccessButton onOpen={onAccess} />
          <RecordMenu onAccess={onAccess} />
        </Group>
      </Group>
      <KeyPeople />
      {stage && typeof record.stage === 'string' && (
        <div className="bw-no-print">
          <StagePath field={stage} value={record.stage} />
        </div>
      )}
    </Stack>
  )
}

function ModuleLink() {
  const { info } = useRecord()
  const label = useLabel()
  return (
    <Group gap={6} wrap="nowrap" c="dimmed">
      <ModuleIcon module={info.module} size={16} />
      <Anchor component={Link} to={`/records/${info.module}`} size="sm" c="dimmed">
        {label(info.plural, info.module)}
      </Anchor>
      <IconChevronRight size={14} stroke={1.6} className="bw-mirrored" aria-hidden />
    </Group>
  )
}

/** The field that says how a record stands, of modules that have no path of stages. */
const STANDINGS = ['status', 'stage', 'lifecycle']

function TitleLine() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const title = titleField(info)?.field
  const fields = fieldsOf(info)
  const standing = STANDINGS.map((key) => fields.get(key)).find((field) => field?.type === 'choice')
  const value = standing && info.module !== 'deals' ? record[standing.field] : undefined
  return (
    <Group gap="xs" align="center">
      <Title order={1}>
        <bdi>{nameOf(title ? record[title] : undefined) || t('record:untitled')}</bdi>
      </Title>
      {record.confidential === true && (
        <Tooltip label={t('record:confidential.is')}>
          <IconLock size={18} stroke={1.6} role="img" aria-label={t('record:confidential.label')} />
        </Tooltip>
      )}
      {standing && typeof value === 'string' && <ChoiceBadge field={standing} value={value} />}
    </Group>
  )
}
