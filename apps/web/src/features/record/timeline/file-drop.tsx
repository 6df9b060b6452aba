import { Button, FileButton, Text } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../record-context.tsx'
import styles from './timeline.module.css'
import { useAddFiles } from './use-files.ts'

/** Takes files that are dropped on it, and gives a button that picks some; neither where none may be added. */
export function FileDrop({ children }: { children(picker: ReactNode): ReactNode }) {
  const { t } = useTranslation()
  const { info, record, may } = useRecord()
  const [over, setOver] = useState(false)
  const add = useAddFiles(info.module, record.id)
  if (!may('update')) return children(null)
  const put = (files: readonly File[]) => files.length > 0 && add.mutate(files)
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  }
  const onDragLeave = (event: DragEvent) => {
    if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    put([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped here; the button does the same
    <div className={styles.drop} onDragOver={onDragOver} onDragLeave={onDragLeave} onDrop={onDrop}>
      {over && (
        <div className={styles.over}>
          <Text fw={500}>{t('record:file.drop')}</Text>
        </div>
      )}
      {children(
        <FileButton multiple onChange={put}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              loading={add.isPending}
              leftSection={<IconPaperclip size={16} stroke={1.6} aria-hidden />}
            >
              {t('record:file.add')}
            </Button>
          )}
        </FileButton>,
      )}
    </div>
  )
}
