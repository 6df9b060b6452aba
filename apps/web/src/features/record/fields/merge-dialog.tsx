import { Button, Group, Modal, Radio, Stack, Table, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../../lib/directory.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { fieldsOf, lookedUpIn, refsIn } from '../../../lib/fields.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { useTitles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { sayProblem } from '../../../ui/notify.ts'
import { useRecord } from '../record-context.tsx'
import { ChangedBy } from './changed-by.tsx'
import type { Changes, Clash } from './clashes.ts'
import { OtherChanges } from './other-changes.tsx'
import type { Clashing } from './save-record.ts'

interface Props extends Clashing {
  readonly changes: Changes
  onSave(changes: Changes, base: RecordItem): Promise<void>
  onClose(): void
}

type Side = 'yours' | 'theirs'

/** Two people changed the same field: both values, to choose from. Whatever else either changed is kept. */
export function MergeDialog({ changes, fresh, clashes, others, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({})
  const sideOf = (field: string): Side => sides[field] ?? 'theirs'
  const submit = async () => {
    onClose()
    const kept = Object.entries(changes).filter(
      ([field]) => sideOf(field) === 'yours' || !clashes.some((clash) => clash.field === field),
    )
    if (kept.length === 0) return
    await onSave(Object.fromEntries(kept), fresh).catch((error) => sayProblem(t, error))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('record:merge.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Text>{t('record:merge.text')}</Text>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('record:merge.field')}</Table.Th>
              <Table.Th>{t('record:merge.yours')}</Table.Th>
              <Table.Th>{t('record:merge.theirs')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {clashes.map((clash) => (
              <ClashRow
                key={clash.field}
                clash={clash}
                side={sideOf(clash.field)}
                onSide={(side) => setSides({ ...sides, [clash.field]: side })}
              />
            ))}
          </Table.Tbody>
        </Table>
        <OtherChanges changes={others} />
        <Group>
          <Button onClick={submit}>{t('record:merge.save')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface RowProps {
  readonly clash: Clash
  readonly side: Side
  onSide(side: Side): void
}

function ClashRow({ clash: { field, yours, theirs }, side, onSide }: RowProps) {
  const { t } = useTranslation()
  const { info } = useRecord()
  const fieldName = useFieldName()
  const known = fieldsOf(info).get(field)
  const both = [{ [field]: yours }, { [field]: theirs.now }]
  const titles = useTitles(lookedUpIn(known ? [known] : [], both))
  const names = useNames(refsIn(known ? [known] : [], both))
  if (!known) return null
  const name = fieldName(known)
  const cell = (of: Side, value: unknown, more?: ReactNode) => (
    <Table.Td>
      <Radio
        name={field}
        checked={side === of}
        onChange={() => onSide(of)}
        aria-label={t(`record:merge.${of}Of`, { field: name })}
        label={<FieldValue field={known} value={value} titles={titles} names={names} compact />}
        description={more}
      />
    </Table.Td>
  )
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      {cell('yours', yours)}
      {cell('theirs', theirs.now, <ChangedBy change={theirs} />)}
    </Table.Tr>
  )
}
