import { SegmentedControl, Select, Stack, Text, Title, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { speak } from '../../lib/i18n.ts'
import { LANGUAGES } from '../../lib/languages.ts'
import { useChangePreferences, usePreferences } from '../../lib/preferences.ts'
import { sayProblem } from '../../ui/notify.ts'

const THEMES = ['auto', 'light', 'dark'] as const
const DENSITIES = ['comfortable', 'compact'] as const

/** Language, light and dark, density: on the page at once, and wherever the person signs in. */
export function LookSettings() {
  const { t, i18n } = useTranslation()
  const preferences = usePreferences()
  const { setColorScheme } = useMantineColorScheme()
  const change = useChangePreferences()
  const keep = (values: Parameters<typeof change.mutate>[0]) =>
    change.mutate(values, { onError: (error) => sayProblem(t, error) })
  return (
    <Stack gap="md" component="section" aria-label={t('settings:look')}>
      <Title order={2}>{t('settings:look')}</Title>
      <Select
        label={t('common:language')}
        data={LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name }))}
        value={i18n.language}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = LANGUAGES.find(({ tag }) => tag === value)?.tag
          if (!chosen) return
          void speak(chosen)
          keep({ language: chosen })
        }}
      />
      <Stack gap={4}>
        <Text size="sm" fw={500} id="settings-theme">
          {t('settings:theme')}
        </Text>
        <SegmentedControl
          aria-labelledby="settings-theme"
          data={THEMES.map((value) => ({ value, label: t(`shell:scheme.${value}`) }))}
          value={preferences?.theme ?? 'auto'}
          onChange={(value) => {
            const theme = THEMES.find((known) => known === value) ?? 'auto'
            setColorScheme(theme)
            keep({ theme })
          }}
        />
      </Stack>
      <Stack gap={4}>
        <Text size="sm" fw={500} id="settings-density">
          {t('settings:density')}
        </Text>
        <SegmentedControl
          aria-labelledby="settings-density"
          data={DENSITIES.map((value) => ({ value, label: t(`settings:densities.${value}`) }))}
          value={preferences?.density ?? 'comfortable'}
          onChange={(value) => keep({ density: DENSITIES.find((known) => known === value) ?? 'comfortable' })}
        />
      </Stack>
    </Stack>
  )
}
