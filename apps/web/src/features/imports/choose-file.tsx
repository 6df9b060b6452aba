import { Button, FileButton, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './imports.module.css'

const TAKEN = '.csv,.tsv,.txt,.tab,.xlsx'
const IS_TAKEN = /\.(csv|tsv|txt|tab|xlsx)$/i

/** A file is dropped here, or chosen with the button: by keyboard as well. */
export function ChooseFile({ onFile }: { readonly onFile: (file: File) => void }) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const take = (file: File | null | undefined) => {
    if (!file) return
    if (IS_TAKEN.test(file.name)) onFile(file)
    else setWrong(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <section
      aria-label={t('imports:drop.title')}
      className={`${styles.drop} ${isOver ? styles.over : ''}`}
      onDrop={drop}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
    >
      <IconUpload size={28} stroke={1.4} aria-hidden />
      <Text fw={600}>{t('imports:drop.title')}</Text>
      <Text c="dimmed">{t('imports:drop.text')}</Text>
      <FileButton onChange={take} accept={TAKEN} inputProps={{ 'aria-label': t('imports:drop.choose') }}>
        {(props) => <Button {...props}>{t('imports:drop.choose')}</Button>}
      </FileButton>
      {isWrong && <Text role="alert">{t('imports:drop.wrong')}</Text>}
    </section>
  )
}
