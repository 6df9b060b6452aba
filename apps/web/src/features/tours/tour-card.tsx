import { Button, Group, Paper, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { useMe } from '../../lib/me.ts'
import { useChangePreferences, usePreferences } from '../../lib/preferences.ts'
import { tourFor } from '../../lib/tour.ts'
import classes from './tour.module.css'
import { TourFrame } from './tour-frame.tsx'
import { STEPS } from './tour-steps.ts'

/** Shows the person around, a step at a time, and never again by itself once it was closed. */
export function TourCard({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const tour = tourFor(useMe())
  const preferences = usePreferences()
  const change = useChangePreferences()
  const [at, setAt] = useState(0)
  const card = useRef<HTMLElement>(null)
  useEffect(() => card.current?.focus(), [])
  if (!tour || !preferences) return null
  const steps = STEPS[tour]
  const target = steps[at] ?? steps[0]
  const isLast = at === steps.length - 1
  const close = () => {
    const { seenTours } = preferences
    if (!seenTours.includes(tour)) change.mutate({ seenTours: [...seenTours, tour] })
    onClose()
  }
  return (
    <>
      <TourFrame target={target} />
      <Paper
        ref={card}
        component="section"
        tabIndex={-1}
        aria-label={t('tours:title')}
        className={classes.card}
        shadow="md"
        withBorder
        p="md"
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        <div role="status">
          <Text size="sm" c="dimmed">
            {t('tours:place', { at: formats.number(at + 1), of: formats.number(steps.length) })}
          </Text>
          <Text mb="sm">{at === 0 ? t(`tours:begin.${tour}`) : t(`tours:step.${target}`)}</Text>
        </div>
        <Group justify="space-between">
          <Button variant="subtle" size="compact-md" onClick={close}>
            {t('tours:skip')}
          </Button>
          <Group gap="xs">
            {at > 0 && (
              <Button variant="default" size="compact-md" onClick={() => setAt(at - 1)}>
                {t('tours:back')}
              </Button>
            )}
            <Button size="compact-md" onClick={() => (isLast ? close() : setAt(at + 1))}>
              {t(isLast ? 'tours:done' : 'tours:next')}
            </Button>
          </Group>
        </Group>
      </Paper>
    </>
  )
}
