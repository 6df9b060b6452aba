import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lib/me.ts'
import { tour as opened } from '../../lib/opened.ts'
import { useChangePreferences, usePreferences } from '../../lib/preferences.ts'
import { tourFor } from '../../lib/tour.ts'

/** Offers to show a person around who hasn't been, and hasn't said no. */
export function TourOffer() {
  const { t } = useTranslation()
  const tour = tourFor(useMe())
  const preferences = usePreferences()
  const change = useChangePreferences()
  const isOpen = opened.use()
  if (!tour || !preferences || isOpen || preferences.seenTours.includes(tour)) return null
  return (
    <Group component="section" aria-label={t('tours:title')} px="md" pt="md" gap="sm">
      <Text c="dimmed">{t('tours:offer')}</Text>
      <Button variant="default" size="compact-md" onClick={opened.open}>
        {t('tours:show')}
      </Button>
      <Button
        variant="subtle"
        size="compact-md"
        onClick={() => change.mutate({ seenTours: [...preferences.seenTours, tour] })}
      >
        {t('tours:skip')}
      </Button>
    </Group>
  )
}
