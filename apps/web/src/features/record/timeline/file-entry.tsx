import { ActionIcon, Anchor, Group, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/me.ts'
import { useRecord } from '../record-context.tsx'
import { useFileSize } from './file-size.ts'
import type { Happening } from './timeline-queries.ts'
import { useRemoveFile } from './use-files.ts'

/** A file that hangs on the record, to save or to take off. */
export function FileEntry({ item: { file } }: { readonly item: Happening }) {
  const { t } = useTranslation()
  const { info, record, may } = useRecord()
  const me = useMe()
  const size = useFileSize()
  const remove = useRemoveFile(info.module, record.id)
  if (!file) return null
  const isMine = file.by === `user:${me.user.key}`
  return (
    <Group gap="xs">
      <Anchor href={`/api/v1/files/${encodeURIComponent(file.id)}`} download={file.name}>
        <bdi>{file.name}</bdi>
      </Anchor>
      <Text span size="sm" c="dimmed">
        {size(file.size)}
      </Text>
      {(may('update') || isMine) && (
        <Tooltip label={t('record:file.remove')}>
          <ActionIcon
            size="sm"
            className="bw-no-print"
            aria-label={t('record:file.removeNamed', { name: file.name })}
            loading={remove.isPending}
            onClick={() => remove.mutate(file.id)}
          >
            <IconTrash size={14} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  )
}
