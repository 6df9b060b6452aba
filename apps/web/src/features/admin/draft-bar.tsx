import { Button, Group, Text } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './admin.module.css'
import { useDraft } from './draft.tsx'

const PlanDialog = lazy(async () => ({ default: (await import('./plan-dialog.tsx')).PlanDialog }))

/** Says that something was changed and doesn't count yet, and leads to what it would do. */
export function DraftBar() {
  const { t } = useTranslation()
  const { isChanged, canUndo, undo, discard } = useDraft()
  const [isReviewing, setReviewing] = useState(false)
  if (!isChanged) return <div role="status" />
  return (
    <div className={classes.bar} role="status">
      <Group justify="space-between" px="md" py="xs">
        <Text size="sm">{t('admin:draft.note')}</Text>
        <Group gap="xs">
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={!canUndo}
            leftSection={<IconArrowBackUp size={16} className="bw-mirrored" aria-hidden />}
            onClick={undo}
          >
            {t('admin:draft.undo')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={discard}>
            {t('admin:draft.discard')}
          </Button>
          <Button size="compact-sm" onClick={() => setReviewing(true)}>
            {t('admin:draft.review')}
          </Button>
        </Group>
      </Group>
      <Suspense>{isReviewing && <PlanDialog onClose={() => setReviewing(false)} />}</Suspense>
    </div>
  )
}
