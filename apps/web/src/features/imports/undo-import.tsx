import { Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Figures } from './figures.tsx'
import { HowFar } from './how-far.tsx'
import { LeftRecords } from './left-records.tsx'
import { type Undone, useUndo } from './use-undo.ts'

interface Props {
  readonly id: string
  readonly module: string
  readonly isPossible: boolean
}

/** The way back: what the import made goes into the recycle bin, what it changed gets back what it held. */
export function UndoImport({ id, module, isPossible }: Props) {
  const { t } = useTranslation()
  const { run, isRunning, job, ended, result } = useUndo(id)
  if (!isPossible && !isRunning && !ended) return null
  return (
    <Stack component="section" gap="sm" aria-label={t('imports:undo.title')}>
      {isRunning && <HowFar label={t('imports:undo.running')} job={job} />}
      {!isRunning && !ended && (
        <Group gap="md">
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} className="bw-mirrored" aria-hidden />}
            onClick={() => run(false)}
          >
            {t('imports:undo.action')}
          </Button>
          <Text size="sm" c="dimmed" flex="1 1 16rem">
            {t('imports:undo.text')}
          </Text>
        </Group>
      )}
      {result && !isRunning && <Told result={result} module={module} onForce={() => run(true)} />}
      {ended && !isRunning && !result && (
        <Text role="alert">
          {t('imports:undo.stopped')} <bdi lang="en">{ended.error}</bdi>
        </Text>
      )}
    </Stack>
  )
}

interface ToldProps {
  readonly result: Undone
  readonly module: string
  readonly onForce: () => void
}

/** What was undone, and what could not be. */
function Told({ result, module, onForce }: ToldProps) {
  const { t } = useTranslation()
  const { undone, left, notPermitted } = result
  const isAny = undone.deleted + undone.restored + undone.partly > 0
  const figures = [
    { label: t('imports:undo.deleted'), value: undone.deleted },
    { label: t('imports:undo.restored'), value: undone.restored },
    { label: t('imports:undo.partly'), value: undone.partly, isBad: true },
    { label: t('imports:undo.left'), value: left.count, isBad: true },
    { label: t('imports:undo.notPermitted'), value: notPermitted, isBad: true },
  ]
  return (
    <Stack gap="sm">
      <div role="status">
        <Text fw={600}>{t(isAny ? 'imports:undo.done' : 'imports:undo.nothing')}</Text>
        <Figures figures={figures.filter(({ value }, index) => index === 0 || value > 0)} />
      </div>
      {left.count > 0 && (
        <>
          <LeftRecords module={module} records={left.records} />
          <div>
            <Button variant="default" onClick={onForce}>
              {t('imports:undo.force')}
            </Button>
          </div>
        </>
      )}
    </Stack>
  )
}
